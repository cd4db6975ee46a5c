"""What the dialects of other systems share: rows by column, ids in another style, files of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from upswing.simulation.writing import write_rows

if TYPE_CHECKING:
    from upswing.simulation.world import World

Cells = Mapping[str, str]
Name = Callable[[str], str]
LINKED = frozenset({"id", "deal", "lead", "contact", "quote", "invoice", "corrects", "activity"})
"""Columns of our own format that hold ids."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file to write: one row a list of cells."""

    file: str
    header: tuple[str, ...]
    rows: Iterable[Sequence[str]]


def cells(world: World, name: str) -> Iterator[Cells]:
    """The rows of one of our tables, by column."""
    table = world.tables[name]
    return (dict(zip(table.header, row, strict=True)) for row in table.rows())


def sheet(file: str, rows: Iterable[Cells], columns: Mapping[str, Callable[[Cells], str]]) -> Sheet:
    """A file with a column for each of these, made of our rows."""
    makers = tuple(columns.values())
    return Sheet(file, tuple(columns), ([make(row) for make in makers] for row in rows))


def own(world: World, name: str, ids: Name) -> Sheet:
    """One of our tables as it is, with the other system's ids."""
    table = world.tables[name]
    places = [place for place, column in enumerate(table.header) if column in LINKED]

    def renamed() -> Iterator[Sequence[str]]:
        for row in table.rows():
            found = list(row)
            for place in places:
                found[place] = ids(found[place])
            yield found

    return Sheet(f"{name}.csv", table.header, renamed())


def put(folder: Path, sheets: Iterable[Sheet]) -> None:
    """Write the files."""
    for one in sheets:
        write_rows(folder / one.file, one.header, one.rows)


def cell(column: str) -> Callable[[Cells], str]:
    """Our column as it is."""
    return lambda row: row[column]


def always(value: str) -> Callable[[Cells], str]:
    """The same in every row."""
    return lambda _: value


def given(name: str) -> str:
    """The first word of a name."""
    return name.partition(" ")[0]


def family(name: str) -> str:
    """The rest of a name."""
    return name.partition(" ")[2]


def spaced(instant: str) -> str:
    """An instant like 2026-11-20 09:14:03, in UTC."""
    return f"{instant[:10]} {instant[11:19]}" if instant else ""


def midnight(day: str) -> str:
    """A day as an instant."""
    return f"{day} 00:00:00" if day else ""
