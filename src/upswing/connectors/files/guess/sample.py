"""The first rows of a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from collections.abc import Mapping as Map
from dataclasses import dataclass

from upswing.connectors.connector import Unreadable
from upswing.connectors.files.format import Format
from upswing.connectors.files.table import Row, Source
from upswing.connectors.files.unpacking import Text

ROWS = 20_000
CHARACTERS = 4_000_000


@dataclass(frozen=True, slots=True)
class Sample:
    """A file's header and its first rows; `columns` say of each column how often each cell stands there."""

    header: tuple[str, ...]
    rows: tuple[Row, ...]
    columns: tuple[Map[str, int], ...]

    def cells(self, headers: Sequence[str]) -> Map[str, int]:
        """The cells of a column, or of several as the mapping joins them; none if one is missing."""
        if not set(headers) <= set(self.header):
            return {}
        places = [self.header.index(header) for header in headers]
        if len(places) == 1:
            return self.columns[places[0]]
        return Counter(" ".join(filter(None, (row[place] for place in places))) for row in self.rows)

    def pairs(self, key: str, value: Sequence[str]) -> dict[str, str]:
        """What the rows say by key; the first row of a key counts, and nothing is said without the columns."""
        if not {key, *value} <= set(self.header):
            return {}
        by, places = self.header.index(key), [self.header.index(header) for header in value]
        return {
            row[by]: " ".join(filter(None, (row[place] for place in places))) for row in reversed(self.rows)
        }


def sample(text: Text, how: Format) -> Sample:
    """At most ROWS rows and CHARACTERS characters of a file; rows that do not fit its header are passed over.

    Cells come without surrounding space. Raises Unreadable when the file is no text with a header.
    """
    opened = text.source(how)
    try:
        rows = tuple(_bounded(opened))
    except UnicodeDecodeError as error:
        raise Unreadable(
            f"{text.name} is not {error.encoding} text. Say in the mapping which encoding it has."
        ) from None
    cells = zip(*rows, strict=True) if rows else [()] * len(opened.header)
    return Sample(opened.header, rows, tuple(Counter(column) for column in cells))


def _bounded(opened: Source) -> Iterator[Row]:
    width, characters = len(opened.header), 0
    for number, row in enumerate(opened.rows()):
        if number >= ROWS or characters > CHARACTERS:
            return
        if row and any(row) and (len(row) == width or opened.fits(row)):
            characters += sum(map(len, row))
            yield [cell.strip() for cell in row]
