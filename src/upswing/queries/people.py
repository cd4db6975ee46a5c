"""Who there is: reps a viewer may open, teams a viewer may look at."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from upswing.people.models import Person, User
from upswing.people.viewer import Viewer


@dataclass(frozen=True, slots=True)
class RepName:
    """A rep one may open."""

    id: UUID
    name: str


def reps(viewer: Viewer) -> tuple[RepName, ...]:
    """The reps whose scorecards the viewer may open, by name."""
    people = Person.objects.seen_by(viewer).filter(sells=True).order_by("name")
    return tuple(RepName(person.uid, person.name) for person in people)


def sign_in_addresses(viewer: Viewer) -> frozenset[str]:
    """The addresses that can sign in; only for whoever may give sign-ins, otherwise none."""
    return frozenset(User.objects.values_list("email", flat=True)) if viewer.operates else frozenset()
