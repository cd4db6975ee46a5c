"""Which metrics stand on whose card on a day: the template each person follows, and what is pinned to their card."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from upswing.core.bands import Borders
from upswing.core.expressions import is_own
from upswing.core.metrics.metric import Metric
from upswing.core.rubrics import Issue, in_force
from upswing.core.templates import Template, in_money
from upswing.goals.cards import CardVersion, Pin, template_of
from upswing.people.models import Membership, Person
from upswing.queries.formulas import known
from upswing.queries.material import card_lines
from upswing.queries.teams import chain, every_team, on


@dataclass(frozen=True, slots=True)
class Published:
    """A published version; `since` is the first day its template held at all."""

    template: UUID
    card: Template
    number: int
    effective: date
    since: date
    note: str
    read: tuple[str, ...]
    published: datetime
    publisher: str


@dataclass(frozen=True, slots=True)
class Pinned:
    """A line that somebody added to a rep's card in [starts, ends), and why."""

    id: UUID
    metric: Metric
    reason: str
    by: str
    starts: date
    ends: date


@dataclass(frozen=True, slots=True)
class Followed:
    """What a person's card is made of; without a `version` it is the automatic card. Pinned lines come last."""

    version: Published | None
    lines: tuple[Metric, ...]
    pins: tuple[Pinned, ...]

    @property
    def borders(self) -> Borders:
        """What its lines are judged by."""
        return self.version.card.borders if self.version else Borders()


def chosen(people: Sequence[int], day: date, money: str) -> dict[int, tuple[Metric, ...]]:
    """Person (internal id) → the lines of their card on a day, pinned ones last.

    `money` is the key of the measure that quotas are of. At most six statements, whatever the number of people.
    """
    return {person: each.lines for person, each in followed(people, day, money).items()}


def borders_for(people: Sequence[int], day: date) -> dict[int, Borders]:
    """Person (internal id) → what the lines of their card are judged by on a day."""
    versions = followers(people, day, held(day))
    return {person: one.card.borders if one else Borders() for person, one in versions.items()}


def followed(people: Sequence[int], day: date, money: str) -> dict[int, Followed]:
    """Person (internal id) → what their card is made of on a day: lines, borders, pins, from one reading."""
    versions, pins = followers(people, day, held(day)), pinned(people, day)
    automatic = card_lines(money) if None in versions.values() else ()
    return {
        person: _followed(version, automatic, pins.get(person, ()), money)
        for person, version in versions.items()
    }


def _followed(
    version: Published | None, automatic: tuple[Metric, ...], pins: tuple[Pinned, ...], money: str
) -> Followed:
    own = version.card.metrics if version else automatic
    lines = in_money((*own, *(pin.metric for pin in pins)), money)
    added = tuple(pin for pin in pins if pin.metric not in own)
    return Followed(version, lines, added)


def with_own(card: Template, mine: Mapping[str, Metric]) -> Template:
    """The card with what its lines name of the organisation's own metrics."""
    return replace(card, own=tuple(mine[key] for key in card.lines if key in mine))


def issued(template: UUID | None = None, on: date = date.max) -> dict[UUID, tuple[Published, ...]]:
    """Every template's published versions, the first one first; only those of one template where it is named.

    Lines that are metrics of the organisation's own are as those hold on the day.
    """
    rows = (
        CardVersion.objects.exclude(number=None).select_related("template").order_by("template_id", "number")
    )
    found: dict[UUID, list[Published]] = defaultdict(list)
    for row in rows if template is None else rows.filter(template__uid=template):
        before = found[row.template.uid]
        before.append(_value(row, before[0].effective if before else None))
    lines = {key for versions in found.values() for each in versions for key in each.card.lines}
    mine = {key: each for key, each in known(lines, on).items() if is_own(key)}
    return {
        uid: tuple(replace(each, card=with_own(each.card, mine)) for each in versions)
        for uid, versions in found.items()
    }


def _value(row: CardVersion, since: date | None) -> Published:
    if row.number is None or row.effective is None or row.published is None:
        raise ValueError("A draft is no published version.")
    return Published(
        row.template.uid, template_of(row.data), row.number, row.effective, since or row.effective, row.note,
        tuple(row.read), row.published, row.publisher,
    )  # fmt: skip


def holding(versions: Iterable[Published], day: date) -> Published | None:
    """The version that holds on a day; none before the first, nor once the template has ended."""
    versions = tuple(versions)
    number = in_force([Issue(each.number, each.effective) for each in versions], day)
    return next((each for each in versions if each.number == number and each.card.metrics), None)


def held(day: date) -> tuple[Published, ...]:
    """The version of every template that holds on a day."""
    found = (holding(versions, day) for versions in issued(on=day).values())
    return tuple(each for each in found if each)


def followers(
    people: Collection[int], day: date, versions: Sequence[Published]
) -> dict[int, Published | None]:
    """Person (internal id) → the version meant for them most closely; of equal ones, the template that began last."""
    if not versions:
        return dict.fromkeys(people)
    ordered = sorted(
        versions, key=lambda each: (each.card.closeness, each.since, each.template), reverse=True
    )
    places = Places(people, day)
    return {
        person: next((each for each in ordered if places.fits(each.card, person)), None) for person in people
    }


class Places:
    """The memberships of some people on a day, each read once."""

    def __init__(self, people: Collection[int], day: date) -> None:
        found = Person.objects.unscoped("the caller asks for people it may see").filter(id__in=people)
        self._uids = dict(found.values_list("id", "uid"))
        self._teams = every_team()
        self._held: dict[int, list[tuple[str, str, int]]] = defaultdict(list)
        held = Membership.objects.filter(on(day), person__in=people)
        for person, role, level, team in held.values_list("person_id", "role", "level", "team_id"):
            self._held[person].append((role, level, team))

    def fits(self, card: Template, person: int) -> bool:
        """Is a template meant for somebody? Whoever belongs nowhere has no role, level or team."""
        uid = str(self._uids.get(person, ""))
        return any(
            card.fits(uid, role, level, [str(self._teams[above].uid) for above in chain(team, self._teams)])
            for role, level, team in self._held.get(person, [("", "", 0)])
        )


def pinned(people: Collection[int], day: date) -> dict[int, tuple[Pinned, ...]]:
    """Person (internal id) → what is pinned to their card on a day, the first one first."""
    rows = Pin.objects.unscoped("the caller asks for people it may see")
    rows = rows.filter(person__in=people, starts__lte=day, ends__gt=day).order_by("starts", "id")
    found: dict[int, list[Pinned]] = defaultdict(list)
    for row, pin in pins_of(list(rows), day):
        found[row.person_id].append(pin)
    return {person: tuple(pins) for person, pins in found.items()}


def pins_of(rows: Sequence[Pin], day: date) -> list[tuple[Pin, Pinned]]:
    """Pins as values, each beside its row; without those whose metric is gone."""
    metrics = known({row.metric for row in rows}, day)
    return [
        (row, Pinned(row.uid, metrics[row.metric], row.reason, row.by, row.starts, row.ends))
        for row in rows
        if row.metric in metrics
    ]
