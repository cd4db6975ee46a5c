"""Who looked at a person's figures, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from upswing.people.looks import What
from upswing.people.models import Look
from upswing.people.viewer import NotVisible, Viewer
from upswing.queries.scorecard import seen

PAGE = 100


@dataclass(frozen=True, slots=True)
class LookShown:
    """The first look of a day: by whom, at what, through which door, when."""

    by: str
    what: What
    via: str
    first: datetime


@dataclass(frozen=True, slots=True)
class Looks:
    """A page of the looks at one person, the latest first; `more` says whether an older page follows."""

    rep: str
    rep_id: UUID
    rows: tuple[LookShown, ...]
    more: bool


def looks(viewer: Viewer, rep: UUID, page: int = 1) -> Looks:
    """For the person themselves, and for whoever answers for the data; raises NotVisible for everybody else."""
    person = seen(viewer, rep)
    if viewer.person_id != rep and not viewer.operates:
        raise NotVisible("There is no such page for you.")
    kept = Look.objects.seen_by(viewer).filter(person=person).order_by("-first", "-pk")
    rows = list(kept[(page - 1) * PAGE : page * PAGE + 1])
    told = tuple(LookShown(row.by, What(row.what), row.via, row.first) for row in rows[:PAGE])
    return Looks(person.name, person.uid, told, len(rows) > PAGE)
