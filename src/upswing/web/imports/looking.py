"""The draft's files, looked at: which mappings fit, what the columns hold, how each file is written."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping as Map
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from upswing.actions import drafts
from upswing.actions.drafts import Draft
from upswing.connectors.connector import Unreadable
from upswing.connectors.files.fields import KINDS
from upswing.connectors.files.format import Format
from upswing.connectors.files.guess.guessed import Guess
from upswing.connectors.files.ready.recognised import Match
from upswing.connectors.files.table import source
from upswing.connectors.files.unpacking import Material
from upswing.queries.viewers import Viewer
from upswing.web.imports.correcting import as_told, corrected, is_as_shown, left_out, stated
from upswing.web.imports.form import DRAFT, NOTHING, Said


@dataclass(frozen=True, slots=True)
class Looked:
    """What was seen. `start` is the mapping the page began with, `fits` those on offer, `hows` the ways found."""

    guess: Guess
    start: str
    fits: tuple[Match, ...]
    hows: Map[str, Format]


def look(viewer: Viewer, draft: Draft, today: date, start: str, said: Said | None = None) -> Looked:
    """The files as guessed, corrected by what was said; raises Unreadable where none can be opened at all."""
    hows = said.hows() if said else {}
    with drafts.material(draft) as found:
        fits = tuple(drafts.fitting(viewer, found))
        start = start or (DRAFT if draft.toml else fits[0].name if fits else NOTHING)
        like = _like(draft, fits, start)
        guess = as_told(drafts.guessed(viewer, found, today, like, hows))
        shown = _only_stated(guess, like) if start == DRAFT else guess
        if said:
            if not is_as_shown(said, shown):
                guess = as_told(drafts.guessed(viewer, found, today, stated(said, shown), hows))
            shown = corrected(said, guess, shown)
        return Looked(shown, start, fits, _ways(found, hows))


def _like(draft: Draft, fits: tuple[Match, ...], start: str) -> Map[str, Any]:
    """The mapping that the page begins with."""
    if start == DRAFT and draft.toml:
        return tomllib.loads(draft.toml)
    return next((match.raw for match in fits if match.name == start), {})


def _only_stated(guess: Guess, raw: Map[str, Any]) -> Guess:
    """The guess without what the draft's mapping leaves out on purpose."""
    told = {
        (table["file"], kind)
        for kind in KINDS
        for table in (raw[kind] if isinstance(raw.get(kind), list) else [raw[kind]] if kind in raw else [])
    }
    tables = (table if (table.file, table.kind) in told else left_out(table) for table in guess.tables)
    return replace(guess, tables=tuple(tables))


def _ways(found: Material, hows: Map[str, Format]) -> dict[str, Format]:
    """How each file is written, as it was found or said."""
    ways = {}
    for name, text in found.tables().items():
        with suppress(Unreadable):
            ways[name] = (
                source(text.path, hows.get(name, Format()), name).how
                if not text.plain
                else Format(plain=True)
            )
    return ways
