"""One CSV file, read as a stream: encoding, delimiter, header, rows."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from upswing.connectors.connector import Unreadable
from upswing.connectors.files.format import Format
from upswing.connectors.files.nearest import nearest

CELL_LENGTH = 1 << 20
"""A cell's characters: what stray quotes swallow stays one cell, and its row is refused rather than the file."""
BLOCK = 1 << 20
HEADER_LENGTH = 1 << 20
DELIMITERS = ",;\t|"
csv.field_size_limit(CELL_LENGTH)

Row = list[str]


@dataclass(frozen=True, slots=True)
class Source:
    """A CSV file and how it is written; `header` are its columns' names, without surrounding spaces."""

    path: Path
    how: Format
    delimiter: str
    header: tuple[str, ...]

    def rows(self) -> Iterator[Row | None]:
        """Every row below the header as its cells; None for a row with a cell too long to be read."""
        with self.path.open(encoding=self.how.encoding, newline="") as lines:
            reader = csv.reader(lines, delimiter=self.delimiter)
            next(reader, None)
            while True:
                try:
                    yield from reader
                except csv.Error:  # the reader goes on with the next line
                    yield None
                else:
                    return

    def place(self, column: str, wanted: str) -> int:
        """Where a column stands; raises Unreadable with the nearest one and what it was `wanted` for."""
        if column in self.header:
            return self.header.index(column)
        raise Unreadable(
            f"{self.path.name} has no column “{column}”, which the mapping names for {wanted}. "
            f"{nearest(column, self.header)}{_garbled(self.header)}"
        )


def locate(file: str, places: tuple[Path, ...]) -> Path:
    """The file in the first of the places that has it; raises Unreadable naming the nearest file there."""
    for place in places:
        found = place / file if place.is_dir() else place
        if found.is_file() and (place.is_dir() or found.name == file or len(places) == 1):
            return found
    there = {entry.name for place in places if place.is_dir() for entry in place.iterdir() if entry.is_file()}
    looked = " or ".join(dict.fromkeys(str(place.resolve()) for place in places))
    raise Unreadable(f"The file “{file}” is not in {looked}. {nearest(file, there)}".rstrip())


def source(path: Path, how: Format) -> Source:
    """A file with its header; raises Unreadable when its name, encoding or header cannot be used."""
    try:
        with path.open(encoding=how.encoding, newline="") as lines:
            first = lines.readline(HEADER_LENGTH)
            delimiter = how.delimiter or max(DELIMITERS, key=first.count)
            lines.seek(0)
            header = tuple(name.strip() for name in next(csv.reader(lines, delimiter=delimiter), []))
    except UnicodeDecodeError:
        lines_of(path, how)
        raise
    except (LookupError, ValueError) as error:
        raise _no_encoding(path, how, error) from None
    except OSError as error:
        raise Unreadable(f"{path} cannot be read: {error.strerror}.") from error
    except csv.Error as error:
        raise Unreadable(f"{path.name}, row 1: {error}.") from error
    _check_header(path, header)
    return Source(path, how, delimiter, header)


def lines_of(path: Path, how: Format) -> int:
    """How many lines the file has; raises Unreadable naming the first byte that is not text in its encoding."""
    lines, last = 0, "\n"
    try:
        decoder = codecs.getincrementaldecoder(how.encoding)()
        with path.open("rb") as opened:
            while raw := opened.read(BLOCK):
                text = decoder.decode(raw)
                lines += text.count("\n")
                last = text or last
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        raise _not_text(path, how, error, lines) from None
    except (LookupError, ValueError) as error:
        raise _no_encoding(path, how, error) from None
    except OSError as error:
        raise Unreadable(f"{path} cannot be read: {error.strerror}.") from error
    return lines + (not last.endswith("\n"))


def _not_text(path: Path, how: Format, error: UnicodeDecodeError, lines: int) -> Unreadable:
    row = lines + error.object.count(b"\n", 0, error.start) + 1
    return Unreadable(
        f"{path.name}, row {row}: the byte 0x{error.object[error.start]:02X} "
        f"is not {how.encoding.removesuffix('-sig')} text. "
        'Write the file\'s encoding into the mapping, for example encoding = "cp1252".'
    )


def _no_encoding(path: Path, how: Format, error: Exception) -> Unreadable:
    if isinstance(error, UnicodeError):
        return Unreadable(f"{path.name} is not {how.encoding} text: {error}.")
    return Unreadable(f"No encoding is called “{how.encoding}”. Write utf-8, cp1252 or utf-16.")


def _check_header(path: Path, header: tuple[str, ...]) -> None:
    if not any(header):
        raise Unreadable(f"{path.name} is empty: its first row must name the columns.")
    twice = sorted({name for name in header if name and header.count(name) > 1})
    if twice:
        raise Unreadable(f"{path.name} has two columns called “{twice[0]}”. Rename one.")


def _garbled(header: tuple[str, ...]) -> str:
    """A hint where UTF-8 was read as something else."""
    return " The header looks garbled: is the encoding right?" if any("Ã" in name for name in header) else ""
