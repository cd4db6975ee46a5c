"""All files of a mapping, in order: people, accounts, products, deals, quotas."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from upswing.connectors.connector import Known, Unreadable, folded, printable
from upswing.connectors.files import rows as build
from upswing.connectors.files.deals import deals
from upswing.connectors.files.mapping import Mapping, Table
from upswing.connectors.files.table import Ragged, locate, rows
from upswing.core.records import Origin, Problem, Record, Severity

BUILDERS: dict[str, build.Builder] = {
    "people": build.people,
    "accounts": build.accounts,
    "products": build.products,
    "deals": deals,
    "quotas": build.quotas,
}
IDENTITY = {"people": ("name",), "accounts": ("id", "name"), "products": ("id", "name"), "deals": ("id",)}


@dataclass(frozen=True, slots=True)
class Files:
    """A folder (or one file) read by a mapping. Files are looked for there, then beside the mapping."""

    path: Path
    mapping: Mapping

    def read(self, known: Known) -> Iterator[Record | Problem]:
        """Records and problems; raises Unreadable before the first one when a file or column is missing."""
        if not self.path.exists():
            raise Unreadable(f"There is no file or folder “{self.path}”.")
        tables = [self.mapping.tables[kind] for kind in BUILDERS if kind in self.mapping.tables]
        found = [(table, locate(table.file, (self.path, self.mapping.folder))) for table in tables]
        for table, path in found:  # every header is checked before the first record
            next(rows(path, table, self.mapping.format), None)
        known.ends_stated = "people" in self.mapping.tables and "end" in self.mapping.tables["people"].columns
        for table, path in found:
            yield from self._table(table, path, known)

    def _table(self, table: Table, path: Path, known: Known) -> Iterator[Record | Problem]:
        seen: dict[str, int] = {}
        currency = known.currency or self.mapping.currency or "EUR"
        for number, row in rows(path, table, self.mapping.format):
            origin = Origin(printable(path.name), number)
            if isinstance(row, Ragged):
                sentence = (
                    f"it has {row.cells} cells, the header {row.header}. Look for a stray delimiter or quote."
                )
                yield _refused(origin, "", build.Refused("row_width", "", "", sentence))
                continue
            cells = build.Cells(row, table, self.mapping, origin, currency)
            first = seen.setdefault(identity(cells), number) if table.kind in IDENTITY else number
            if first != number:
                if not table.distinct:
                    yield _repeated(cells, first)
                continue
            yield from _built(cells, known)


def identity(cells: build.Cells) -> str:
    """What tells this row from the others of its kind: an id exactly as written, a name folded."""
    for field in IDENTITY[cells.table.kind]:
        if found := cells.read_as(field):
            return found if field == "id" else folded(found)
    return f"row {cells.origin.row}"


def _built(cells: build.Cells, known: Known) -> Iterator[Record | Problem]:
    record = cells.raw(IDENTITY.get(cells.table.kind, ("rep",))[0])
    try:
        yield from list(BUILDERS[cells.table.kind](cells, known))
    except build.Refused as why:
        yield _refused(cells.origin, record, why)


def _repeated(cells: build.Cells, first: int) -> Problem:
    name = next((cell for field in IDENTITY[cells.table.kind] if (cell := cells.raw(field).strip())), "")
    hint = " Write distinct = true if each person stands many times." if cells.table.kind == "people" else ""
    sentence = f"“{name}” stands in row {first} already; that one was kept.{hint}"
    return _refused(cells.origin, name, build.Refused("repeated_id", "id", name, sentence))


def _refused(origin: Origin, record: str, why: build.Refused) -> Problem:
    return Problem(
        Severity.REFUSED, why.code, origin, record[:200], why.field, why.value, f"Row {origin.row}: {why}"
    )
