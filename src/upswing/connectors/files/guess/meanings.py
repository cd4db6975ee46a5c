"""What the words of a column mean: which stages are won and lost, which of our words another one is."""

from __future__ import annotations

from collections.abc import Mapping as Map
from contextlib import suppress
from enum import StrEnum

from upswing.connectors.files import values
from upswing.connectors.files.fields import Cell
from upswing.connectors.files.guess.guessed import Confidence, Meaning
from upswing.connectors.files.guess.vocabulary import near, parted, squeezed, words
from upswing.connectors.files.mapped import STAGE_LENGTH
from upswing.connectors.files.refused import BadCell
from upswing.core.records import (
    ActivityKind,
    Capture,
    Disposition,
    Happened,
    InvoiceKind,
    Outcome,
    QuoteStatus,
)
from upswing.core.rubrics import Level

TABLES: dict[type[StrEnum], str] = {
    Disposition: "disposition", ActivityKind: "activity", Happened: "outcome", Capture: "capture",
    QuoteStatus: "status", InvoiceKind: "invoice", Level: "level",
}  # fmt: skip
MOST = 200
"""Different words of a column that are looked at most: more are no words of a list."""


def meanings(field: str, cell: Cell, cells: Map[str, int]) -> tuple[Meaning, ...]:
    """What each value of a column of words means, the most frequent first; an empty cell means nothing."""
    if not (cell.words or cell.reads == "stage"):
        return ()
    told = sorted(_clean(cells).items(), key=lambda item: -item[1])[:MOST]
    mean = stage if cell.reads == "stage" else lambda written: word(written, cell)
    return tuple(Meaning(field, written, count, *mean(written)) for written, count in told)


def _clean(cells: Map[str, int]) -> dict[str, int]:
    """The cells as the reader takes them; those that it does not take, and empty ones, are left out."""
    found: dict[str, int] = {}
    for cell, count in cells.items():
        with suppress(BadCell):
            if name := values.text(cell):
                found[name] = found.get(name, 0) + count
    return found


def stage(written: str) -> tuple[str, Confidence]:
    """Whether a stage is open, won or lost; one that no known word tells is likely open."""
    known, clean, parts = words("stage"), squeezed(written), parted(written)
    if found := known.get(clean):
        return found, Confidence.SURE
    for outcome in ("lost", "won"):
        for told, meant in known.items():
            if meant == outcome and (told in parts or (not told.isascii() and told in clean)):
                return outcome, Confidence.LIKELY
    return next((known[one] for one in near(clean, known)), Outcome.OPEN.value), Confidence.LIKELY


def word(written: str, cell: Cell) -> tuple[str, Confidence]:
    """Which of the field's words one is; empty and none where nothing is near."""
    ours, clean = cell.words or StrEnum, squeezed(written)
    known = {squeezed(one): one.value for one in ours} | words(TABLES[ours])
    if clean in known:
        return known[clean], Confidence.SURE
    found = next((known[one] for one in near(clean, known)), "")
    return found, Confidence.LIKELY if found else Confidence.NONE


def telling(cell: Cell, cells: Map[str, int]) -> bool:
    """Whether the values of a column are such words: half of them ours, or won and lost among the stages."""
    filled = [written for written in cells if written]
    if not filled or len(filled) > MOST:
        return False
    if cell.reads == "stage":
        sure = {meant for meant, confidence in map(stage, filled) if confidence is Confidence.SURE}
        return {"won", "lost"} <= sure and max(map(len, filled)) <= STAGE_LENGTH
    return bool(cell.words) and sum(bool(word(written, cell)[0]) for written in filled) * 2 >= len(filled)
