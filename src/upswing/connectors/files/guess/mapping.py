"""A guess, with the answers to its questions, as the mapping that the importer reads."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from collections.abc import Mapping as Map
from enum import StrEnum
from pathlib import Path
from typing import Any

import tomli_w

from upswing.connectors.connector import Unreadable
from upswing.connectors.files.fields import KINDS
from upswing.connectors.files.guess.guessed import Guess, Meaning, Table, Unanswered
from upswing.connectors.files.mapped import STAGE_LENGTH
from upswing.connectors.files.words import as_word
from upswing.core.records import Outcome

NO_ANSWERS: Map[str, str] = {}
TOGETHER = (("date",), ("time",), ("decimal", "thousands"))
"""Keys that are said together, for the whole mapping where most tables agree."""
DEFAULTS = {"date": "%Y-%m-%d", "time": "", "decimal": ".", "thousands": ""}

SEPARATORS, NUMBERS = re.compile(r"[_\-]+"), re.compile(r"\(?\d[\d.]*\)?")
COPIES = {"refused", "copy", "kopie", "export"}


def mapping(guess: Guess, answers: Map[str, str] = NO_ANSWERS) -> dict[str, Any]:
    """The raw mapping, as its TOML has it; `answers` are by the key of each question.

    Raises Unanswered where one is missing, Unreadable where no file is used or an answer is none of the choices.
    """
    if not guess.used:
        raise Unreadable(" ".join(table.why for table in guess.tables) or "There is no file to read.")
    written = [_written(table, answers) for table in guess.used]
    top = {**_common(written), **guess.top}
    raw: dict[str, Any] = {key: said for key, said in top.items() if said != DEFAULTS.get(key)}
    stages = _stages(guess.used)
    for kind in KINDS:
        tables = [
            _raw(table, {key: said for key, said in how.items() if top.get(key) != said})
            for table, how in zip(guess.used, written, strict=True)
            if table.kind == kind
        ]
        if kind == "deals" and tables and stages:
            stated = tables[0].get("stages", {})
            tables[0]["stages"] = stated | {
                stage: meant for stage, meant in stages.items() if stage not in stated
            }
        if tables:
            raw[kind] = tables[0] if len(tables) == 1 else tables
    return raw


def source_name(file: str) -> str:
    """What files come from, called after one of them: the same next week, without days, numbers and marks of copies."""
    stem = SEPARATORS.sub(" ", Path(file).name.partition(".")[0])
    words = (word for word in NUMBERS.sub(" ", stem).split() if word.casefold() not in COPIES)
    return " ".join(words)[:60] or "files"


def toml(raw: Map[str, Any]) -> str:
    """A raw mapping as TOML text; reading it gives the same mapping."""
    return tomli_w.dumps(raw)


def _written(table: Table, answers: Map[str, str]) -> dict[str, str]:
    """How a table is written, with what was answered."""
    missing = tuple(asked for asked in table.questions if asked.key not in answers)
    if missing:
        raise Unanswered(missing)
    found = dict(table.written)
    for asked in table.questions:
        choices = {choice.answer: choice.written for choice in asked.choices}
        answer = answers[asked.key]
        if answer not in choices:
            raise Unreadable(
                f"“{answer}” is no answer to “{asked.sentence}” Answer with {' or '.join(choices)}."
            )
        found |= choices[answer]
    return found


def _common(written: Iterable[Map[str, str]]) -> dict[str, Any]:
    """What most of the tables that say something say."""
    found: dict[str, str] = {}
    told = list(written)
    for keys in TOGETHER:
        said = Counter(tuple(how[key] for key in keys) for how in told if keys[0] in how)
        for values, _ in said.most_common(1):
            found |= dict(zip(keys, values, strict=True))
    return found


def _raw(table: Table, written: Map[str, str]) -> dict[str, Any]:
    """The mapping's table."""
    columns = {
        name: headers[0] if len(headers) == 1 else list(headers)
        for name in KINDS[table.kind].fields
        if (headers := table.fields.get(name))
    }
    return {"file": table.file, "columns": columns, **written, **table.more, **_aliases(table)}


def _aliases(table: Table) -> dict[str, Any]:
    """Other words for ours; one that none is near means nothing, where the field may mean nothing."""
    stated = {name: dict(words) for name, words in table.more.get("aliases", {}).items()}
    found: dict[str, dict[str, str]] = {}
    for one in table.meanings:
        words = KINDS[table.kind].fields[one.field].words
        if words and _needs_alias(one, words):
            found.setdefault(one.field, {})[one.written] = one.meant
    merged = {name: found.get(name, {}) | stated.get(name, {}) for name in {**found, **stated}}
    return {"aliases": merged} if merged else {}


def _needs_alias(one: Meaning, words: type[StrEnum]) -> bool:
    return as_word(one.written) != one.meant if one.meant else "" in {word.value for word in words}


def _stages(tables: Iterable[Table]) -> dict[str, str]:
    """Every stage, the open ones first: moves of one day are put in this order."""
    told = {
        one.written: one.meant
        for table in tables
        for one in table.meanings
        if KINDS[table.kind].fields[one.field].reads == "stage" and len(one.written) <= STAGE_LENGTH
    }
    return {stage: meant for outcome in Outcome for stage, meant in told.items() if meant == outcome}
