"""The latest day that the files speak of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Mapping as Map
from datetime import date

from upswing.connectors.files.guess.guessed import Column, Table
from upswing.connectors.files.guess.sample import Sample
from upswing.connectors.files.guess.styles import ISO, as_day, as_instant


def latest(tables: Iterable[Table], samples: Map[str, Sample], today: date) -> date | None:
    """The latest day in a column of days or instants that is used, not later than `today`; None where there is none.

    A column whose days read in two ways says nothing.
    """
    days = (day for table in tables for column in table.columns for day in _days(table, column, samples))
    return max((day for day in days if day <= today), default=None)


def _days(table: Table, column: Column, samples: Map[str, Sample]) -> Iterator[date]:
    if not column.field:
        return
    cells, reading = samples[table.file].cells((column.header,)), column.reading
    style = ISO if ISO in reading.days else table.written.get("date", "")
    if style and style in reading.days:
        yield from (day for cell in cells if (day := as_day(cell, style)))
    clock = table.written.get("time", "")
    if clock in reading.instants:
        yield from (at.date() for cell in cells if (at := as_instant(cell, clock)))
