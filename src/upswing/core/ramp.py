"""Ramp: the share of a full target that may be asked for in each month after a rep's first day."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

from upswing.core.calendar import Calendar
from upswing.core.period import Period, PeriodKind
from upswing.core.wording import worded

MINIMUM_HIRES = 8


@dataclass(frozen=True, slots=True)
class Ramp:
    """`shares` of a full target by month of tenure, the first month first; after them all of it.

    Raises ValueError unless all lie above 0 and up to 1.
    """

    shares: tuple[Fraction, ...] = tuple(Fraction(month, 6) for month in range(1, 7))

    def __post_init__(self) -> None:
        if any(not 0 < share <= 1 for share in self.shares):
            listed = ", ".join(map(str, self.shares))
            raise ValueError(
                worded("The shares of a ramp lie above 0 and up to 1; of {listed} not all do.", listed=listed)
            )

    def factor(self, starts: date | None, period: Period, calendar: Calendar) -> Fraction:
        """The mean share of the rep's available days in the period, exact; `starts` is the first day of work.

        A month of tenure ends on the day of the month on which it began. Without a first day, or an available day: 1.
        """
        if starts is None:
            return Fraction(1)
        own = replace(calendar, starts=max(starts, calendar.starts or starts))
        days = own.available_days(period)
        missing = (
            (1 - share) * own.available_days(_shared(month, period)) for share, month in self.months(starts)
        )
        return 1 - sum(missing, Fraction(0)) / days if days else Fraction(1)

    def months(self, starts: date) -> Iterable[tuple[Fraction, Period]]:
        """The share and the days of each month of tenure."""
        for place, share in enumerate(self.shares):
            yield share, Period(PeriodKind.CUSTOM, _after(starts, place), _after(starts, place + 1))


@dataclass(frozen=True, slots=True)
class Tenure:
    """What all hires did in one month of their tenure: `actual` records, where `expected` were of full reps."""

    actual: Fraction
    expected: Fraction


def learned(months: Sequence[Tenure], hires: int) -> Ramp | None:
    """The team's own curve in whole per cent, never falling and at most all; None under 8 hires.

    Each month's ratio is shrunken towards the others', then months that fall are pooled with those before.
    """
    if hires < MINIMUM_HIRES or not any(month.expected for month in months):
        return None
    from upswing.core.posteriors import Count, counts

    found = counts([Count(float(month.actual), float(month.expected)) for month in months])
    rising = isotonic([each.mean for each in found], [each.n for each in found])
    return Ramp(tuple(Fraction(min(max(round(100 * share), 1), 100), 100) for share in rising))


def isotonic(values: Sequence[float], weights: Sequence[float]) -> tuple[float, ...]:
    """The values that never fall and lie closest (weighted squares): neighbours that do are pooled to their mean.

    Pool adjacent violators (Barlow et al., 1972). A weight of 0 takes the value of its pool.
    """
    pools: list[tuple[float, float, int]] = []  # mean, weight, how many
    for value, weight in zip(values, weights, strict=True):
        pools.append((value, weight, 1))
        while len(pools) > 1 and pools[-2][0] >= pools[-1][0]:
            pools.append(_pooled(pools.pop(), pools.pop()))
    return tuple(mean for mean, _, many in pools for _ in range(many))


def _pooled(later: tuple[float, float, int], earlier: tuple[float, float, int]) -> tuple[float, float, int]:
    weight = earlier[1] + later[1]
    total = earlier[0] * earlier[1] + later[0] * later[1]
    return total / weight if weight else earlier[0], weight, earlier[2] + later[2]


def _after(day: date, months: int) -> date:
    """So many months later: the same day of the month, or the first of the next where it has none."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    length = monthrange(year, month + 1)[1]
    return date(year, month + 1, 1) + timedelta(min(day.day - 1, length))


def _shared(one: Period, other: Period) -> Period:
    start = min(max(one.start, other.start), other.end)
    return Period(PeriodKind.CUSTOM, start, max(start, min(one.end, other.end)))
