"""Rows of people, accounts, products and quotas to records."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

from upswing.connectors.connector import Known, Row, Thing, folded
from upswing.connectors.files import values
from upswing.connectors.files.mapping import Mapping, Table, nearest
from upswing.core.metrics import CATALOGUE
from upswing.core.metrics.metric import Unit
from upswing.core.money import minor_units
from upswing.core.period import UnknownPeriod, parse_period
from upswing.core.records import (
    AccountRecord,
    Origin,
    PersonRecord,
    Problem,
    ProductRecord,
    QuotaRecord,
    Record,
    Severity,
)

T = TypeVar("T")


class Refused(ValueError):
    """This row cannot be used."""

    def __init__(self, code: str, field: str, value: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code, self.field, self.value = code, field, value


@dataclass(frozen=True, slots=True)
class Cells:
    """One row, read field by field through the mapping."""

    row: Row
    table: Table
    mapping: Mapping
    origin: Origin

    def raw(self, field: str) -> str:
        """The cell as written; empty when the mapping has no column for the field."""
        column = self.table.columns.get(field)
        return self.row[column] if column else ""

    def text(self, field: str) -> str:
        """A name; an alias the mapping declares is put in its place."""
        clean = self._cell(field, values.text)
        return self.table.aliases.get(field, {}).get(clean, clean)

    def needed(self, field: str) -> str:
        """A name that may not be missing."""
        if found := self.text(field):
            return found
        raise Refused(f"no_{field}", field, "", f"the column “{self.table.columns[field]}” is empty.")

    def day(self, field: str) -> date | None:
        """A date, or None."""
        return self._cell(field, lambda cell: values.day(cell, self.mapping.format))

    def number(self, field: str) -> Decimal | None:
        """A number, or None."""
        return self._cell(field, lambda cell: values.number(cell, self.mapping.format))

    def minor(self, field: str) -> int | None:
        """Money in minor units of the mapping's currency, or None."""
        found = self.number(field)
        return None if found is None else minor_units(found, self.mapping.currency)

    def _cell(self, field: str, parse: Callable[[str], T]) -> T:
        cell = self.raw(field)
        try:
            return parse(cell)
        except values.BadCell as expected:
            column = self.table.columns[field]
            raise Refused(
                f"bad_{field}",
                field,
                cell[:200],
                f"“{column}” reads “{cell[:60]}”, which should be {expected}.",
            ) from None

    def notice(self, code: str, record: str, field: str, value: str, sentence: str) -> Problem:
        """The row was taken; this is what we made of it."""
        return Problem(
            Severity.NOTICE, code, self.origin, record, field, value, f"Row {self.origin.row}: {sentence}"
        )


Builder = Callable[[Cells, Known], Iterator[Record | Problem]]


def people(cells: Cells, known: Known) -> Iterator[Record | Problem]:
    """A person who sells, with manager, team and region as the file names them."""
    name = cells.needed("name")
    known.reps[folded(name)] = name
    yield PersonRecord(
        name, cells.origin, cells.text("email"), cells.text("manager"), cells.text("team"), cells.text("region"),
        cells.day("start"), cells.day("end"),
    )  # fmt: skip


def accounts(cells: Cells, known: Known) -> Iterator[Record | Problem]:
    """A company that buys."""
    name = cells.needed("name")
    key = cells.text("id") or name
    known.accounts[folded(name)] = known.accounts[folded(key)] = Thing(key, name)
    yield AccountRecord(key, name, cells.origin, cells.text("industry"), cells.text("country"))


def products(cells: Cells, known: Known) -> Iterator[Record | Problem]:
    """What is sold, with its list price."""
    name = cells.needed("name")
    key, price = cells.text("id") or name, cells.minor("list_price")
    known.products[folded(name)] = known.products[folded(key)] = Thing(key, name, price)
    yield ProductRecord(key, name, cells.origin, cells.text("family"), price)


def quotas(cells: Cells, known: Known) -> Iterator[Record | Problem]:
    """What a rep is asked for in a period."""
    rep = rep_of(cells, known, cells.needed("rep"))
    key = cells.text("metric") or cells.table.metric
    if key not in CATALOGUE:
        raise Refused(
            "unknown_metric", "metric", key, f"no metric is called “{key}”. {nearest(key, CATALOGUE)}"
        )
    slug, value = cells.needed("period"), cells.number("value")
    try:
        parse_period(slug, date(1990, 1, 1))
    except UnknownPeriod as error:
        raise Refused("bad_period", "period", slug, str(error)) from None
    if value is None or value < 0:
        raise Refused("bad_value", "value", cells.raw("value"), "a quota is a number from 0 up.")
    money = CATALOGUE[key].unit is Unit.MONEY
    exact = Fraction(minor_units(value, cells.mapping.currency)) if money else Fraction(value)
    yield QuotaRecord(rep, slug, key, exact, cells.origin)


def rep_of(cells: Cells, known: Known, name: str) -> str:
    """The known rep of that name; refuses with the nearest name."""
    if rep := known.reps.get(folded(name)):
        return rep
    hint = nearest(name, known.reps.values()) if known.reps else "Map the people first."
    raise Refused("unknown_rep", "rep", name, f"no rep is called “{name}”. {hint}")
