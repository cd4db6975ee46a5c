"""What a card is made of, loaded for many reps at once: lines, calendars, quotas, first days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from fractions import Fraction

from django.db.models import OuterRef, Subquery

from upswing.book.models import Activity
from upswing.core.measures import BOOKED_REVENUE, WON_VALUE
from upswing.core.metrics import FUNNEL_CARD, STARTER_CARD, of_bookings
from upswing.core.metrics.metric import Metric
from upswing.core.metrics.value import measures_of
from upswing.core.period import Period, PeriodKind
from upswing.core.targets import Quota
from upswing.goals import models as goals
from upswing.ledger.models import RepDay
from upswing.people.models import Person

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
    people = Person.objects.unscoped("the caller checked these reps against the viewer's sight").filter(
        pk__in=reps
    )
    days = RepDay.objects.filter(rep=OuterRef("pk"), day__lte=day).order_by("day")
    rows = people.annotate(first=Subquery(days.values("day")[:1])).values_list("pk", "first")
    return {rep: first for rep, first in rows if first}
