"""Cells that hold a number: amounts, rates, quantities, revisions, how long something took."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import partial

from upswing.connectors.files import values
from upswing.connectors.files.fields import Cell
from upswing.connectors.files.money import bounded
from upswing.connectors.files.refused import BadCell, Refused
from upswing.connectors.files.sheet import Sheet

DAY = 24 * 60 * 60
RATE_PLACES = 12
Number = Callable[[str], Decimal | None]
Whole = Callable[[str], int | None]


def number_parser(sheet: Sheet, field: str, cell: Cell) -> Number:
    """A number of any sign."""
    return partial(values.number, how=sheet.how)


def money_parser(sheet: Sheet, field: str, cell: Cell) -> Number:
    """An amount from 0 up, in main units."""
    how = sheet.how

    def money(written: str) -> Decimal | None:
        found = values.number(written, how)
        return None if found is None else bounded(found, field, written, cell.what)

    return money


def above(places: int, what: str) -> Callable[[Sheet, str, Cell], Number]:
    """A number above 0 (a rate, a quantity)."""

    def make(sheet: Sheet, field: str, cell: Cell) -> Number:
        def above(written: str) -> Decimal | None:
            found = values.number(written, sheet.how, places)
            if found is not None and found <= 0:
                raise Refused(
                    f"bad_{field}",
                    field,
                    written,
                    f"{what} is above 0, and this one is {found.normalize():f}.",
                )
            return found

        return above

    return make


def revision_parser(sheet: Sheet, field: str, cell: Cell) -> Whole:
    """A whole number from 1 up."""

    def revision(written: str) -> int | None:
        found = values.number(written, sheet.how)
        if found is None:
            return None
        if found != int(found) or not 1 <= found <= 100_000:
            raise BadCell("a whole number from 1 up")
        return int(found)

    return revision


MOST_COUNTED = 1_000


def tally_parser(sheet: Sheet, field: str, cell: Cell) -> Whole:
    """How often something was done on a day: a whole number from 0 to a thousand."""

    def tally(written: str) -> int | None:
        found = values.number(written, sheet.how)
        if found is None:
            return None
        if found != int(found) or not 0 <= found <= MOST_COUNTED:
            raise BadCell(f"a whole number from 0 to {MOST_COUNTED:,}")
        return int(found)

    return tally


def span_parser(sheet: Sheet, field: str, cell: Cell, longest: int = DAY, named: str = "a day") -> Whole:
    """How long something took, in whole seconds or minutes; at most `longest` seconds, which sentences call so."""
    written_in = values.SECONDS[sheet.table.unit.get(field, cell.what)]
    unit = values.SECONDS[cell.what]
    factor, most = written_in / unit, longest // int(unit)
    whole = factor == 1

    def span(written: str) -> int | None:
        if whole and len(written) < 6 and written.isdecimal() and written.isascii():
            found = Decimal(written)
        else:
            read = values.number(written, sheet.how)
            if read is None:
                return None
            found = read * factor
        if not 0 <= found <= most:
            sentence = f"{field} lie between 0 and {most:,} ({named}), and these are {found.normalize():,f}."
            raise Refused(f"bad_{field}", field, written[:200], sentence)
        return round(found)

    return span
