"""How columns and words are called, from headers.toml and words.toml: compared without case, spaces and marks."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Collection, Iterable
from functools import cache
from importlib.resources import files
from typing import Any

from rapidfuzz import fuzz, process

from upswing.connectors.files.fields import KINDS

OWN = {"people": "rep"}
"""Kinds whose records other kinds refer to by another word than their singular."""
NEAR = 88
"""How alike two words must be to be taken for one, of 100."""
LONG = 6
"""Letters of the shortest word that is compared so."""
FEW = 8
BY_NAME = {"rep", "account", "product"}
"""Fields that may hold a name as well as an id."""


def squeezed(written: str) -> str:
    """Letters and digits alone, whatever the case; “Deal - Owner”, “deal_owner” and “DealOwner” are one."""
    return "".join(c for c in unicodedata.normalize("NFKC", written).casefold() if c.isalnum())


def parted(written: str) -> tuple[str, ...]:
    """The words of a header, file name or cell, whatever the case."""
    apart = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", unicodedata.normalize("NFKC", written))
    return tuple(re.findall(r"[^\W_]+", apart.casefold()))


@cache
def _headers() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("headers.toml").read_text(encoding="utf-8"))


@cache
def words(table: str) -> dict[str, str]:
    """What the words of one table of words.toml mean, squeezed → meaning; of a word that stands twice the first."""
    found: dict[str, str] = {}
    text = files(__package__).joinpath("words.toml").read_text(encoding="utf-8")
    for meaning, written in tomllib.loads(text)[table].items():
        for word in (meaning, *written):
            found.setdefault(squeezed(word), meaning)
    return found


@cache
def headers(kind: str) -> dict[str, dict[str, int]]:
    """For each field of a kind, how its column is called, squeezed → its place in the order of preference."""
    told, nouns = _headers().get(kind, {}), _headers()["nouns"].get(kind, [])
    shared, found = _headers()["fields"], {}
    for field in KINDS[kind].fields:
        plain = told.get(field, shared.get(field, []))
        names = [*_own(field, nouns), *plain, *_reference(field), *([field] if field != "channel" else [])]
        found[field] = {name: place for place, name in reversed([*enumerate(map(squeezed, names))])}
    return found


def _own(field: str, nouns: list[str]) -> list[str]:
    """How a row's own id and name are called."""
    suffixes = _headers()["suffixes"].get(field, [])
    full = [f"{noun} {suffix}" for suffix in suffixes for noun in nouns]
    alone = nouns if field == "name" else ["record id"] if field == "id" else []
    return [*suffixes[:1], *full, *alone, *suffixes[1:]]


def _reference(field: str) -> list[str]:
    """How a column is called that names a record of another kind."""
    nouns: list[str] = next(
        (_headers()["nouns"].get(kind, []) for kind in KINDS if OWN.get(kind, _one(kind)) == field), []
    )
    ids, names = (
        [f"{noun} {suffix}" for suffix in _headers()["suffixes"][key] for noun in nouns]
        for key in ("id", "name")
    )
    return [*names, *nouns, *ids] if field in BY_NAME else [*ids, *nouns]


def _one(kind: str) -> str:
    return kind.removesuffix("ies") + "y" if kind.endswith("ies") else kind.removesuffix("s")


@cache
def forms(header: str) -> tuple[str, ...]:
    """A header squeezed; then without what stands in brackets, what tools put before it, and a final c."""
    plain = re.sub(r"[(\[（].*?[)\]）]", " ", header)
    found, rest = [squeezed(header), squeezed(plain)], " ".join(parted(plain))
    found += [
        squeezed(rest.removeprefix(noise)) for noise in _headers()["noise"] if rest.startswith(f"{noise} ")
    ]
    found += [squeezed(rest.removesuffix(" c"))] if rest.endswith(" c") else []
    return tuple(dict.fromkeys(filter(None, found)))


@cache
def own_forms(header: str, kind: str) -> tuple[str, ...]:
    """A header without the row's own name before it, squeezed: in a file of deals “Deal - Owner” is the owner."""
    told = parted(header)
    nouns = [parted(noun) for noun in _headers()["nouns"].get(kind, [])]
    rest = ["".join(told[len(noun) :]) for noun in nouns if told[: len(noun)] == noun]
    whole = squeezed(header)
    rest += [whole.removeprefix("".join(noun)) for noun in nouns if not "".join(noun).isascii()]
    return tuple(dict.fromkeys(form for form in rest if form and form != whole))


@cache
def generic() -> frozenset[str]:
    """Headers that say nothing about the kind of row."""
    return frozenset(map(squeezed, _headers()["generic"]))


def near(word: str, known: Collection[str]) -> list[str]:
    """The known words that this one nearly is, the nearest first: a letter more, less or other in ten."""
    if len(word) < LONG:
        return []
    found = process.extract(word, list(known), scorer=fuzz.ratio, score_cutoff=NEAR, limit=FEW)
    return [one for one, *_ in found if abs(len(one) - len(word)) <= 1]


@cache
def near_headers(form: str) -> frozenset[str]:
    """How columns of any kind are called that this one is nearly called."""
    return frozenset(near(form, _every_header()))


@cache
def _every_header() -> frozenset[str]:
    return frozenset(name for kind in KINDS for names in headers(kind).values() for name in names)


def joined(kind: str) -> Iterable[tuple[str, list[tuple[str, ...]]]]:
    """Fields that several columns may make together, each with the columns in order, squeezed."""
    for field, several in _headers()["joined"].items():
        if field in KINDS[kind].needed:
            yield field, [tuple(map(squeezed, names)) for names in several]


@cache
def file_words(kind: str) -> tuple[frozenset[str], ...]:
    """Names of files that hold such rows, as sets of words that all stand in it; for “never”: that do not."""
    told = _headers()["files"].get(kind, [])
    nouns = _headers()["nouns"].get(kind, [])
    several = [*told, *nouns, *(f"{noun}s" for noun in nouns if noun.isascii())]
    return tuple(frozenset(parted(name)) for name in several)


def plain(kind: str) -> list[str] | None:
    """The fields that tell a kind whose columns stand in many files; None for a kind that any of its fields tells."""
    found: list[str] | None = _headers()["files"]["plain"].get(kind)
    return found


def unit(header: str) -> str:
    """The unit of a time that a header names: ms, s, min or h; empty where it names none."""
    told = parted(header)
    for unit, names in _headers()["units"].items():
        if any(set(parted(name)) <= set(told) for name in names):
            return str(unit)
    return ""
