"""Which file each table of a mapping can be read from."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from collections.abc import Mapping as Map
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz

from upswing.connectors.files.fields import KINDS
from upswing.connectors.files.guess.vocabulary import forms, headers

Headers = Map[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A table of a mapping, and columns that its file may lack."""

    kind: str
    raw: Map[str, Any]
    may_lack: frozenset[str]

    @property
    def columns(self) -> set[str]:
        """Every column of its own file that it names."""
        links = {link["by"] for link in self.raw.get("links", {}).values() if "by" in link}
        named = (listed(told) for told in self.raw["columns"].values())
        return {*links, *self.raw.get("only", {}), *(column for told in named for column in told)}

    @property
    def needed(self) -> set[str]:
        """The columns of fields that every row needs."""
        own = self.raw["columns"]
        return {column for name in KINDS[self.kind].needed if name in own for column in listed(own[name])}

    @property
    def rows(self) -> tuple[Any, ...]:
        """Which rows it reads, and as what: tables that say the same of a file are no rivals for it."""
        return tuple(self.raw.get(key) for key in ("columns", "values", "only"))

    def fits(self, file: str, header: Collection[str]) -> bool:
        """Whether the table can be read from the file."""
        must = self.needed if stem(file) == stem(self.raw["file"]) else self.columns - self.may_lack
        return must <= set(header) and not self._misses_the_metric(header)

    def _misses_the_metric(self, header: Collection[str]) -> bool:
        """Quotas of a file that names their metrics are not read by a table that knows of none."""
        if self.kind != "quotas" or "metric" in {*self.raw["columns"], *self.raw}:
            return False
        known = headers(self.kind)["metric"]
        return any(form in known for column in header for form in forms(column))


@dataclass(frozen=True, slots=True)
class Offer:
    """A file that a table can be read from; `whole` is the share of its columns that the file has."""

    wanted: Wanted
    file: str
    whole: float


def assigned(wanted: Sequence[Wanted], headers: Headers) -> list[Offer]:
    """A file for each table that fits one, in the order of the tables; a file serves one table of a kind.

    The table's own name goes first, then the file with most of its columns, then the likest name. Where tables of a
    kind would take the same file as different things, only its name tells which.
    """
    offers = sorted(_offers(wanted, headers), key=_order)
    files: set[tuple[str, str]] = set()
    found: dict[int, Offer] = {}
    for place, offer in offers:
        if place not in found and (offer.wanted.kind, offer.file) not in files:
            files.add((offer.wanted.kind, offer.file))
            found[place] = offer
    return [found[place] for place in sorted(found)]


def _offers(wanted: Sequence[Wanted], headers: Headers) -> Iterator[tuple[int, Offer]]:
    for file, header in headers.items():
        fitting = [(place, one) for place, one in enumerate(wanted) if one.fits(file, header)]
        for place, one in fitting:
            rivals = any(other.kind == one.kind and other.rows != one.rows for _, other in fitting)
            if not rivals or stem(file) == stem(one.raw["file"]):
                yield place, Offer(one, file, len(one.columns & set(header)) / len(one.columns))


def _order(placed: tuple[int, Offer]) -> tuple[bool, float, float]:
    offer = placed[1]
    told, own = stem(offer.file), stem(offer.wanted.raw["file"])
    return told != own, -offer.whole, -fuzz.ratio(told, own)


def stem(file: str) -> str:
    """A file's name without case and endings."""
    return file.casefold().removesuffix(".gz").rpartition(".")[0] or file.casefold()


def listed(told: str | Sequence[str]) -> list[str]:
    """One column, or several that are joined."""
    return [told] if isinstance(told, str) else list(told)
