"""All files of a mapping, in the order of the kinds."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from collections.abc import Mapping as Map
from dataclasses import dataclass
from pathlib import Path

from upswing.connectors.connector import Known, Unreadable
from upswing.connectors.files.accounts import accounts, contacts, products
from upswing.connectors.files.activities import activities
from upswing.connectors.files.build import Builder
from upswing.connectors.files.deals import deals
from upswing.connectors.files.fields import KINDS, PARTS
from upswing.connectors.files.histories import amount_changes, close_changes, quote_lines, rates, stage_moves
from upswing.connectors.files.hours import logins, time_entries
from upswing.connectors.files.invoices import invoices
from upswing.connectors.files.layout import layout, pairs
from upswing.connectors.files.leads import leads
from upswing.connectors.files.mapped import Lookup, Table
from upswing.connectors.files.mapping import Mapping
from upswing.connectors.files.parts import Parts
from upswing.connectors.files.people import days_off, memberships, people
from upswing.connectors.files.quotas import quotas
from upswing.connectors.files.quotes import quotes
from upswing.connectors.files.reading import read_rows
from upswing.connectors.files.sheet import Sheet
from upswing.connectors.files.table import Source, lines_of, locate, source
from upswing.core.records import Origin, Problem, Record

BUILDERS: dict[str, Builder] = {
    "people": people, "memberships": memberships, "days_off": days_off, "accounts": accounts, "contacts": contacts,
    "products": products, "rates": rates, "leads": leads, "stage_moves": stage_moves,
    "amount_changes": amount_changes, "close_changes": close_changes, "deals": deals, "activities": activities,
    "quote_lines": quote_lines, "quotes": quotes, "invoices": invoices, "time_entries": time_entries,
    "logins": logins, "quotas": quotas,
}  # fmt: skip
UNYIELDED = {*PARTS, "rates"}
Found = Map[Lookup, Map[str, str]]


@dataclass(frozen=True, slots=True)
class Files:
    """A folder (or one file) read by a mapping. Files are looked for there, then beside the mapping."""

    path: Path
    mapping: Mapping

    def read(self, known: Known) -> Iterator[Record | Problem]:
        """Records and problems; raises Unreadable before the first one when a file or column is missing."""
        if not self.path.exists():
            raise Unreadable(f"There is no file or folder “{self.path}”.")
        tables = [table for kind in KINDS for table in self.mapping.tables.get(kind, ())]
        opened = [(table, self._source(table.file)) for table in tables]
        found = self._lookups(tables)
        for table, opened_file in opened:  # every header is checked before the first record
            layout(table, opened_file, found)
        known.expected = _rows(opened)
        known.ends_stated = any("end" in table.columns for table in self.mapping.tables.get("people", ()))
        yield from self._records(opened, found, known)

    def _source(self, file: str) -> Source:
        return source(locate(file, (self.path, self.mapping.folder)), self.mapping.format)

    def _lookups(self, tables: list[Table]) -> dict[Lookup, dict[str, str]]:
        """What every file of links and labels says; its encoding is checked first."""
        found: dict[Lookup, dict[str, str]] = {}
        for table in tables:
            for field, lookup in (*table.links.items(), *table.labels.items()):
                if lookup not in found:
                    opened = self._source(lookup.file)
                    lines_of(opened.path, opened.how)
                    found[lookup] = pairs(opened, lookup, f"{table.kind} {field}")
        return found

    def _records(
        self, opened: list[tuple[Table, Source]], found: Found, known: Known
    ) -> Iterator[Record | Problem]:
        parts, currency = Parts(), known.currency or self.mapping.currency or "EUR"
        for kind, builder in BUILDERS.items():
            seen: dict[Hashable, Origin | int] = {}
            for table, opened_file in opened:
                if table.kind == kind:
                    place = layout(table, opened_file, found)
                    sheet = Sheet(table, self.mapping, place, known, parts, currency, seen)
                    labels = {field: found[lookup] for field, lookup in table.labels.items()}
                    yield from read_rows(sheet, opened_file, builder, labels)
            if kind == "deals":
                yield from parts.left_of_deals()
            if kind == "quotes":
                yield from parts.left_of_quotes()


def _rows(opened: list[tuple[Table, Source]]) -> int:
    """At most so many rows are yielded; every file's text is checked on the way."""
    lines = {path: lines_of(path, how) for path, how in {one.path: one.how for _, one in opened}.items()}
    return sum(lines[one.path] - 1 for table, one in opened if table.kind not in UNYIELDED)
