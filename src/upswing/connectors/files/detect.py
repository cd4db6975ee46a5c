"""How a text file is written, where nobody says it: encoding, delimiter, the row that names the columns."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from dataclasses import replace
from itertools import islice
from pathlib import Path

from upswing.connectors.files.encoding import encoding_of
from upswing.connectors.files.format import Format

DELIMITERS = ",;\t|"
HEAD = 1 << 18
"""Characters that are looked at."""
ROWS, TITLES = 200, 20
"""Rows that are looked at; rows among which the one that names the columns is looked for."""
FIGURES = re.compile(r"[\d\s.,:;/%€$£¥+()-]+")

Rows = list[list[str]]


def detected(path: Path, how: Format) -> Format:
    """The format with what it leaves open found in the file's beginning.

    Raises Unreadable, UnicodeError or LookupError where the encoding that is named or found does not fit.
    """
    encoding = how.encoding or encoding_of(path)
    if how.delimiter and how.header:
        return replace(how, encoding=encoding)
    with path.open(encoding=encoding, newline="") as lines:
        head = lines.read(HEAD)
    delimiter = how.delimiter or _delimiter(head)
    return replace(
        how, encoding=encoding, delimiter=delimiter, header=how.header or _header(_rows(head, delimiter))
    )


def _rows(head: str, delimiter: str) -> Rows:
    """The first rows; newlines in quotes stay inside their cell, and a row that is cut off is left out."""
    found: Rows = []
    try:
        found.extend(islice(csv.reader(io.StringIO(head, newline=""), delimiter=delimiter), ROWS))
    except csv.Error:
        return found
    return found[:-1] if len(head) == HEAD and 1 < len(found) < ROWS else found


def _delimiter(head: str) -> str:
    """What cuts most rows alike, and then into most columns; a comma where nothing does."""
    return max(DELIMITERS, key=lambda mark: _alike(_rows(head, mark)))


def _alike(rows: Rows) -> tuple[float, int]:
    widths = Counter(len(row) for row in rows if any(row))
    width, count = max(widths.items(), key=lambda found: (found[1], found[0]), default=(0, 1))
    return (count / widths.total() if width > 1 else 0.0, width)


def _header(rows: Rows) -> int:
    """The first row that names most columns; titles above it name few, or more are named below the blank they leave.

    Rows are counted from 1; those far wider than most say nothing of the others.
    """
    widths = [_width(row) for row in rows]
    usual = Counter(filter(None, widths[1:])) or Counter(widths)
    wide = max(usual, key=lambda width: (usual[width], -width), default=0)
    names = [sum(map(_is_name, row)) for row in rows[:TITLES]]
    most = max(
        (count for count, width in zip(names, widths, strict=False) if width <= 3 * wide),
        default=0,
    )
    for place, count in enumerate(names):
        followed = any(widths[place + 1 : place + 2]) or count >= most
        if count and followed and count > 0.6 * most and widths[place] * 2 > wide:
            return place + 1
    return next((place for place, width in enumerate(widths, start=1) if width), 1)


def _is_name(cell: str) -> bool:
    return bool(cell.strip()) and not FIGURES.fullmatch(cell)


def _width(row: list[str]) -> int:
    """Cells up to the last one that is not empty."""
    return max((place for place, cell in enumerate(row, start=1) if cell.strip()), default=0)
