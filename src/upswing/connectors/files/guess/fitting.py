"""Whether the values of a column can be those of a field: they confirm a header, or deny it."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping as Map
from datetime import date

from babel.core import get_global

from upswing.connectors.files.fields import VALUED, Kind
from upswing.connectors.files.guess.guessed import Column, Reads
from upswing.connectors.files.guess.meanings import MOST
from upswing.core.expressions import is_own
from upswing.core.metrics import CATALOGUE
from upswing.core.period import UnknownPeriod, parse_period

Cells = Map[str, int]
TIMES = {Reads.DAY, Reads.INSTANT}
ANY_DAY = date(2026, 1, 1)
"""Periods in files name their own year."""


def fits(kind: Kind, field: str, column: Column, cells: Cells) -> bool:
    """Whether the reader could take the column for the field. A column without values denies nothing."""
    if column.reading.what is Reads.EMPTY:
        return True
    if (field == "id" and not column.reading.unique) or (field == "name" and column.reading.numbers):
        return False
    if field == "name" and field in kind.needed and column.reading.distinct * 2 <= column.reading.filled:
        return False  # most of what is known by its name stands once
    return FITS.get(kind.fields[field].reads, _text)(column, cells)


def _time(column: Column, cells: Cells) -> bool:
    return column.reading.what in TIMES


def _number(column: Column, cells: Cells) -> bool:
    return bool(column.reading.numbers)


def _text(column: Column, cells: Cells) -> bool:
    return column.reading.what not in TIMES


def _few(column: Column, cells: Cells) -> bool:
    return column.reading.distinct <= MOST and column.reading.what not in TIMES


def _currency(column: Column, cells: Cells) -> bool:
    return _mostly(cells, is_currency)


def is_currency(written: str) -> bool:
    """Whether a cell is an ISO code."""
    return written.upper() in get_global("all_currencies")


def _metric(column: Column, cells: Cells) -> bool:
    return _mostly(cells, is_metric)


def is_metric(written: str) -> bool:
    """Whether a cell names a metric; the organisation's own are told by how their keys begin."""
    return written in CATALOGUE or is_own(written)


def _period(column: Column, cells: Cells) -> bool:
    if column.reading.days:
        return "period" in VALUED
    return _mostly(cells, is_period)


def _mostly(cells: Cells, reads: Callable[[str], bool]) -> bool:
    """Whether most of what is written does: a slip is refused with its row, and takes no column from the others."""
    told = {cell: count for cell, count in cells.items() if cell}
    return 2 * sum(count for cell, count in told.items() if reads(cell)) > sum(told.values())


def is_period(written: str) -> bool:
    """Whether a cell names a period."""
    try:
        return any(c.isdigit() for c in written) and bool(parse_period(written, ANY_DAY))
    except UnknownPeriod:
        return False


FITS: Map[str, Callable[[Column, Cells], bool]] = {
    "day": _time, "moment": _time, "instant": _time, "number": _number, "money": _number, "rate": _number,
    "quantity": _number, "revision": _number, "span": _number, "weeks": _number, "quota": _number, "stage": _few,
    "word": _few, "level": _few,
    "currency": _currency, "metric": _metric, "period": _period,
}  # fmt: skip
