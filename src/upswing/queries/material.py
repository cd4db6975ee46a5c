"""What a card is made of, loaded for many reps at once: lines, calendars, quotas, first days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

from django.db.models import Min

from upswing.book.models import Activity
from upswing.core.calendar import MONDAY_TO_FRIDAY, Calendar
from upswing.core.measures import BOOKED_REVENUE, WON_VALUE
from upswing.core.metrics import FUNNEL_CARD, STARTER_CARD, of_bookings
from upswing.core.metrics.metric import Metric
from upswing.core.metrics.value import measures_of
from upswing.core.period import Period, PeriodKind
from upswing.core.targets import Quota
from upswing.goals import models as goals
from upswing.goals.targets import Kind, TargetTable
from upswing.ledger.models import RepDay
from upswing.people.models import Holiday, Person, TimeOff

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
    common = working_calendar(span)
    off: dict[int, set[date]] = defaultdict(set)
    away = TimeOff.objects.filter(person__in=[rep.id for rep in reps], **days)
    for rep, day in away.values_list("person_id", "day"):
        off[rep].add(day)
    return {
        rep.id: replace(common, time_off=frozenset(off[rep.id]), starts=rep.starts, ends=rep.ends)
        for rep in reps
    }


def working_calendar(span: Period) -> Calendar:
    """The organisation's own calendar of the span: its working week and holidays, nobody's time off."""
    days = Holiday.objects.filter(day__gte=span.start, day__lt=span.end).values_list("day", flat=True)
    return Calendar(working_week(), frozenset(days))


def common_to_all(calendar: Calendar) -> Calendar:
    """A rep's calendar without what is their own: days off, first and last day."""
    return replace(calendar, time_off=frozenset(), starts=None, ends=None)


def working_week() -> frozenset[int]:
    """The weekdays on which the organisation works, Monday 0; Monday to Friday until another was set."""
    made = TargetTable.objects.filter(kind=Kind.WEEK).order_by("at", "id").last()
    return frozenset(map(int, made.shares)) if made else MONDAY_TO_FRIDAY


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
