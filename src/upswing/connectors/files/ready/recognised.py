"""Which ready or saved mapping fits some files: by their headers; names of files only decide between equals."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from collections.abc import Mapping as Map
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib.resources import files as resources
from typing import Any

from upswing.connectors.connector import Unreadable
from upswing.connectors.files.fields import KINDS, PARTS
from upswing.connectors.files.format import Format
from upswing.connectors.files.ready.fitting import Offer, Wanted, assigned
from upswing.connectors.files.ready.trimming import trimmed
from upswing.connectors.files.unpacking import Text

AS_FOUND = Format()
NONE: Sequence[Map[str, Any]] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """A mapping that fits: its name on screen, a sentence about it, and the raw mapping with the files' names.

    `whole` is the share of its columns that the files have.
    """

    name: str
    sentence: str
    raw: Map[str, Any]
    whole: float


def recognised(files: Map[str, Text], saved: Sequence[Map[str, Any]] = NONE) -> list[Match]:
    """The raw mappings, saved ones and those that come ready, that fit the files (name → text table), the best first.

    A mapping fits when each table it needs has a file with all columns it names. It needs all its tables, or those
    that `[ready] needs` names; and all columns, but for those of `[ready] may_lack` and, in a file that bears the
    table's own name, those of fields that not every row needs. What the files lack is left out.
    """
    headers = {}
    for name, text in files.items():
        with suppress(Unreadable):
            headers[name] = text.source(AS_FOUND).header
    found = [match for raw in (*saved, *shipped()) if (match := _match(raw, headers))]
    return sorted(found, key=lambda match: (-match.whole, -len(match.raw)))


@cache
def shipped() -> tuple[Map[str, Any], ...]:
    """The mappings that come with the product."""
    here = sorted(resources(__package__).iterdir(), key=lambda one: one.name)
    return tuple(tomllib.loads(one.read_text(encoding="utf-8")) for one in here if one.name.endswith(".toml"))


def _match(raw: Map[str, Any], headers: Map[str, Sequence[str]]) -> Match | None:
    about = raw.get("ready", {})
    wanted = [Wanted(kind, table, frozenset(about.get("may_lack", ()))) for kind, table in tables(raw)]
    found = _with_wholes(assigned(wanted, headers))
    needs = about.get("needs", [one.kind for one in wanted])
    if not needs or not set(needs) <= {offer.wanted.kind for offer in found}:
        return None
    renamed = {offer.wanted.raw["file"]: offer.file for offer in found}
    kept = [(offer, trimmed(offer, renamed, headers)) for offer in found]
    top = {key: told for key, told in raw.items() if key not in KINDS and key != "ready"}
    share = sum(offer.whole for offer in found) / len(found)
    name = about.get("name") or raw.get("name") or raw.get("source", "")
    return Match(name, about.get("sentence", ""), {**top, **_by_kind(kept)}, share)


def _with_wholes(offers: Sequence[Offer]) -> list[Offer]:
    """The offers without parts of what no file brings."""
    kinds = {offer.wanted.kind for offer in offers}
    return [offer for offer in offers if PARTS.get(offer.wanted.kind, offer.wanted.kind) in kinds]


def tables(raw: Map[str, Any]) -> Iterator[tuple[str, Map[str, Any]]]:
    """The tables of a raw mapping with their kinds: one [kind], or several [[kind]]."""
    for kind in KINDS:
        told = raw.get(kind, [])
        yield from ((kind, table) for table in (told if isinstance(told, list) else [told]))


def _by_kind(kept: Sequence[tuple[Offer, dict[str, Any]]]) -> dict[str, Any]:
    found: dict[str, list[dict[str, Any]]] = {}
    for offer, table in kept:
        found.setdefault(offer.wanted.kind, []).append(table)
    return {kind: several[0] if len(several) == 1 else several for kind, several in found.items()}
