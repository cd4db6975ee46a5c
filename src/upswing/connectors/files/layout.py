"""Where the cells of a table's fields stand: in the row, or in what the mapping adds to it."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from collections.abc import Mapping as Map
from dataclasses import dataclass
from operator import itemgetter

from upswing.connectors.files.fields import KINDS, LASTING
from upswing.connectors.files.mapped import Lookup, Table
from upswing.connectors.files.table import Row, Source

Make = Callable[[Row], str]


@dataclass(frozen=True, slots=True)
class Layout:
    """A row is lengthened by an empty cell, the constants, and the cells that are made; then each field has one.

    `places` is field → its cell, for every field of the kind; `only` is cell → the values a row must have.
    """

    width: int
    tail: tuple[str, ...]
    made: tuple[Make, ...]
    places: Map[str, int]
    only: tuple[tuple[int, frozenset[str]], ...]

    def wanted(self, row: Row) -> bool:
        """Whether the mapping's `only` takes the row."""
        return all(_fits(row[place].strip().casefold(), words) for place, words in self.only)


def _fits(cell: str, words: frozenset[str]) -> bool:
    return cell in words or (cell != "" and "*" in words)


def layout(table: Table, source: Source, found: Map[Lookup, Map[str, str]]) -> Layout:
    """The layout of a file; raises Unreadable for a column it lacks. `found` is what each lookup file says."""
    width = len(source.header)
    tail, made = [""], list[Make]()
    places = dict.fromkeys(KINDS[table.kind].fields, width)
    for field, value in table.values.items():
        places[field] = width + len(tail)
        tail.append(value)
    for field, columns in table.columns.items():
        stands = [source.place(column, f"{table.kind} {field}") for column in columns]
        if len(stands) > 1:
            made.append(_joined(stands))
        places[field] = stands[0] if len(stands) == 1 else width + len(tail) + len(made) - 1
    if table.kind in LASTING and not table.has("id"):
        lasting = [places[field] for field in LASTING[table.kind] if places[field] < width]
        made.append(_row_key(lasting, width))
        places["id"] = width + len(tail) + len(made) - 1
    for field, lookup in table.links.items():
        by = source.place(lookup.by, f"{table.kind} {field}") if lookup.by else places["id"]
        made.append(_looked_up(by, found[lookup]))
        places[field] = width + len(tail) + len(made) - 1
    only = ((source.place(column, f"{table.kind}.only"), words) for column, words in table.only.items())
    return Layout(width, tuple(tail), tuple(made), places, tuple(only))


def pairs(source: Source, lookup: Lookup, wanted: str) -> dict[str, str]:
    """What a lookup file says, by key; the first row of a key counts."""
    key = source.place(lookup.key, wanted)
    value = _joined([source.place(column, wanted) for column in lookup.value])
    found: dict[str, str] = {}
    width = len(source.header)
    for row in source.rows():
        if row and (len(row) == width or source.fits(row)):
            found.setdefault(row[key].strip(), value(row))
    return found


def _row_key(lasting: Sequence[int], width: int) -> Make:
    """A key of what lasts in a row, or of all its cells; rows that read alike are numbered in their order."""
    seen: Counter[bytes] = Counter()

    def key(row: Row) -> str:
        said = [row[place] for place in lasting]
        cells = said if any(map(str.strip, said)) else row[:width]
        found = hashlib.blake2b("\x1f".join(cell.strip() for cell in cells).encode(), digest_size=12).digest()
        seen[found] += 1
        return f"row-{found.hex()}" if seen[found] == 1 else f"row-{found.hex()}-{seen[found]}"

    return key


def _joined(places: Iterable[int]) -> Make:
    stands = tuple(places)
    if len(stands) == 1:
        return itemgetter(*stands)
    return lambda row: " ".join(filter(None, (row[place].strip() for place in stands)))


def _looked_up(place: int, found: Map[str, str]) -> Make:
    return lambda row: found.get(row[place].strip(), "")
