"""Rows that a program sends, read as those of a file whose columns are called as our fields."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Mapping as Map
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

from upswing.connectors.connector import Known, Unreadable
from upswing.connectors.files.checks import check_names
from upswing.connectors.files.connector import Files
from upswing.connectors.files.fields import KINDS, PARTS
from upswing.connectors.files.mapping import Mapping, Table, mapping_of
from upswing.connectors.files.table import Row, Source
from upswing.core.records import Problem, Record

WHERE = Path("The request")
Value = str | int | float | bool | None
Sent = Map[str, Sequence[Map[str, Value]]]
"""Kind → its rows, each field → value; a field may be left out."""


@dataclass(frozen=True, slots=True)
class Rows:
    """A connector of rows; a kind has the columns that any of its rows has. Rows count from 1."""

    mapping: Mapping
    sent: Sent

    def read(self, known: Known) -> Iterator[Record | Problem]:
        """Every record once, and every problem."""
        tables = [table for found in self.mapping.tables.values() for table in found]
        known.expected = sum(map(len, self.sent.values()))
        known.ends_stated = any(table.kind == "people" and "end" in table.columns for table in tables)
        opened: list[tuple[Table, Source]] = [
            (table, _held(table, self.sent[table.kind])) for table in tables
        ]
        yield from Files(WHERE, self.mapping)._records(opened, {}, known)


def rows(source: str, sent: Sent, stages: Map[str, str], today: date) -> Rows:
    """What was sent today, with its mapping; raises Unreadable naming what is wrong with the whole of it."""
    _check_kinds(sent)
    raw: dict[str, Any] = {"source": source, "read_on": today}
    for kind, several in sent.items():
        fields = dict.fromkeys(chain.from_iterable(several))
        raw[kind] = {"file": file_of(kind), "columns": {field: field for field in fields}}
    if stages and "deals" not in sent:
        raise Unreadable(f"{WHERE}: stages say what those of deals mean, and it has no deals.")
    if stages:
        raw["deals"]["stages"] = dict(stages)
    return Rows(mapping_of(raw, WHERE), sent)


def _check_kinds(sent: Sent) -> None:
    """Every kind is a known one, and what belongs to others comes with them."""
    check_names(WHERE.name, "records", sent, KINDS)
    for part in PARTS.keys() & sent.keys():
        if (whole := PARTS[part]) not in sent:
            raise Unreadable(
                f"{WHERE}: {part} belong to {whole}. "
                f'Send both at once to the address of all kinds: {{"{whole}": […], "{part}": […]}}.'
            )


def file_of(kind: str) -> str:
    """What stands for the file in the provenance of records that were sent."""
    return f"api/{kind}"


def cell(value: Value) -> str:
    """The value as it would stand in a file. JSON has binary fractions: 15 digits of one are what was meant."""
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return format(value, ".15g") if isinstance(value, float) else str(value)


@dataclass(frozen=True, slots=True)
class Held(Source):
    """A table that is in memory."""

    cells: Sequence[Row] = ()

    def rows(self) -> Iterator[Row | None]:
        """Every row as its cells."""
        return iter(map(list, self.cells))


def _held(table: Table, several: Sequence[Map[str, Value]]) -> Held:
    fields = tuple(table.columns)
    cells = [[cell(row.get(field)) for field in fields] for row in several]
    return Held(table.file, WHERE, table.how, fields, len(fields), cells)
