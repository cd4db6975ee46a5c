"""One table while it is read: what its builder needs beside the cells of a row."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable
from dataclasses import dataclass, field
from datetime import date

from upswing.connectors.connector import Known
from upswing.connectors.files.fields import PARTS
from upswing.connectors.files.firsts import Firsts
from upswing.connectors.files.format import Format
from upswing.connectors.files.layout import Layout
from upswing.connectors.files.mapped import Table
from upswing.connectors.files.mapping import Mapping
from upswing.connectors.files.nearest import nearest_id
from upswing.connectors.files.parts import Parts
from upswing.connectors.files.refused import Refused
from upswing.core.records import Origin, Problem, Severity

NOWHERE = Origin("", 1)


@dataclass(slots=True)
class Sheet:
    """A table of the mapping, the row that is read just now, and notices about it.

    `seen` tells where each identity of the kind stood first; tables of one kind share it. `how` is how the file is
    written, `currency` the organisation's, `hints` how many near ids and names may still be looked for: in a file of
    strangers each takes time.
    """

    table: Table
    mapping: Mapping
    layout: Layout
    known: Known
    parts: Parts
    currency: str
    seen: Firsts
    how: Format
    row: list[str] = field(default_factory=list)
    origin: Origin = NOWHERE
    notes: list[Problem] = field(default_factory=list)
    claimed: Hashable = None
    hints: int = 500
    several: bool = field(init=False)

    def __post_init__(self) -> None:
        """Whether the kind is read from several files."""
        self.several = len(self.mapping.tables[self.table.kind]) > 1

    def raw(self, name: str) -> str:
        """The cell of a field as written; empty where the mapping has no place for it."""
        return self.row[self.layout.places[name]]

    def passes_over(self, row: list[str]) -> bool:
        """Whether the mapping does not want the row; nor what other files tell of a deal or quote in it, then."""
        if self.layout.wanted(row):
            return False
        place = self.layout.places.get("id", self.layout.width)
        if self.table.kind in PARTS.values() and place < self.layout.width:
            self.parts.passed_over.add(row[place].strip())
        return True

    @property
    def moment(self) -> date:
        """The day the files were made, else today."""
        return self.mapping.read_on or self.known.today

    def claim(self, key: Hashable, field: str, named: str) -> None:
        """Take an identity for this row; refuses one that stands in an earlier row. `named` says it in a sentence."""
        self.claimed = None
        first = self.seen.claim(key, self.origin)
        if first is not self.origin:
            row = f"row {first.row} of {first.file}" if self.several else f"row {first.row}"
            hint = (
                " Write distinct = true if each person stands many times."
                if self.table.kind == "people"
                else ""
            )
            sentence = f"{named} in {row} already; that one was kept.{hint}"
            raise Refused("repeated_id", field, self.raw(field).strip(), sentence)
        self.claimed = key

    def claim_id(self, key: str) -> None:
        """Take an id for this row."""
        self.claim(key, "id", f"“{key}” stands")

    def hint(self, look: Callable[[], str]) -> str:
        """What `look` finds, as long as there is time for it."""
        self.hints -= 1
        return look() if self.hints >= 0 else ""

    def tell(self, code: str, record: str, field: str, value: str, sentence: str) -> None:
        """The row was taken; this is what we made of it."""
        told = f"Row {self.origin.row}: {sentence}"
        self.notes.append(Problem(Severity.NOTICE, code, self.origin, record[:200], field, value, told))

    def linked(self, field: str, key: str, known: Collection[str], record: str, taken: str) -> str:
        """The id, if it is known; else nothing, and a notice. `taken` is what the row is, like “the deal”."""
        if not key or key in known:
            return key
        hint = self.hint(lambda: nearest_id(key, known))
        sentence = f"no {field} has the id “{key}”. {hint} {taken} was taken without it."
        self.tell(f"unknown_{field}", record, field, key, sentence.replace("  ", " "))
        return ""
