"""Names in files that nobody bears: whom they may mean, and whom they were said to mean."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, F, Min
from rapidfuzz import fuzz, process

from upswing.connectors.connector import folded
from upswing.intake.models import Alias
from upswing.people.models import Person
from upswing.people.viewer import Viewer, operators_only
from upswing.queries.problems import standing

UNKNOWN_REP = "unknown_rep"
ALIKE, NEAREST = 60, 3


@dataclass(frozen=True, slots=True)
class Near:
    """A person a name may mean; `likeness` is 0 to 100."""

    id: UUID
    name: str
    likeness: int


@dataclass(frozen=True, slots=True)
class Stranger:
    """A name that no rep had when its file came in: in so many rows that were refused, of these sources.

    `near` are people who are called almost so, the likest first; `imports` those that refused its rows; `meant` is whom
    it means from the next import on.
    """

    written: str
    rows: int
    sources: tuple[str, ...]
    near: tuple[Near, ...]
    imports: tuple[UUID, ...]
    meant: str = ""


@dataclass(frozen=True, slots=True)
class AliasShown:
    """What a name means, from which day on; `merged` says that two people became one."""

    written: str
    person: str
    since: date | None
    merged: bool


def strangers(viewer: Viewer) -> tuple[Stranger, ...]:
    """The names of standing problems, those in most rows first; also those that mean somebody by now."""
    operators_only(viewer)
    rows: Counter[str] = Counter()
    written, sources, imports = dict[str, str](), dict[str, set[str]](), dict[str, dict[UUID, None]]()
    names = ("value", "batch__source__name", "batch__uid")
    found = standing().filter(code=UNKNOWN_REP).exclude(value="").values(*names)
    counted = found.annotate(rows=Count("pk"), first=Min("pk")).order_by("first")
    for value, source, batch, count in counted.values_list(*names, "rows"):
        key = folded(value)
        rows[key] += count
        written.setdefault(key, value)
        sources.setdefault(key, set()).add(source)
        imports.setdefault(key, {})[batch] = None
    people, meant = _people(), _meant()
    return tuple(
        Stranger(
            written[key],
            count,
            tuple(sorted(sources[key])),
            _near(key, people),
            tuple(imports[key]),
            meant.get(key, ""),
        )
        for key, count in rows.most_common()
    )


def unmatched_owners(viewer: Viewer) -> tuple[Stranger, ...]:
    """Those of the names that mean nobody yet."""
    return tuple(one for one in strangers(viewer) if not one.meant)


def aliases(viewer: Viewer) -> tuple[AliasShown, ...]:
    """Every name that means somebody else, by name and day."""
    operators_only(viewer)
    found = Alias.objects.select_related("person").order_by("key", F("since").asc(nulls_first=True))
    return tuple(AliasShown(row.key, row.person.name, row.since, row.merged is not None) for row in found)


def _people() -> dict[UUID, str]:
    """Those who sell, by id."""
    return dict(Person.objects.unscoped("names to match").filter(sells=True).values_list("uid", "name"))


def _meant() -> dict[str, str]:
    """Folded name → whom it means from the next import on: people by their own names, and names said to be theirs."""
    people = Person.objects.unscoped("operators say who is who").filter(sells=True)
    said = Alias.objects.order_by("since").values_list("key", "person__name")
    return dict(people.values_list("key", "name")) | dict(said)


def _near(key: str, people: dict[UUID, str]) -> tuple[Near, ...]:
    found = process.extract(
        key, people, scorer=fuzz.WRatio, processor=folded, limit=NEAREST, score_cutoff=ALIKE
    )
    return tuple(Near(uid, name, round(likeness)) for name, likeness, uid in found)
