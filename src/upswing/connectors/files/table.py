"""One CSV file: encoding, delimiter, header, rows."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from upswing.connectors.connector import Row, Unreadable
from upswing.connectors.files.mapping import Format, Table, nearest


@dataclass(frozen=True, slots=True)
class Ragged:
    """A row whose number of cells is not the header's."""

    cells: int
    header: int


csv.field_size_limit(10_000_000)
"""A cell's characters: what stray quotes swallow stays one cell, and its row is refused rather than the file."""
MAX_BYTES = 500_000_000
DELIMITERS = ",;\t|"


def locate(file: str, places: tuple[Path, ...]) -> Path:
    """The file in the first of the places that has it; raises Unreadable naming the nearest file there."""
    for place in places:
        found = place / file if place.is_dir() else place
        if found.is_file() and (place.is_dir() or found.name == file or len(places) == 1):
            return found
    there = {entry.name for place in places if place.is_dir() for entry in place.iterdir() if entry.is_file()}
    looked = " or ".join(dict.fromkeys(str(place.resolve()) for place in places))
    raise Unreadable(f"The file “{file}” is not in {looked}. {nearest(file, there)}".rstrip())


def rows(path: Path, table: Table, how: Format) -> Iterator[tuple[int, Row | Ragged]]:
    """(row number, row) for each row below the header, the header being row 1.

    A row with more or fewer cells than the header comes as Ragged.
    Raises Unreadable when the file, its text or its header cannot be used.
    """
    reader = csv.reader(
        io.StringIO(_text(path, how), newline=""), delimiter=how.delimiter or _delimiter(path, how)
    )
    header = [name.strip() for name in next(reader, [])]
    _check_header(path, header, table)
    try:
        for number, cells in enumerate(reader, start=2):
            if any(cells):
                fits = len(cells) == len(header)
                yield (
                    number,
                    dict(zip(header, cells, strict=True)) if fits else Ragged(len(cells), len(header)),
                )
    except csv.Error as error:
        raise Unreadable(f"{path.name}, line {reader.line_num}: {error}.") from error


def _text(path: Path, how: Format) -> str:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise Unreadable(f"{path} cannot be read: {error.strerror}.") from error
    if len(raw) > MAX_BYTES:
        raise Unreadable(
            f"{path.name} has {len(raw):,} bytes; at most {MAX_BYTES:,} are read at once. Split it."
        )
    try:
        return raw.decode(how.encoding)
    except UnicodeDecodeError as error:
        row = raw.count(b"\n", 0, error.start) + 1
        raise Unreadable(
            f"{path.name}, row {row}: the byte 0x{raw[error.start]:02X} "
            f"is not {how.encoding.removesuffix('-sig')} text. "
            'Write the file\'s encoding into the mapping, for example encoding = "cp1252".'
        ) from None
    except (LookupError, ValueError):
        raise Unreadable(f"No encoding is called “{how.encoding}”. Write utf-8, cp1252 or utf-16.") from None


def _delimiter(path: Path, how: Format) -> str:
    header = _text(path, how).split("\n", 1)[0]
    return max(DELIMITERS, key=header.count)


def _check_header(path: Path, header: list[str], table: Table) -> None:
    if not any(header):
        raise Unreadable(f"{path.name} is empty: its first row must name the columns.")
    twice = sorted({name for name in header if name and header.count(name) > 1})
    if twice:
        raise Unreadable(f"{path.name} has two columns called “{twice[0]}”. Rename one.")
    for field, column in table.columns.items():
        if column not in header:
            raise Unreadable(
                f"{path.name} has no column “{column}”, which the mapping names for {table.kind} {field}. "
                f"{nearest(column, header)}{garbled(header)}"
            )


def garbled(header: list[str]) -> str:
    """A hint where UTF-8 was read as something else."""
    return " The header looks garbled: is the encoding right?" if any("Ã" in name for name in header) else ""
