"""What reads a kind of cell: compiled once a column, from the mapping and what is known."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping as Map
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import partial
from typing import Any, cast

from upswing.connectors.connector import Thing, Things, folded
from upswing.connectors.files import numbers, values, words
from upswing.connectors.files.fields import Cell
from upswing.connectors.files.nearest import nearest
from upswing.connectors.files.quotas import metric, period, quota
from upswing.connectors.files.refused import Refused
from upswing.connectors.files.sheet import Sheet

Parse = Callable[[str], Any]


@dataclass(frozen=True, slots=True)
class Match:
    """A named thing that a cell means: as written, as the mapping's aliases say, and what it is."""

    written: str
    name: str
    thing: Thing | None
    hint: str = ""

    @property
    def reference(self) -> str:
        """The thing's reference; empty where there is none."""
        return self.thing.reference if self.thing else ""

    @property
    def price(self) -> int | None:
        """Its list price in minor units, where it has one."""
        return self.thing.price if self.thing else None


def parser(sheet: Sheet, field: str, cell: Cell, labels: Map[str, str]) -> Parse:
    """The parser of a field; `labels` is what the mapping's files say that ids stand for."""
    aliases = {**labels, **sheet.table.aliases.get(field, {})}
    read: Any = PARSERS[cell.reads](sheet, field, cell)
    if cell.words:
        meanings = {words.as_word(written): meant for written, meant in aliases.items()}
        return lambda written: read(meanings.get(words.as_word(values.text(written)), written))
    if cell.reads in {"account", "product"}:
        told = sheet.table.aliases.get(field, {}).keys() - _renamed(sheet, f"{cell.reads}s")
        return partial(_match, sheet, read, aliases, told)
    if not aliases:
        return cast("Parse", read)

    def parse(written: str) -> Any:
        clean = values.text(written)
        return read(aliases.get(clean, clean))

    return parse


def _renamed(sheet: Sheet, kind: str) -> set[str]:
    """Names that the kind's own tables read as others, too: then nothing came in under them."""
    tables = sheet.mapping.tables.get(kind, ())
    return {written for table in tables for written in table.aliases.get("name", {})}


def _match(
    sheet: Sheet, things: Things, aliases: Map[str, str], told: AbstractSet[str], written: str
) -> Match:
    """Labels of ids are taken as if the file had said them; what the mapping's author renamed is told."""
    clean = values.text(written)
    name = aliases.get(clean, clean)
    found = things.find(name) if name else None
    names = (thing.name for thing in things.names.values())
    hint = sheet.hint(lambda: nearest(name, names)) if name and not found else ""
    return Match(written.strip() if clean in told else name, name, found, hint)


def _rep(sheet: Sheet, field: str, cell: Cell) -> Parse:
    known = sheet.known

    def rep(written: str) -> str:
        name = values.text(written)
        if not name:
            return ""
        if found := known.rep_ids.get(name) or known.reps.get(folded(name)):
            return found
        hint = nearest(name, known.reps.values()) if known.reps else "Map the people first."
        raise Refused("unknown_rep", field, name, f"no rep is called “{name}”. {hint}")

    return rep


PARSERS: Map[str, Callable[[Sheet, str, Cell], Any]] = {
    "text": lambda sheet, field, cell: values.text,
    "unread": lambda sheet, field, cell: lambda written: None,
    "way": words.way_parser,
    "word": words.word_parser,
    "level": words.level_parser,
    "day": lambda sheet, field, cell: partial(values.day, how=sheet.how),
    "moment": lambda sheet, field, cell: partial(values.moment, how=sheet.how),
    "instant": lambda sheet, field, cell: values.instants(sheet.how),
    "rep": _rep,
    "account": lambda sheet, field, cell: sheet.known.accounts,
    "product": lambda sheet, field, cell: sheet.known.products,
    "stage": words.stage_parser,
    "currency": words.currency_parser,
    "number": numbers.number_parser,
    "money": numbers.money_parser,
    "rate": numbers.above(numbers.RATE_PLACES, "a rate"),
    "quantity": numbers.above(values.PLACES, "a quantity"),
    "revision": numbers.revision_parser,
    "span": numbers.span_parser,
    "weeks": partial(numbers.span_parser, longest=8 * 7 * numbers.DAY, named="eight weeks"),
    "tally": numbers.tally_parser,
    "quota": lambda sheet, field, cell: partial(quota, sheet, cell),
    "metric": lambda sheet, field, cell: partial(metric, sheet),
    "period": lambda sheet, field, cell: partial(period, sheet),
}
