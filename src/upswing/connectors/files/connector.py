"""All files of a mapping, in the order of the kinds."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as Map
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from upswing.connectors.connector import Known, Unreadable
from upswing.connectors.files.accounts import accounts, contacts, products
from upswing.connectors.files.activities import activities
from upswing.connectors.files.build import Builder
from upswing.connectors.files.deals import deals
from upswing.connectors.files.development import assessments, courses
from upswing.connectors.files.fields import KINDS, PARTS
from upswing.connectors.files.firsts import Firsts
from upswing.connectors.files.histories import amount_changes, close_changes, quote_lines, rates, stage_moves
from upswing.connectors.files.hours import logins, tallies, time_entries
from upswing.connectors.files.invoices import invoices
from upswing.connectors.files.layout import layout, pairs
from upswing.connectors.files.leads import leads
from upswing.connectors.files.lines import lines_of
from upswing.connectors.files.mapped import Lookup, Table
from upswing.connectors.files.mapping import Mapping
from upswing.connectors.files.owners import account_owners
from upswing.connectors.files.parts import Parts
from upswing.connectors.files.people import days_off, memberships, people
from upswing.connectors.files.quotas import quotas
from upswing.connectors.files.quotes import quotes
from upswing.connectors.files.reading import read_rows
from upswing.connectors.files.sheet import Sheet
from upswing.connectors.files.table import Source
from upswing.connectors.files.unpacking import Material, listed, unpacked
from upswing.connectors.files.values import FIRST
from upswing.core.records import Problem, Record

BUILDERS: dict[str, Builder] = {
    "people": people, "memberships": memberships, "days_off": days_off, "accounts": accounts,
    "account_owners": account_owners, "contacts": contacts, "products": products, "rates": rates, "leads": leads,
    "stage_moves": stage_moves, "amount_changes": amount_changes, "close_changes": close_changes, "deals": deals,
    "activities": activities, "quote_lines": quote_lines, "quotes": quotes, "invoices": invoices,
    "time_entries": time_entries, "tallies": tallies, "logins": logins, "courses": courses,
    "assessments": assessments, "quotas": quotas,
}  # fmt: skip
UNYIELDED = {*PARTS, "rates"}
Found = Map[Lookup, Map[str, str]]


@dataclass(frozen=True, slots=True)
class Files:
    """Files read by a mapping: material that was unpacked, or a folder or file, which is looked at with its mapping's.

    Nothing is unpacked that the mapping does not name.
    """

    files: Material | Path
    mapping: Mapping

    def read(self, known: Known) -> Iterator[Record | Problem]:
        """Records and problems; raises Unreadable before the first one when a file or column is missing."""
        _check_made(self.mapping.read_on, known.today)
        with self._material() as material:
            tables = [table for kind in KINDS for table in self.mapping.tables.get(kind, ())]
            opened = [(table, material.find(table.file).source(table.how)) for table in tables]
            found = self._lookups(tables, material)
            for table, opened_file in opened:  # every header is checked before the first record
                layout(table, opened_file, found)
            known.expected = _rows(opened)
            known.ends_stated = any("end" in table.columns for table in self.mapping.tables.get("people", ()))
            yield from self._records(opened, found, known)

    def _material(self) -> AbstractContextManager[Material]:
        if isinstance(self.files, Material):
            return nullcontext(self.files)
        places = dict.fromkeys((self.files.resolve(), self.mapping.folder.resolve()))
        beside = [self.mapping.folder] if self.mapping.folder.is_dir() else []
        return unpacked(listed(self.files, *beside), where=f"in {' or '.join(map(str, places))}")

    def _lookups(self, tables: list[Table], material: Material) -> dict[Lookup, dict[str, str]]:
        """What every file of links and labels says; its encoding is checked first."""
        found: dict[Lookup, dict[str, str]] = {}
        for table in tables:
            for field, lookup in (*table.links.items(), *table.labels.items()):
                if lookup not in found:
                    opened = material.find(lookup.file).source(self.mapping.format)
                    lines_of(opened.path, opened.how, opened.name)
                    found[lookup] = pairs(opened, lookup, f"{table.kind} {field}")
        return found

    def _records(
        self, opened: list[tuple[Table, Source]], found: Found, known: Known
    ) -> Iterator[Record | Problem]:
        parts, currency = Parts(), known.currency or self.mapping.currency or "EUR"
        for kind, builder in BUILDERS.items():
            seen = Firsts()
            for table, opened_file in opened:
                if table.kind == kind:
                    place = layout(table, opened_file, found)
                    sheet = Sheet(table, self.mapping, place, known, parts, currency, seen, opened_file.how)
                    labels = {field: found[lookup] for field, lookup in table.labels.items()}
                    items = read_rows(sheet, opened_file, builder, labels)
                    yield from _expected(items, known) if table.distinct else items
            if kind == "deals":
                yield from parts.left_of_deals()
            if kind == "quotes":
                yield from parts.left_of_quotes()


def _check_made(made: date | None, today: date) -> None:
    """Files were made in the days of CRMs, and not in the future; somewhere it is tomorrow already."""
    if made and not FIRST <= made <= today + timedelta(days=1):
        raise Unreadable(
            f"The files cannot have been made on {made}. Write the day as read_on: {FIRST} at the earliest, "
            f"and today, {today}, at the latest."
        )


def _expected(items: Iterator[Record | Problem], known: Known) -> Iterator[Record | Problem]:
    """The items of a distinct table, expected as they come: how many names it has nobody knows before."""
    for item in items:
        known.expected += 1
        yield item


def _rows(opened: list[tuple[Table, Source]]) -> int:
    """At most so many rows are yielded, without those of distinct tables; every file's text is checked on the way."""
    texts = {(one.path, one.how.encoding): one for _, one in opened}
    lines = {text: lines_of(one.path, one.how, one.name) for text, one in texts.items()}
    return sum(
        lines[one.path, one.how.encoding] - one.how.header
        for table, one in opened
        if table.kind not in UNYIELDED and not table.distinct
    )
