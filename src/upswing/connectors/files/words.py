"""Cells that hold a word: stages, our vocabularies, ways of reaching out, currencies."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from babel.core import get_global

from upswing.connectors.connector import folded
from upswing.connectors.files import values
from upswing.connectors.files.fields import Cell
from upswing.connectors.files.nearest import nearest
from upswing.connectors.files.refused import Refused
from upswing.connectors.files.sheet import Sheet
from upswing.core.records import ActivityKind, Outcome


def stage_parser(sheet: Sheet, field: str, cell: Cell) -> Callable[[str], tuple[str, Outcome, int] | None]:
    """Stage → (stage, outcome, place among the stages: those that decide a deal come last)."""
    told = sheet.mapping.stages
    stages = told or {outcome.value: outcome for outcome in Outcome}

    def decided(stage: str) -> bool:
        return stages[stage] is not Outcome.OPEN

    places = {stage: place for place, stage in enumerate(sorted(stages, key=decided))}

    def stage(written: str) -> tuple[str, Outcome, int] | None:
        name = values.text(written)
        if not name:
            return None
        known = name if name in stages else name.lower()
        if known in stages:
            return name, stages[known], places[known]
        hint = nearest(name, stages) if told else "Write stages into [deals]: each is open, won or lost."
        raise Refused("unknown_stage", field, name, f"the mapping knows no stage “{name}”. {hint}")

    return stage


def word_parser(sheet: Sheet, field: str, cell: Cell) -> Callable[[str], StrEnum | None]:
    """One of the field's words; None for an empty cell, unless emptiness is one of them."""
    words: type[StrEnum] = cell.words or StrEnum
    known = {word.value: word for word in words}
    place = f"[{sheet.table.kind}.aliases.{field}]"

    def word(written: str) -> StrEnum | None:
        name = values.text(written)
        found = known.get(as_word(name))
        if found is None and name:
            hint = nearest(as_word(name), filter(None, known))
            sentence = f"no {field} is called “{name}”. {hint} Or say in {place} which one it is."
            raise Refused(f"unknown_{field}", field, name, sentence)
        return found

    return word


def level_parser(sheet: Sheet, field: str, cell: Cell) -> Callable[[str], StrEnum | None]:
    """One of the field's words, or its number from 1 up."""
    word = word_parser(sheet, field, cell)
    numbered = {str(number): level.value for number, level in enumerate(cell.words or (), start=1)}
    return lambda written: word(numbered.get(values.text(written), written))


def as_word(written: str) -> str:
    """A word whatever its case, with spaces and hyphens as our words have them."""
    return folded(written).replace(" ", "_").replace("-", "_")


def way_parser(sheet: Sheet, field: str, cell: Cell) -> Callable[[str], str]:
    """A way of reaching out: one of ours however it is written, else as the source calls it."""
    known = {kind.value: kind.value for kind in ActivityKind}

    def way(written: str) -> str:
        name = values.text(written)
        return known.get(as_word(name), name)

    return way


def currency_parser(sheet: Sheet, field: str, cell: Cell) -> Callable[[str], str]:
    """A currency's code; empty for the organisation's own, except where rates are told."""
    known, own = get_global("all_currencies"), sheet.currency if sheet.table.kind != "rates" else ""

    def currency(written: str) -> str:
        code = values.text(written).upper()
        if code and code not in known:
            hint = nearest(code, known).replace("There are", "There are, among others")
            raise Refused("unknown_currency", field, code, f"no currency has the code “{code}”. {hint}")
        return "" if code == own else code

    return currency
