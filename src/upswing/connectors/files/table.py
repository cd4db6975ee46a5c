"""One text file, read as a stream of rows below the row that names the columns."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import TextIO

from upswing.connectors.connector import Unreadable, printable
from upswing.connectors.files.detect import detected
from upswing.connectors.files.encoding import encoding_of
from upswing.connectors.files.format import Format
from upswing.connectors.files.lines import lines_of, opening
from upswing.connectors.files.nearest import nearest

CELL_LENGTH = 1 << 20
"""A cell's characters: what stray quotes swallow stays one cell, and its row is refused rather than the file."""
HEADER_LENGTH = 1 << 20
COLUMNS = 16_384
csv.field_size_limit(CELL_LENGTH)

Row = list[str]


@dataclass(frozen=True, slots=True)
class Source:
    """A text file and how it is written; `header` are its columns' names, no two alike, none empty.

    Up to the column `named` the file itself names them.
    """

    name: str
    path: Path
    how: Format
    header: tuple[str, ...]
    named: int

    def rows(self) -> Iterator[Row | None]:
        """Every row below the header as its cells; None for a row with a cell too long to be read."""
        with self.path.open(encoding=self.how.encoding, newline="") as lines:
            reader = csv.reader(lines, delimiter=self.how.delimiter)
            next(islice(reader, self.how.header - 1, None), None)
            while True:
                try:
                    yield from reader
                except csv.Error:  # the reader goes on with the next line
                    yield None
                else:
                    return

    def fits(self, row: Row) -> bool:
        """Whether the row is as wide as the header but for empty cells at its end; it is made so."""
        width = len(self.header)
        if any(cell.strip() for cell in row[width:]):
            return False
        del row[width:]
        if len(row) >= self.named:
            row.extend([""] * (width - len(row)))
        return len(row) == width

    def place(self, column: str, wanted: str) -> int:
        """Where a column stands; raises Unreadable with the nearest one and what it was `wanted` for."""
        name = " ".join(column.split())
        if name in self.header:
            return self.header.index(name)
        raise Unreadable(
            f"{self.name} has no column “{column}”, which the mapping names for {wanted}. "
            f"{nearest(column, self.header)}{_garbled(self.header)}"
        )


def source(path: Path, how: Format, name: str = "") -> Source:
    """A file with its header; raises Unreadable when its encoding or header cannot be used.

    What the format leaves open is found from the file. `name` is what sentences call it, where that is not the path's.
    """
    name, how = name or path.name, replace(how, encoding=how.encoding or encoding_of(path))
    try:
        with opening(name, how):
            how = detected(path, how)
            with path.open(encoding=how.encoding, newline="") as lines:
                reader = csv.reader(_short(name, lines), delimiter=how.delimiter)
                cells = next(islice(reader, how.header - 1, None), [])
    except UnicodeDecodeError:
        lines_of(path, how, name)
        raise
    except csv.Error as error:
        raise Unreadable(f"{name}, row {how.header}: {error}.") from error
    return Source(name, path, how, tuple(_names(name, how, cells)), _named(cells))


def _short(name: str, lines: TextIO) -> Iterator[str]:
    """Lines until the header is read; raises Unreadable for one that is too long."""
    while line := lines.readline(HEADER_LENGTH + 1):
        if len(line) > HEADER_LENGTH:
            raise Unreadable(
                f"{name}: the row that names the columns has more than {HEADER_LENGTH:,} characters. "
                "Look for a missing line end."
            )
        yield line


def _names(name: str, how: Format, cells: Row) -> Iterable[str]:
    """What the columns are called: the second of one name “Amount (2)”, one without a name “Column 7”."""
    if not any(cell.strip() for cell in cells):
        raise Unreadable(
            f"{name} is empty: its first row must name the columns."
            if how.header == 1
            else f"{name} has nothing in row {how.header}, which should name the columns."
        )
    if len(cells) > COLUMNS:
        raise Unreadable(f"{name} has {len(cells):,} columns, and at most {COLUMNS:,} can be read.")
    seen = Counter[str]()
    for place, cell in enumerate(cells, start=1):
        called = printable(" ".join(cell.split())) or f"Column {place}"
        seen[called] += 1
        yield called if seen[called] == 1 else f"{called} ({seen[called]})"


def _named(cells: Row) -> int:
    return max((place for place, cell in enumerate(cells, start=1) if cell.strip()), default=0)


def _garbled(header: tuple[str, ...]) -> str:
    """A hint where UTF-8 was read as something else."""
    return " The header looks garbled: is the encoding right?" if any("Ã" in name for name in header) else ""
