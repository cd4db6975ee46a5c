"""Card templates in the making: drafts, who would have the card, what to think of before it holds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from upswing.core.templates import Caution, Concerned, Template, cautions, is_new, lacking
from upswing.goals.cards import CardVersion, template_of
from upswing.people.models import Person
from upswing.people.viewer import NotVisible, Viewer, operators_only
from upswing.queries import concerned as memberships
from upswing.queries.card_templates import Published, followers, held, issued
from upswing.queries.catalogue import Family, catalogue
from upswing.queries.formulas import metrics_on


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A draft: what it is called, who began it, which version it would be."""

    template: UUID
    name: str
    author: str
    begun: datetime
    number: int


@dataclass(frozen=True, slots=True)
class DraftShown:
    """A draft to work on: what it lacks, what to think of, whom it may be for, what may stand on it.

    `people` would have the card today; `earliest` is the first day it may hold from; `changed` whether it differs from
    `latest`, the last published version.
    """

    template: UUID
    card: Template
    author: str
    number: int
    latest: Published | None
    earliest: date
    changed: bool
    lacking: tuple[str, ...]
    cautions: tuple[Caution, ...]
    people: tuple[tuple[UUID, str], ...]
    families: tuple[Family, ...]
    roles: tuple[str, ...]
    levels: tuple[str, ...]
    teams: dict[str, str]
    persons: dict[str, str]


def drafts(viewer: Viewer) -> tuple[DraftRow, ...]:
    """The drafts, by name; only operators have any."""
    if not viewer.operates:
        return ()
    numbers = {uid: versions[-1].number for uid, versions in issued().items()}
    rows = CardVersion.objects.filter(number=None).select_related("template")
    found = (
        DraftRow(
            row.template.uid,
            template_of(row.data).name,
            row.author,
            row.begun,
            numbers.get(row.template.uid, 0) + 1,
        )
        for row in rows
    )
    return tuple(sorted(found, key=lambda row: row.name.casefold()))


def draft(viewer: Viewer, template: UUID) -> DraftShown:
    """A draft to work on; raises NotVisible for whoever does not operate."""
    operators_only(viewer)
    row = CardVersion.objects.filter(number=None, template__uid=template).first()
    if row is None:
        raise NotVisible("There is no such draft.")
    latest = next(iter(issued(template).get(template, ())[-1:]), None)
    families, places = catalogue(viewer), memberships.Concerned(viewer.at)
    card = replace(template_of(row.data), own=tuple(metrics_on(viewer.at).values()))
    meant = _meant(viewer, template, card, latest)
    recorded = {each.metric.key for family in families for each in family.metrics if each.recorded}
    new = sum(is_new(person.starts, viewer.at) for person in meant)
    return DraftShown(
        template, card, row.author, latest.number + 1 if latest else 1, latest,
        max(viewer.at, latest.effective) if latest else viewer.at, latest is None or latest.card != card,
        lacking(card), cautions(card, recorded, Concerned(len(meant), new)),
        tuple((person.uid, person.name) for person in meant),
        families, places.words("roles"), places.words("levels"), places.teams(),
        {str(person.uid): person.name for person in by_name(sellers(viewer))},
    )  # fmt: skip


def _meant(viewer: Viewer, template: UUID, card: Template, latest: Published | None) -> list[Person]:
    """Who would have the card if it held today, by name."""
    people = {person.id: person for person in sellers(viewer)}
    others = [each for each in held(viewer.at) if each.template != template]
    now = _as_if(viewer, template, card, latest)
    following = followers(list(people), viewer.at, [*others, now])
    return by_name(people[person] for person, version in following.items() if version is now)


def _as_if(viewer: Viewer, template: UUID, card: Template, latest: Published | None) -> Published:
    if latest:
        return replace(latest, card=card)
    nobody = datetime.combine(viewer.at, datetime.min.time())
    return Published(template, card, 0, viewer.at, viewer.at, "", (), nobody, "")


def sellers(viewer: Viewer) -> list[Person]:
    """Everybody who sells today and whom the viewer may see."""
    people = Person.objects.seen_by(viewer).filter(sells=True).exclude(ends__lte=viewer.at)
    return list(people.exclude(starts__gt=viewer.at))


def by_name(people: Iterable[Person]) -> list[Person]:
    """People by name."""
    return sorted(people, key=lambda person: person.name.casefold())
