"""How much of a target is due by a day, and which day of another period that day compares with."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache

from upswing.core.calendar import Calendar
from upswing.core.period import Period
from upswing.core.targets.target import Stretch, Target

_KNOWN = 1 << 10
"""Shares that are remembered: a board asks for the same days of everybody who works alike."""


@lru_cache(_KNOWN)
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
