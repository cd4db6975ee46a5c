"""Names in files that nobody bears, with the people they may mean."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F
from rapidfuzz import fuzz, process

from upswing.connectors.connector import folded
from upswing.intake.models import Alias
from upswing.people.models import Person
from upswing.people.viewer import NotVisible, Viewer
from upswing.queries.problems import standing

UNKNOWN = "unknown_rep"
NEAR, SHOWN = 70, 3


@dataclass(frozen=True, slots=True)
class Near:
    """A person a name may mean; `likeness` is 0 to 100."""

    id: UUID
    name: str
    likeness: int


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A name that nobody bears: in so many rows that were refused, of these sources."""

    written: str
    rows: int
    sources: tuple[str, ...]
    near: tuple[Near, ...]


@dataclass(frozen=True, slots=True)
class AliasShown:
    """What a name means, from which day on; `merged` says that two people became one."""

    written: str
    person: str
    since: date | None
    merged: bool


def unmatched_owners(viewer: Viewer) -> tuple[Unmatched, ...]:
    """The names of standing problems, those in most rows first. A name that means somebody by now is left out."""
    _sees(viewer)
    rows: Counter[str] = Counter()
    written, sources = dict[str, str](), dict[str, set[str]]()
    known = set(Alias.objects.values_list("key", flat=True))
    people = list(Person.objects.unscoped("names to match").values_list("uid", "name", "key"))
    known |= {key for _, _, key in people}
    found = standing().filter(code=UNKNOWN).exclude(value="")
    for value, source in found.values_list("value", "batch__source__name"):
        key = folded(value)
        rows[key] += 1
        written.setdefault(key, value)
        sources.setdefault(key, set()).add(source)
    names = {uid: name for uid, name, _ in people}
    return tuple(
        Unmatched(written[key], count, tuple(sorted(sources[key])), _near(written[key], names))
        for key, count in rows.most_common()
        if key not in known
    )


def aliases(viewer: Viewer) -> tuple[AliasShown, ...]:
    """Every name that means somebody else, by name and day."""
    _sees(viewer)
    found = Alias.objects.select_related("person").order_by("key", F("since").asc(nulls_first=True))
    return tuple(AliasShown(row.key, row.person.name, row.since, row.merged is not None) for row in found)


def _near(written: str, names: dict[UUID, str]) -> tuple[Near, ...]:
    found = process.extract(
        written, names, scorer=fuzz.WRatio, processor=folded, limit=SHOWN, score_cutoff=NEAR
    )
    return tuple(Near(uid, name, round(likeness)) for name, likeness, uid in found)


def _sees(viewer: Viewer) -> None:
    if not viewer.operates:
        raise NotVisible("There is no such page for you.")
