"""What the page of unmatched names shows: each with how often it stands, and the people who are called almost so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from upswing.connectors.connector import folded
from upswing.queries.people import RepName
from upswing.queries.problems import Group
from upswing.web.shared import format as fmt

ALIKE, NEAREST = 60, 3
UNKNOWN_REP = "unknown_rep"


@dataclass(frozen=True, slots=True)
class Stranger:
    """A name that no rep has, or had when its file came in.

    `near` are (id, name) of those called almost so, the likest first; `meant` whoever it was said to be since.
    """

    written: str
    count: str
    near: tuple[tuple[str, str], ...]
    meant: str
    trouble: str


@dataclass(frozen=True, slots=True)
class Page:
    """Everything the template draws."""

    headline: str
    strangers: tuple[Stranger, ...]
    people: tuple[tuple[str, str], ...]


def page_of(
    groups: Iterable[Group], people: Sequence[RepName], meant: Mapping[str, str], trouble: tuple[str, str]
) -> Page:
    """The page of the names; `trouble` is what was refused, by name."""
    counts = Counter[str]()
    for group in groups:
        if group.code == UNKNOWN_REP:
            counts.update(dict(group.values))
    called = {str(one.id): folded(one.name) for one in people}
    names = {str(one.id): one.name for one in people}
    strangers = tuple(
        Stranger(
            written,
            fmt.number(count),
            tuple((uid, names[uid]) for uid in nearest(written, called)),
            meant.get(folded(written), ""),
            trouble[1] if trouble[0] == written else "",
        )
        for written, count in counts.most_common()
    )
    what = "One name is" if len(strangers) == 1 else f"{fmt.number(len(strangers))} names are"
    return Page(
        f"{what} no rep’s." if strangers else "Every name belongs to somebody.",
        strangers,
        tuple(names.items()),
    )


def nearest(written: str, called: dict[str, str]) -> list[str]:
    """The ids of those whose names are likest, of id → folded name."""
    found = process.extract(folded(written), called, scorer=fuzz.WRatio, score_cutoff=ALIKE, limit=NEAREST)
    return [uid for _, _, uid in found]
