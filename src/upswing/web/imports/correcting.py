"""A guess with what a person said about it: as a mapping to guess by anew, as a corrected guess, as the raw mapping.

All of it is pure. A correction is first put into the mapping that the guess is made by, so that words, ways of writing
and questions follow from the columns that were chosen; then what was said of words is put into the guess.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as Map
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from zoneinfo import available_timezones

from babel.core import get_global
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from upswing.connectors.files.fields import KINDS, LASTING, VALUED
from upswing.connectors.files.guess.guessed import Confidence, Guess, Table
from upswing.connectors.files.guess.mapping import mapping
from upswing.connectors.files.guess.styles import CLOCKS
from upswing.connectors.files.mapping import SOURCE_LENGTH
from upswing.web.imports.form import About, Said, Slot
from upswing.web.shared import format as fmt
from upswing.web.shared.naming import field_name, kind_name

LEFT_OUT = "left out"
"""What a derived table was of that is not wanted; no mapping holds it."""
JOINED = {"text", "rep", "account", "product"}
"""Cells of these are joined by a space where two columns fill one field; of others one column must be chosen."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """What keeps the mapping from being used; `place` is where on the page it is said."""

    place: str
    sentence: str


def is_as_shown(said: Said, guess: Guess) -> bool:
    """Whether nothing was said that changes what the tables hold."""
    return [_outline(slot) for slot in said.slots if slot.own and (slot.columns or slot.kind)] == [
        (table.file, table.kind, tuple((column.header, column.field) for column in table.columns), "", "")
        for table in guess.tables
        if is_own(table) and table.columns
    ]


def _outline(slot: Slot) -> tuple[object, ...]:
    columns = () if slot.anew else slot.columns
    return slot.file, slot.kind, columns, slot.marks, slot.days


def is_own(table: Table) -> bool:
    """Whether a table stands for its file, rather than for names that the file mentions."""
    return not table.more.get("distinct")


def stated(said: Said, guess: Guess) -> dict[str, Any]:
    """The mapping to guess by: every table that is used, with the columns that were chosen."""
    raw: dict[str, Any] = dict(guess.top)
    for slot in said.slots:
        if slot.kind in KINDS and slot.own:
            raw.setdefault(slot.kind, []).append(_stated(slot, _before(slot, said, guess)))
    return raw


def _before(slot: Slot, said: Said, guess: Guess) -> Table | None:
    """The table that the page showed in this place: of this file and kind, the same one among several."""
    alike = [table for table in guess.tables if (table.file, table.kind) == (slot.file, slot.kind)]
    place = [one for one in said.slots if (one.file, one.kind) == (slot.file, slot.kind)].index(slot)
    return alike[place] if place < len(alike) else None


def _stated(slot: Slot, before: Table | None) -> dict[str, Any]:
    if slot.anew:
        return {"file": slot.file, "columns": {}, **_styles(slot, before)}
    more = dict(before.more) if before else {}
    columns = fields_of(slot)
    if before:
        columns = {**{name: list(headers) for name, headers in before.further.items()}, **columns}
        if any(columns.get(name) != list(before.fields.get(name, ())) for name in VALUED & columns.keys()):
            more.pop("unit", None)
    return {"file": slot.file, "columns": columns, **more, **_styles(slot, before)}


def fields_of(slot: Slot) -> dict[str, list[str]]:
    """Field → the columns that were chosen for it, in the order of the file."""
    found: dict[str, list[str]] = {}
    for header, name in slot.columns:
        if name in KINDS[slot.kind].fields:
            found.setdefault(name, []).append(header)
    return found


def _styles(slot: Slot, before: Table | None) -> dict[str, str]:
    """The chosen ways of writing; a time keeps its clock behind another style of the day."""
    found: dict[str, str] = {}
    if slot.marks:
        found |= {"decimal": slot.marks[0], "thousands": slot.marks[1:]}
    if slot.days:
        time = before.written.get("time", "") if before else ""
        clock = next((one for one in CLOCKS if time.endswith(one)), "")
        found |= {"date": slot.days, **({"time": slot.days + clock} if clock else {})}
    return found


def as_told(guess: Guess) -> Guess:
    """The guess with words that mean what its mapping says, rather than what they look like."""
    stages = {stage: meant for table in guess.tables for stage, meant in table.more.get("stages", {}).items()}
    return replace(guess, tables=tuple(_as_told(table, stages) for table in guess.tables))


def _as_told(table: Table, stages: Map[str, str]) -> Table:
    aliases = {name: dict(words) for name, words in table.more.get("aliases", {}).items()}
    meanings = []
    for one in table.meanings:
        stated = aliases.get(one.field, {}).pop(one.written, None)
        told = stages.get(one.written) if KINDS[table.kind].fields[one.field].reads == "stage" else stated
        meanings.append(one if told is None else replace(one, meant=told, confidence=Confidence.SURE))
    left = {name: words for name, words in aliases.items() if words}
    more = {key: told for key, told in table.more.items() if key != "aliases"} | (
        {"aliases": left} if left else {}
    )
    return replace(table, meanings=tuple(meanings), more=more)


def corrected(said: Said, guess: Guess, shown: Guess) -> Guess:
    """The guess as the person has it: tables that are used, and what words mean. `shown` told how sure it was."""
    return replace(guess, tables=tuple(_corrected(table, said, shown) for table in guess.tables))


def _corrected(table: Table, said: Said, shown: Guess) -> Table:
    chosen = [slot for slot in said.slots if slot.file == table.file and slot.own is is_own(table)]
    if is_own(table):
        if chosen and not any(slot.kind for slot in chosen):
            return left_out(table)
        if not table.kind and table.columns and chosen and chosen[0].kind in KINDS:
            return replace(table, kind=chosen[0].kind, why="")  # asked for, though columns are missing
    elif any(not slot.kind and slot.shown == table.kind for slot in chosen):
        return left_out(table)
    words = {key: meant for slot in chosen for key, meant in slot.words.items()}
    meanings = tuple(
        replace(one, meant=words[one.field, one.written], confidence=Confidence.SURE)
        if words.get((one.field, one.written), one.meant) != one.meant
        else one
        for one in table.meanings
    )
    more = dict(table.more)
    if "stages" in more:
        more["stages"] = {
            stage: words.get(("stage", stage), meant) for stage, meant in more["stages"].items()
        }
    return _as_sure(replace(table, meanings=meanings, more=more), shown)


def left_out(table: Table) -> Table:
    """The table, not used; of a derived one it is kept in mind what it would be."""
    return replace(table, kind="", more=table.more if is_own(table) else {**table.more, LEFT_OUT: table.kind})


def _as_sure(table: Table, shown: Guess) -> Table:
    """The table with columns no surer than they were, where nobody chose otherwise."""
    before = next((one for one in shown.tables if (one.file, one.kind) == (table.file, table.kind)), None)
    told = {column.header: column for column in before.columns} if before else {}
    columns = tuple(
        replace(column, confidence=told[column.header].confidence)
        if column.field and column.header in told and told[column.header].field == column.field
        else column
        for column in table.columns
    )
    return replace(table, columns=columns)


def troubles(said: Said, guess: Guess) -> Iterator[Trouble]:
    """What is missing or said twice, table by table, and the questions without an answer."""
    for place, table in enumerate(guess.tables):
        if table.kind:
            yield from _of_table(f"table-{place}", table)
    for question in guess.questions:
        if not said.answers.get(question.key):
            told = _("“{column}” can be read in {count} ways. Choose the right one.")
            sentence = told.format(column=question.column, count=len(question.choices))
            yield Trouble(f"question:{question.key}", sentence)
    if not guess.used:
        yield Trouble("files", _("No file is used. Say of at least one what it holds."))


def _of_table(place: str, table: Table) -> Iterator[Trouble]:
    kind = KINDS[table.kind]
    made_up = {"id"} if table.kind in LASTING else set()
    if missing := [name for name in kind.needed if name not in {*table.brings, *made_up}]:
        told = ngettext(
            "{kind} need {fields}. Choose the column that holds it, or do not use this file.",
            "{kind} need {fields}. Choose columns that hold it, or do not use this file.",
            len(missing),
        )
        fields = fmt.listed([f"“{field_name(name)}”" for name in missing])
        yield Trouble(place, told.format(kind=kind_name(table.kind), fields=fields))
    for name, headers in table.fields.items():
        if len(headers) > 1 and kind.fields[name].reads not in JOINED:
            told = _("“{field}” is chosen for {columns}. Keep it for one of them.")
            both = fmt.listed([f"“{header}”" for header in headers])
            yield Trouble(place, told.format(field=field_name(name), columns=both))


def about_troubles(about: About, counts_in: str, today: date) -> Iterator[Trouble]:
    """What is wrong with what holds for all the files; `counts_in` is the organisation's currency, if there is one."""
    if not about.name:
        yield Trouble("name", _("Say where the files come from, like “HubSpot” or “Invoices”."))
    currency = about.currency.upper()
    if not currency:
        said = _("Say in which currency the amounts are: an ISO code like EUR, USD or DKK.")
        yield Trouble("currency", said)
    elif currency not in get_global("all_currencies"):
        said = _("“{text}” is no ISO code. Write one like EUR, USD or DKK.")
        yield Trouble("currency", said.format(text=about.currency))
    elif counts_in and currency != counts_in:
        said = _("The organisation counts in {currency}. Convert the amounts first, or write {currency}.")
        yield Trouble("currency", said.format(currency=counts_in))
    if not counts_in and not about.organisation:
        said = _("Say what your organisation is called. It stands on every page.")
        yield Trouble("organisation", said)
    if about.time_zone not in available_timezones():
        said = _("“{text}” is no time zone. Write one like Europe/Copenhagen.")
        yield Trouble("time_zone", said.format(text=about.time_zone))
    try:
        made = date.fromisoformat(about.read_on)
    except ValueError:
        said = _("“{text}” is no day. Write it like 2026-11-30.")
        yield Trouble("read_on", said.format(text=about.read_on))
    else:
        if made > today:
            said = _("That day is still to come. Files hold what was known on the day they were made.")
            yield Trouble("read_on", said)


def raw_of(guess: Guess, said: Said, key: str, first: bool) -> dict[str, Any]:
    """The raw mapping; `key` is the source's short name. Raises Unreadable."""
    raw = mapping(guess, said.answers)
    return {**raw, **_about(said.about, key, first)}


def _about(about: About, key: str, first: bool) -> dict[str, Any]:
    found: dict[str, Any] = {"source": key, "name": about.name, "currency": about.currency.upper()}
    found |= {"organisation": about.organisation} if first else {}
    found |= {"time_zone": about.time_zone} if about.time_zone else {}
    return found | {"read_on": date.fromisoformat(about.read_on)}


def key_of(name: str, known: Map[str, str]) -> str:
    """The short name of a source: that of the source called so, else made of the name; `known` is key → name."""
    for key, called in known.items():
        if name.casefold() in {called.casefold(), key}:
            return key
    words = "".join(letter if letter.isalnum() else " " for letter in name.casefold()).split()
    return "-".join(words)[:SOURCE_LENGTH] or "files"


__all__ = [
    "LEFT_OUT",
    "Trouble",
    "about_troubles",
    "as_told",
    "corrected",
    "fields_of",
    "is_as_shown",
    "is_own",
    "key_of",
    "left_out",
    "raw_of",
    "stated",
    "troubles",
]  # fmt: skip
