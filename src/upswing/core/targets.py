"""Aim: what a rep may be asked for in a period, every factor shown; and how much of it is due by a day."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from math import prod

from upswing.core.calendar import Calendar
from upswing.core.measures import Flow
from upswing.core.metrics.metric import Metric, Ratio
from upswing.core.period import Period, PeriodKind


@dataclass(frozen=True, slots=True)
class Quota:
    """What was asked for a period, in the metric's unit (money in minor units)."""

    value: Fraction
    period: Period


@dataclass(frozen=True, slots=True)
class Factor:
    """One reason why the target is not the quota: its share, and the numbers that explain it."""

    key: str
    share: Fraction
    values: tuple[tuple[str, Fraction], ...] = ()


@dataclass(frozen=True, slots=True)
class Stretch:
    """The part of a target that falls on some days of the period."""

    days: Period
    value: Fraction


@dataclass(frozen=True, slots=True)
class Target:
    """The expected value for a whole period: `base` (the quotas it rests on) times the factors, exactly.

    `course` says on which days it falls due; empty means evenly over the period's available days.
    """

    value: Fraction
    factors: tuple[Factor, ...] = ()
    course: tuple[Stretch, ...] = ()

    @property
    def base(self) -> Fraction:
        """The sum of the quotas before any factor."""
        return self.value / prod((factor.share for factor in self.factors), start=Fraction(1))


@dataclass(frozen=True, slots=True)
class NoTarget:
    """Why there is no target: "no_target", "partly_set" (no quota for some of the rep's days), "no_days"."""

    reason: str


def aim(
    quota: Fraction, quota_period: Period, period: Period, calendar: Calendar, factors: Sequence[Factor] = ()
) -> Target | None:
    """The target that one quota gives for a period; None when `aim_all` finds none."""
    found = aim_all((Quota(quota, quota_period),), period, calendar, factors)
    return found if isinstance(found, Target) else None


def aim_all(
    quotas: Sequence[Quota], period: Period, calendar: Calendar, factors: Sequence[Factor] = ()
) -> Target | NoTarget:
    """The target that quotas give for a period of any length.

    A quota is spread over its own period by working days, then lowered by the rep's time off; the
    quotas of a longer period are added. On days that two quotas cover, the one with the shorter period
    counts (then the earlier in `quotas`). Quotas of 0 and factors of 0 aim at nothing.
    """
    pieces = [piece for span in _spans(quotas, period) if (piece := _piece(span, quotas, calendar))]
    if not any(piece.quota for piece in pieces):
        return NoTarget("no_target")
    if any(not piece.quota and piece.available for piece in pieces):
        return NoTarget("partly_set")
    return _target([piece for piece in pieces if piece.quota], factors)


def stand(quotas: Sequence[Quota], period: Period, *, at_the_end: bool = False) -> Target | NoTarget:
    """The target of a rate or a stock, which is not spread: the shortest quota over the whole period.

    Where none is that long, quotas that follow each other over all of it: their mean by days, or, for a
    stock (`at_the_end`), the last.
    """
    around = [quota for quota in quotas if _covers(quota, period) and quota.value > 0]
    if around:
        return Target(min(around, key=_length).value)
    row = _row(quotas, period)
    if not row:
        return NoTarget("no_target")
    mean = _sum(quota.value * quota.period.days for quota in row) / period.days
    return Target(row[-1].value if at_the_end else mean)


def target_of(
    metric: Metric,
    quotas: Sequence[Quota],
    period: Period,
    calendar: Calendar,
    factors: Sequence[Factor] = (),
) -> Target | NoTarget:
    """The target of any metric: flows are spread and added, rates and stocks stand."""
    if isinstance(metric.value, Ratio):
        return stand(quotas, period)
    if isinstance(metric.value.measure, Flow):
        return aim_all(quotas, period, calendar, factors)
    return stand(quotas, period, at_the_end=True)


def elapsed(period: Period, at: date, calendar: Calendar) -> Fraction:
    """Share of the rep's available days gone by the close of `at`: 0 to 1, exact.

    A period without an available day is over: 1.
    """
    days = calendar.available_days(period)
    return calendar.available_days(period.until(at)) / days if days else Fraction(1)


def expected_by(target: Target, period: Period, at: date, calendar: Calendar) -> Fraction:
    """How much of the target is due by the close of `at`; after the period, all of it.

    Each stretch of the course falls due evenly over its own available days.
    """
    course = target.course or (Stretch(period, target.value),)
    return sum((part.value * elapsed(part.days, at, calendar) for part in course), Fraction(0))


def counterpart(period: Period, at: date, other: Period, calendar: Calendar) -> date:
    """The day of `other` by whose close the same share of working days had gone as of `period` by `at`.

    Where no day matches exactly, the last one by which no larger share had gone; before any, the day before
    `other`. A month to date is thus compared with the same part of the month before, never with all of it.
    """
    if at >= period.last:
        return other.last
    gone, days = calendar.working_days(period.until(at)), calendar.working_days(period)
    wanted = gone / days * calendar.working_days(other) if days else calendar.working_days(other)

    def gone_after(count: int) -> Fraction:
        return calendar.working_days(other.until(other.start + timedelta(days=count - 1)))

    count = bisect_right(range(other.days + 1), wanted, key=gone_after) - 1
    return other.start + timedelta(days=count - 1)


@dataclass(frozen=True, slots=True)
class _Piece:
    """Days under one quota: `working` of the `whole` it is spread over, `available` of them the rep's."""

    days: Period
    quota: Quota | None
    whole: Fraction
    working: Fraction
    available: Fraction

    @property
    def due(self) -> Fraction:
        return self.quota.value * self.working / self.whole if self.quota else Fraction(0)

    @property
    def value(self) -> Fraction:
        return self.due * self.available / self.working


def _spans(quotas: Sequence[Quota], period: Period) -> Iterable[Period]:
    borders = {day for quota in quotas for day in (quota.period.start, quota.period.end)}
    cuts = sorted({day for day in borders if period.contains(day)} | {period.start, period.end})
    return (Period(PeriodKind.CUSTOM, *span) for span in pairwise(cuts))


def _piece(days: Period, quotas: Sequence[Quota], calendar: Calendar) -> _Piece | None:
    """None for days on which nobody works."""
    working = calendar.working_days(days)
    if not working:
        return None
    around = [quota for quota in quotas if _covers(quota, days) and quota.value > 0]
    quota = min(around, key=_length, default=None)
    whole = calendar.working_days(quota.period) if quota else working
    return _Piece(days, quota, whole, working, calendar.available_days(days))


def _target(pieces: Sequence[_Piece], factors: Sequence[Factor]) -> Target | NoTarget:
    value, more = _sum(piece.value for piece in pieces), prod((f.share for f in factors), start=Fraction(1))
    if not value or not more:
        return NoTarget("no_days" if more else "no_target")
    course = tuple(Stretch(piece.days, piece.value * more) for piece in pieces)
    return Target(value * more, (*_day_factors(pieces, value), *factors), course)


def _day_factors(pieces: Sequence[_Piece], value: Fraction) -> Iterable[Factor]:
    """What the days do to the quotas: the part of them that falls in the period, and time off."""
    whole = {piece.quota: piece.whole for piece in pieces if piece.quota}
    asked, days = _sum(quota.value for quota in whole), _sum(whole.values())
    due, working = _sum(piece.due for piece in pieces), _sum(piece.working for piece in pieces)
    if due != asked:
        yield Factor("part_of_quota", due / asked, (("working_days", working), ("quota_days", days)))
    if value != due:
        available = _sum(piece.available for piece in pieces)
        yield Factor("time_off", value / due, (("available_days", available), ("working_days", working)))


def _row(quotas: Sequence[Quota], period: Period) -> list[Quota]:
    """The quotas that follow each other from the first day of the period to its last; empty where one is missing."""
    row: list[Quota] = []
    day = period.start
    while day < period.end:
        nexts = [quota for quota in quotas if quota.period.start == day and quota.period.end <= period.end]
        if not nexts or not all(quota.value > 0 for quota in nexts):
            return []
        row.append(min(nexts, key=_length))
        day = row[-1].period.end
    return row


def _covers(quota: Quota, days: Period) -> bool:
    return quota.period.start <= days.start and days.end <= quota.period.end


def _length(quota: Quota) -> int:
    return quota.period.days


def _sum(values: Iterable[Fraction]) -> Fraction:
    return sum(values, Fraction(0))
