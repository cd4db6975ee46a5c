"""The setting up of cards: who has which, one version in full, a draft to work on, what is pinned."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from upswing.core.metrics.metric import Metric
from upswing.core.people import AccessRole
from upswing.core.rubrics import Issue, signable
from upswing.goals.cards import Pin
from upswing.people.models import Person
from upswing.people.viewer import NotVisible, Viewer
from upswing.queries.card_drafts import DraftRow, by_name, drafts, sellers
from upswing.queries.card_templates import Followed, Pinned, Published, followed, holding, issued, pins_of
from upswing.queries.catalogue import Family, catalogue
from upswing.queries.concerned import Concerned
from upswing.queries.material import card_lines, quota_metric
from upswing.queries.scorecard import seen


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person the viewer may see, and what their card is made of."""

    id: UUID
    name: str
    card: Followed


@dataclass(frozen=True, slots=True)
class Row:
    """A version that holds or will, and those who follow it today."""

    version: Published
    to_come: bool
    people: tuple[Somebody, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """Who has which card. `automatic` are the lines of those who follow no template, `others` those people.

    `named` is team id → name, and person id → name of those the viewer may see. `mine` is the viewer's own card.
    """

    rows: tuple[Row, ...]
    automatic: tuple[Metric, ...]
    others: tuple[Somebody, ...]
    drafts: tuple[DraftRow, ...]
    named: dict[str, str]
    mine: Somebody | None
    writes: bool

    @property
    def alone(self) -> bool:
        """Does the viewer see no card but their own?"""
        return len(self.others) + sum(len(row.people) for row in self.rows) == 1


@dataclass(frozen=True, slots=True)
class VersionShown:
    """One published version in full; `holds` is the number in force today, `versions` are all of its template."""

    version: Published
    holds: int | None
    ended: bool
    versions: tuple[Published, ...]
    people: tuple[Somebody, ...]
    named: dict[str, str]
    mine: bool
    writes: bool


@dataclass(frozen=True, slots=True)
class PinsShown:
    """One person's card with what is pinned to it today, and pins of other days that are not over."""

    person: Somebody
    to_come: tuple[Pinned, ...]
    mine: bool
    may_pin: bool
    families: tuple[Family, ...]


def overview(viewer: Viewer) -> Overview:
    """Who has which card: operators see everybody, managers their people, reps their own. Raises NotVisible."""
    if viewer.role is AccessRole.AUDITOR:
        raise NotVisible("There is no such page for you.")
    people = _people(viewer)
    versions = [version for each in issued().values() for version in _current(each, viewer.at)]
    rows = tuple(_row(version, people, viewer) for version in versions if version.card.lines)
    return Overview(
        tuple(row for row in rows if _readable(viewer, row.version, people)),
        card_lines(quota_metric()),
        tuple(each for each in people if each.card.version is None),
        drafts(viewer),
        _named(viewer),
        _mine(viewer, people),
        viewer.operates,
    )


def _current(versions: Sequence[Published], day: date) -> Iterable[Published]:
    """Those that hold, or will."""
    numbers = signable([Issue(each.number, each.effective) for each in versions], day)
    return (each for each in versions if each.number in numbers)


def _row(version: Published, people: Iterable[Somebody], viewer: Viewer) -> Row:
    return Row(
        version, version.effective > viewer.at, tuple(each for each in people if each.card.version == version)
    )


def _readable(viewer: Viewer, version: Published, people: Iterable[Somebody]) -> bool:
    """Managers read every template but those of one person they may not see; reps the one they follow."""
    mine = any(each.card.version and each.card.version.template == version.template for each in people)
    known = not version.card.person or version.card.person in {str(each.id) for each in people}
    return viewer.operates or mine or (viewer.role is AccessRole.MANAGER and known)


def _people(viewer: Viewer) -> tuple[Somebody, ...]:
    """Everybody who sells and whom the viewer may see, by name, with their card of today."""
    rows = by_name(sellers(viewer))
    cards = followed([person.id for person in rows], viewer.at, quota_metric())
    return tuple(Somebody(person.uid, person.name, cards[person.id]) for person in rows)


def _mine(viewer: Viewer, people: Iterable[Somebody]) -> Somebody | None:
    return next((each for each in people if each.id == viewer.person_id), None)


def _named(viewer: Viewer) -> dict[str, str]:
    people = Person.objects.seen_by(viewer).filter(sells=True).values_list("uid", "name")
    return Concerned(viewer.at).teams() | {str(uid): name for uid, name in people}


def version(viewer: Viewer, template: UUID, number: int | None = None) -> VersionShown:
    """One published version, without a number the one that holds, or will; raises NotVisible."""
    people, versions = _people(viewer), issued(template).get(template, ())
    holds = holding(versions, viewer.at)
    wanted = number or (holds.number if holds else max((each.number for each in versions), default=0))
    found = next((each for each in versions if each.number == wanted), None)
    if found is None or not _readable(viewer, found, people):
        raise NotVisible("There is no such card template.")
    mine = _mine(viewer, people)
    return VersionShown(
        found, holds.number if holds else None, not versions[-1].card.lines, versions,
        tuple(each for each in people if each.card.version and each.card.version.template == template),
        _named(viewer),
        mine is not None and mine.card.version is not None and mine.card.version.template == template,
        viewer.operates,
    )  # fmt: skip


def may_pin(viewer: Viewer, person: Person) -> bool:
    """Managers pin to the cards of their people, not to their own."""
    return (
        viewer.role is AccessRole.MANAGER
        and viewer.sight.may_see(person.id)
        and person.uid != viewer.person_id
    )


def pins(viewer: Viewer, rep: UUID) -> PinsShown:
    """A person's card of today and what is pinned to it; raises NotVisible."""
    person = seen(viewer, rep)
    card = followed([person.id], viewer.at, quota_metric())[person.id]
    later = Pin.objects.seen_by(viewer).filter(person=person, starts__gt=viewer.at).order_by("starts", "id")
    to_come = tuple(pin for _, pin in pins_of(list(later), viewer.at))
    may = may_pin(viewer, person)
    return PinsShown(
        Somebody(person.uid, person.name, card), to_come, person.uid == viewer.person_id, may,
        catalogue(viewer) if may else (),
    )  # fmt: skip
