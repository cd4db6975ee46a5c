"""How periods usually come in: the whole organisation's days of the last four, by measure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from hashlib import sha256
from uuid import uuid4

from django.core.cache import cache
from django.db.models import Count, Max

from upswing.core.calendar import Calendar
from upswing.core.habits import MOST_PERIODS, Habit, Past, habit_of
from upswing.core.period import Period, PeriodKind
from upswing.intake.models import Batch
from upswing.ledger.counting import came_in
from upswing.people.models import Person
from upswing.queries.material import first_days
from upswing.queries.workdays import working_calendar

_LONG_ENOUGH = (PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.YEAR)
_KEPT = 24 * 60 * 60
_LONG = 366
_TURN = "habits:turn"
_DAY = timedelta(days=1)
_MANY = 64
_KNOWN: dict[str, dict[str, Habit]] = {}


def habits(period: Period, at: date, calendar: Calendar | None = None) -> Mapping[str, Habit]:
    """Measure key → how its total came in over the four periods before this one, of everybody together.

    `calendar` is the organisation's own over all of them, where the asker has it.

    Only periods that the data cover whole. Nothing for weeks and days, and for periods that are over. Closed periods
    change with an import, or when it is said anew whose something is: what was found is kept until then.
    """
    if period.kind not in _LONG_ENOUGH or not period.start <= at < period.last:
        return {}
    before = period.before(MOST_PERIODS)[::-1]
    span = Period(PeriodKind.CUSTOM, before[-1].start, period.end)
    calendar = calendar or working_calendar(span)
    return _known(_name(span, calendar), before, calendar)


def forget_habits() -> None:
    """To be called by whatever says anew, without an import, whose something is, and in its transaction."""
    cache.set(_TURN, uuid4().hex, None)


def _known(name: str, before: Sequence[Period], calendar: Calendar) -> dict[str, Habit]:
    """What is kept under a name, read once by each process: reading it takes longer than all else on a card."""
    if len(_KNOWN) > _MANY:
        _KNOWN.clear()
    if name not in _KNOWN:
        found = cache.get(name)
        if found is None:
            found = _found(before, calendar)
            cache.set(name, found, _KEPT)
        _KNOWN[name] = found
    return _KNOWN[name]


def _name(span: Period, calendar: Calendar) -> str:
    """A name for the answer: the days it is read from, those that are free, the imports and decisions behind it."""
    turn = cache.get_or_set(_TURN, lambda: uuid4().hex, None)
    came = Batch.objects.aggregate(last=Max("id"), done=Max("finished"), back=Count("undone"))
    free = sorted(day for day in calendar.holidays | calendar.half_days if span.contains(day))
    days = (span, sorted(calendar.weekdays), free, calendar.weeks, came, turn)
    return f"habits@3:{span.slug}:{sha256(repr(days).encode()).hexdigest()[:32]}"


def _found(before: Sequence[Period], calendar: Calendar) -> dict[str, Habit]:
    """Of the periods that the data cover from their first working day on; years are read by their months."""
    sellers = Person.objects.unscoped("added up over everybody, as shares of a total").filter(sells=True)
    reps = list(sellers.values_list("id", flat=True))
    first = min(first_days(reps, before[0].last).values(), default=before[0].last)
    whole = [each for each in before if not calendar.working_days(each.until(first - _DAY))]
    if not whole:
        return {}
    span = Period(PeriodKind.CUSTOM, whole[-1].start, whole[0].end)
    monthly = span.days > _LONG
    return {
        key: habit_of(
            [Past(each, tuple(one for one in days if each.contains(one[0])), monthly) for each in whole],
            calendar,
        )
        for key, days in came_in(reps, span, by_month=monthly).items()
    }
