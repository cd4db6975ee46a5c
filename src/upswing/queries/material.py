"""What a card is made of, loaded for many reps at once: calendars, quotas, teams, counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from django.db.models import Min

from upswing.book.models import Activity
from upswing.core.calendar import Calendar
from upswing.core.measures import BOOKED_REVENUE, WON_VALUE
from upswing.core.metrics import FUNNEL_CARD, STARTER_CARD, of_bookings
from upswing.core.metrics.metric import Metric
from upswing.core.metrics.value import measures_of
from upswing.core.period import Period, PeriodKind
from upswing.core.targets import Quota, Target, target_of
from upswing.goals import models as goals
from upswing.ledger.counting import Counts, Slot, pool
from upswing.ledger.models import RepDay
from upswing.people.models import Holiday, Person, TimeOff
from upswing.people.viewer import Viewer
from upswing.queries.teams import Teams

MEASURES = tuple(
    dict.fromkeys(
        measure
        for card in (STARTER_CARD, FUNNEL_CARD)
        for metric in card + of_bookings(card)
        for measure in measures_of(metric)
    )
)


def card_lines(money: str) -> tuple[Metric, ...]:
    """The lines of everybody's card: of the whole funnel once any activity is recorded; in the money quotas are of."""
    recorded = Activity.objects.unscoped("whether there is any activity at all names nobody").exists()
    card = FUNNEL_CARD if recorded else STARTER_CARD
    return of_bookings(card) if money == BOOKED_REVENUE.key else card


def quota_metric() -> str:
    """The money that quotas are a share of: what accounting booked, once any quota asks for it; else won value."""
    asked = goals.Quota.objects.unscoped("what quotas are of names nobody")
    return BOOKED_REVENUE.key if asked.filter(metric=BOOKED_REVENUE.key).exists() else WON_VALUE.key


def calendars(reps: Sequence[Person], span: Period) -> dict[int, Calendar]:
    """Each rep's calendar, with the holidays and time off of the span."""
    days = {"day__gte": span.start, "day__lt": span.end}
    holidays = frozenset(Holiday.objects.filter(**days).values_list("day", flat=True))
    off: dict[int, set[date]] = defaultdict(set)
    away = TimeOff.objects.filter(person__in=[rep.id for rep in reps], **days)
    for rep, day in away.values_list("person_id", "day"):
        off[rep].add(day)
    return {
        rep.id: Calendar(holidays=holidays, time_off=frozenset(off[rep.id]), starts=rep.starts, ends=rep.ends)
        for rep in reps
    }


def quotas(reps: Collection[int], around: Period, metric: str = "") -> dict[tuple[int, str], list[Quota]]:
    """(rep, metric) → what was asked in periods that touch `around`; of one metric, or of all."""
    found: dict[tuple[int, str], list[Quota]] = defaultdict(list)
    rows = goals.Quota.objects.unscoped("the caller checked these reps against the viewer's sight")
    rows = rows.filter(person__in=reps, starts__lt=around.end, ends__gt=around.start)
    if metric:
        rows = rows.filter(metric=metric)
    columns = ("person_id", "metric", "starts", "ends", "value")
    for person, key, starts, ends, value in rows.order_by("starts", "id").values_list(*columns):
        found[person, key].append(Quota(Fraction(value), Period(PeriodKind.CUSTOM, starts, ends)))
    return found


def first_days(reps: Collection[int], day: date) -> dict[int, date]:
    """Each rep's first day with any fact up to the day; of those without one nothing is known."""
    rows = RepDay.objects.filter(rep__in=reps, day__lte=day).values("rep").annotate(first=Min("day"))
    return {row["rep"]: row["first"] for row in rows}


@dataclass(slots=True)
class Peers:
    """Counts of other people, fetched when first needed, for group figures only."""

    viewer: Viewer
    slot: Slot
    teams: Teams
    counts: dict[int, Counts] = field(default_factory=dict)
    targets: dict[int, Fraction | None] = field(default_factory=dict)

    def around(self, rep: int, minimum: int) -> tuple[str, list[int]]:
        """The smallest group around a rep with enough other people who have any record: its name, those people.

        Team, then the teams above it, then the organisation (named "").
        """
        for team in self.teams.above(rep):
            others = self._with_records(self.teams.members(team) - {rep})
            if len(others) >= minimum:
                return self.teams.name(team), others
        return "", self._with_records(self.teams.sellers - {rep})

    def asked(self, reps: Collection[int], metric: Metric, calendar: Calendar) -> list[Fraction | None]:
        """What was asked of each in the period, None where nothing was; by the team's calendar."""
        if missing := [rep for rep in reps if rep not in self.targets]:
            found = quotas(missing, self.slot.period, metric.key)
            for rep in missing:
                aimed = target_of(metric, found.get((rep, metric.key), ()), self.slot.period, calendar)
                self.targets[rep] = aimed.value if isinstance(aimed, Target) else None
        return [self.targets[rep] for rep in reps]

    def _with_records(self, reps: Collection[int]) -> list[int]:
        seen = [rep for rep in sorted(reps) if self.viewer.sight.may_pool(rep)]
        if missing := [rep for rep in seen if rep not in self.counts]:
            self.counts |= pool(self.viewer.sight, missing, self.slot, MEASURES)
        return [rep for rep in seen if any(self.counts[rep].values())]
