"""Working days: the team's week less its holidays, and the days of it a rep is available."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from upswing.core.period import Period, PeriodKind

MONDAY_TO_FRIDAY = frozenset(range(5))

_HALF = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Calendar:
    """One rep's calendar.

    `weekdays` are the team's working weekdays, Monday 0 to Sunday 6. `holidays` and `half_days` (worth
    half a working day) are the team's, `time_off` the rep's own. `starts` and `ends` are the first and the
    last day of employment, both worked; None is open.
    """

    weekdays: frozenset[int] = MONDAY_TO_FRIDAY
    holidays: frozenset[date] = frozenset()
    time_off: frozenset[date] = frozenset()
    half_days: frozenset[date] = frozenset()
    starts: date | None = None
    ends: date | None = None

    def length(self, day: date) -> Fraction:
        """How much of a working day the team's calendar gives that day: 0, 1/2 or 1."""
        if day.weekday() not in self.weekdays or day in self.holidays:
            return Fraction(0)
        return _HALF if day in self.half_days else Fraction(1)

    def working_days(self, period: Period) -> Fraction:
        """The team's working days in the period; half days count 1/2."""
        shortened = self._within(self.holidays | self.half_days, period)
        lost = sum((1 - self.length(day) for day in shortened if day.weekday() in self.weekdays), Fraction(0))
        return self._weekdays_in(period) - lost

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

    def _weekdays_in(self, period: Period) -> int:
        weeks, rest = divmod(period.days, 7)
        first = period.start.weekday()
        return weeks * len(self.weekdays) + sum((first + day) % 7 in self.weekdays for day in range(rest))

    @staticmethod
    def _within(days: Iterable[date], period: Period) -> Iterable[date]:
        return (day for day in days if period.contains(day))
