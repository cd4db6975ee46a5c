"""Working days: the team's week less its holidays, and the days of it a rep is available."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise

from upswing.core.period import Period, PeriodKind

MONDAY_TO_FRIDAY = frozenset(range(5))
Weekdays = frozenset[int]
Weeks = tuple[tuple[date, Weekdays], ...]
"""Working weekdays from a day on, until the next; earliest first."""

_HALF = Fraction(1, 2)
_KNOWN = 1 << 16
"""Counts that are remembered: a board asks for the same days of every rep."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """One rep's calendar.

    `weekdays` are the working weekdays, Monday 0 to Sunday 6, until the first of `weeks` begins. `holidays` and
    `half_days` (worth half a working day) are the team's, `time_off` the rep's own. `starts` and `ends` are the first
    and the last day of employment, both worked; None is open.
    """

    weekdays: Weekdays = MONDAY_TO_FRIDAY
    holidays: frozenset[date] = frozenset()
    time_off: frozenset[date] = frozenset()
    half_days: frozenset[date] = frozenset()
    starts: date | None = None
    ends: date | None = None
    weeks: Weeks = ()

    def week(self, day: date) -> Weekdays:
        """The working weekdays that hold on a day."""
        return _week(self.weekdays, self.weeks, day)

    def length(self, day: date) -> Fraction:
        """How much of a working day the team's calendar gives that day: 0, 1/2 or 1."""
        if day.weekday() not in self.week(day) or day in self.holidays:
            return Fraction(0)
        return _HALF if day in self.half_days else Fraction(1)

    def working_days(self, period: Period) -> Fraction:
        """The team's working days in the period; half days count 1/2."""
        days = (period.start, period.end)
        return _working_days(self.weekdays, self.weeks, self.holidays, self.half_days, days)

    def employed_days(self, period: Period) -> Fraction:
        """Working days in the period on which the rep is employed."""
        return self.working_days(self._employed(period))

    def available_days(self, period: Period) -> Fraction:
        """Working days in the period on which the rep is employed and not off.

        Time off on a holiday or at the weekend costs nothing, on a half day half a day.
        """
        employed = self._employed(period)
        off = sum((self.length(day) for day in self._within(self.time_off, employed)), Fraction(0))
        return self.working_days(employed) - off

    def _employed(self, period: Period) -> Period:
        start = min(max(period.start, self.starts or period.start), period.end)
        end = min(period.end, self.ends + timedelta(days=1) if self.ends else period.end)
        return Period(PeriodKind.CUSTOM, start, max(start, end))

    @staticmethod
    def _within(days: Iterable[date], period: Period) -> Iterable[date]:
        return (day for day in days if period.start <= day < period.end)


def own_weeks(first: Weekdays, common: Weeks, own: Mapping[date, Weekdays]) -> tuple[Weekdays, Weeks]:
    """The weekdays of somebody who works on their `own` from a day on, none of them for the common ones again.

    What holds first, and what from which day.
    """
    if not own:
        return first, common
    days, mine = sorted({*dict(common), *own}), tuple(sorted(own.items(), key=lambda each: each[0]))
    return first, tuple((day, _week(frozenset(), mine, day) or _week(first, common, day)) for day in days)


def _week(first: Weekdays, weeks: Weeks, day: date) -> Weekdays:
    place = bisect_right(weeks, day, key=lambda each: each[0]) if weeks else 0
    return weeks[place - 1][1] if place else first


@lru_cache(_KNOWN)
def _working_days(
    first: Weekdays,
    weeks: Weeks,
    holidays: frozenset[date],
    half_days: frozenset[date],
    days: tuple[date, date],
) -> Fraction:
    """Of the days [first, end): those of the week, less the holidays among them and half of the half days."""
    start, end = days
    cuts = (start, *(day for day, _ in weeks if start < day < end), end)
    found = sum(_count(_week(first, weeks, begin), begin, until) for begin, until in pairwise(cuts))
    lost = [
        2 if day in holidays else 1
        for day in holidays | half_days
        if start <= day < end and day.weekday() in _week(first, weeks, day)
    ]
    return Fraction(2 * found - sum(lost), 2)


def _count(weekdays: Weekdays, start: date, end: date) -> int:
    weeks, rest = divmod((end - start).days, 7)
    return weeks * len(weekdays) + sum((start.weekday() + day) % 7 in weekdays for day in range(rest))
