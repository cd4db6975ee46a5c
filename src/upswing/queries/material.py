"""What a card is made of, loaded for many reps at once: calendars, quotas, teams, counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from django.db.models import Min

from upswing.core.calendar import Calendar
from upswing.core.metrics import STARTER_CARD
from upswing.core.metrics.metric import Metric
from upswing.core.metrics.value import measures_of
from upswing.core.period import Period, PeriodKind
from upswing.core.targets import Quota, Target, target_of
from upswing.goals import models as goals
from upswing.ledger.counting import Counts, Slot, pool
from upswing.ledger.models import RepMonth
from upswing.people.models import Holiday, Membership, Person, Team, TimeOff
from upswing.people.viewer import Viewer
from upswing.queries.viewers import members, on, with_parts

MEASURES = tuple(dict.fromkeys(measure for metric in STARTER_CARD for measure in measures_of(metric)))
NOTHING: Counts = dict.fromkeys((measure.key for measure in MEASURES), 0)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a rep belongs on a day."""

    team: str | None
    manager: str | None
    teams: tuple[int, ...]
    """Their team, then the one above it, and so on."""


def calendars(reps: Sequence[Person], period: Period) -> dict[int, Calendar]:
    """Each rep's calendar, with the holidays and time off of the period and the year before it."""
    first = period.start.replace(year=period.start.year - 1, day=1)
    holidays = frozenset(
        Holiday.objects.filter(day__gte=first, day__lt=period.end).values_list("day", flat=True)
    )
    off: dict[int, set[date]] = defaultdict(set)
    for rep, day in TimeOff.objects.filter(
        person__in=[rep.id for rep in reps], day__gte=first, day__lt=period.end
    ).values_list("person_id", "day"):
        off[rep].add(day)
    return {
        rep.id: Calendar(holidays=holidays, time_off=frozenset(off[rep.id]), starts=rep.starts, ends=rep.ends)
        for rep in reps
    }


def quotas(reps: Collection[int], fiscal_start: int) -> dict[tuple[int, str], list[Quota]]:
    """(rep, metric) → what was asked, whenever."""
    found: dict[tuple[int, str], list[Quota]] = defaultdict(list)
    rows = goals.Quota.objects.unscoped("the caller counted these reps within the viewer's sight").filter(
        person__in=reps
    )
    for row in rows.order_by("starts", "id"):
        period = Period(PeriodKind(row.period_kind), row.starts, row.ends, fiscal_start)
        found[row.person_id, row.metric].append(Quota(Fraction(row.value), period))
    return found


def first_months(reps: Collection[int], day: date) -> dict[int, date]:
    """Each rep's first month with any fact up to the day; of those without one nothing is known."""
    rows = RepMonth.objects.filter(rep__in=reps, day__lte=day).values("rep").annotate(first=Min("day"))
    return {row["rep"]: row["first"] for row in rows}


def places(reps: Collection[int], day: date) -> dict[int, Place]:
    """Where each rep belongs on a day, and who leads there."""
    teams = {team.id: team for team in Team.objects.all()}
    leaders = {
        m.team_id: m.person.name
        for m in Membership.objects.filter(on(day), leads=True)
        .select_related("person")
        .order_by("-person__name")
    }
    belong = Membership.objects.filter(on(day), leads=False, person__in=reps)
    found = {rep: Place(None, None, ()) for rep in reps}
    for membership in belong:
        upwards = _upwards(membership.team_id, teams)
        led = next((leaders[team] for team in upwards if team in leaders), None)
        found[membership.person_id] = Place(teams[membership.team_id].name, led, upwards)
    return found


def _upwards(team: int, teams: Mapping[int, Team]) -> tuple[int, ...]:
    chain: list[int] = []
    above: int | None = team
    while above is not None and above not in chain:
        chain.append(above)
        above = teams[above].parent_id
    return tuple(chain)


@dataclass(slots=True)
class Peers:
    """Counts of other people, fetched when first needed, for group figures only."""

    viewer: Viewer
    slot: Slot
    counts: dict[int, Counts] = field(default_factory=dict)
    targets: dict[int, Fraction | None] = field(default_factory=dict)
    groups: dict[int, frozenset[int]] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)
    sellers: frozenset[int] = frozenset()

    @classmethod
    def of(cls, viewer: Viewer, slot: Slot) -> Peers:
        """Peers for one question."""
        people = Person.objects.unscoped("pooled, never shown one by one").filter(sells=True)
        sellers = frozenset(people.values_list("id", flat=True))
        seen = (
            sellers if viewer.sight.everyone else sellers & (viewer.sight.groups | viewer.sight.individuals)
        )
        names = dict(Team.objects.values_list("id", "name"))
        return cls(viewer, slot, sellers=seen, names=names)

    def around(self, rep: int, place: Place, minimum: int) -> tuple[str, list[int]]:
        """The smallest group around a rep with enough other people who have any record: its name, those people.

        Team, then the teams above it, then the organisation (named "").
        """
        for team in place.teams:
            others = self._with_records(self._members(team) - {rep})
            if len(others) >= minimum:
                return self.names[team], others
        return "", self._with_records(self.sellers - {rep})

    def asked(
        self, reps: Collection[int], metric: Metric, fiscal_start: int, calendar: Calendar
    ) -> list[Fraction | None]:
        """What was asked of each in the period, None where nothing was; by the team's calendar."""
        if missing := [rep for rep in reps if rep not in self.targets]:
            found = quotas(missing, fiscal_start)
            for rep in missing:
                aimed = target_of(metric, found.get((rep, metric.key), ()), self.slot.period, calendar)
                self.targets[rep] = aimed.value if isinstance(aimed, Target) else None
        return [self.targets[rep] for rep in reps]

    def _members(self, team: int) -> frozenset[int]:
        if team not in self.groups:
            self.groups[team] = frozenset(members(with_parts([team]), self.slot.close)) & self.sellers
        return self.groups[team]

    def _with_records(self, reps: Collection[int]) -> list[int]:
        if missing := [rep for rep in reps if rep not in self.counts]:
            self.counts |= pool(self.viewer.sight, missing, self.slot, MEASURES)
        return [rep for rep in sorted(reps) if any(self.counts[rep].values())]
