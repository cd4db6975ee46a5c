"""Pace: how much of a target is due by a day, as days and habit have it, and where the period is likely to end."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache
from math import ceil, sqrt
from typing import TYPE_CHECKING

from upswing.core import targets
from upswing.core.calendar import Calendar
from upswing.core.habits import NO_HABIT, Habit
from upswing.core.period import Period, PeriodKind
from upswing.core.targets import Stretch, Target, elapsed

if TYPE_CHECKING:
    import numpy as np
    from numpy.random import Generator
    from numpy.typing import NDArray

EARLIEST = Fraction(1, 3)
"""Before this share of the target is due, nothing is said about the end."""

_DAY = timedelta(days=1)
_CELLS = 200
_KNOWN = 1 << 10
_PERCENTILES = (0.1, 0.5, 0.9)
_BEYOND = 3
"""No 90th percentile lies more standard deviations above its mean (Cantelli)."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What of a target is due by a day, in the metric's unit, and as a share of the target."""

    value: Fraction
    share: Fraction


@dataclass(frozen=True, slots=True)
class Projection:
    """Where the period ends: with 10, 50 and 90 % at most, and the probability that the target is reached.

    Values in the target's unit (money in minor units).
    """

    p10: Fraction
    p50: Fraction
    p90: Fraction
    p_reach: float


@dataclass(frozen=True, slots=True)
class NoProjection:
    """Why nothing is said about the end: "no_target", "too_early" (under a third is due), "no_sizes"."""

    reason: str


def expected_by(
    target: Target, period: Period, at: date, calendar: Calendar, habit: Habit = NO_HABIT
) -> Expected:
    """What of the target is due by the close of `at`: by the rep's available days, and by habit.

    Each stretch of the target's course falls due over its own available days, all alike by the days, by habit each
    with what usually comes in on it. Habit weighs as much as its past periods are worth (`trust`).
    """
    return expected_on((at,), target, period, calendar, habit)[0]


def expected_on(
    days: Sequence[date], target: Target, period: Period, calendar: Calendar, habit: Habit = NO_HABIT
) -> list[Expected]:
    """The same by the close of each of many days."""
    coming = _coming(period, calendar, habit)
    return [_expected(target, period, day, coming) for day in days]


def _expected(target: Target, period: Period, at: date, coming: _Coming) -> Expected:
    value, habit = targets.expected_by(target, period, at, coming.calendar), coming.habit
    if habit.periods and period.start <= at < period.last and target.value:
        course = target.course or (Stretch(period, target.value),)
        usual = sum((part.value * coming.usual(part.days, at) for part in course), Fraction(0))
        value = habit.trust * usual + (1 - habit.trust) * value
    return Expected(value, value / target.value if target.value else Fraction(0))


@lru_cache(_KNOWN)
def _coming(period: Period, calendar: Calendar, habit: Habit) -> _Coming:
    return _Coming(period, calendar, habit)


@dataclass(slots=True)
class _Coming:
    """What of a period's total usually comes in on the days of a rep; each day is looked up once.

    A board asks for the same days of everybody who works alike.
    """

    period: Period
    calendar: Calendar
    habit: Habit
    _before: dict[date, Fraction] = field(default_factory=dict)
    _shares: dict[tuple[Period, date], Fraction] = field(default_factory=dict)

    def usual(self, days: Period, at: date) -> Fraction:
        """The share of what usually comes in on the rep's available days that does so by the close of `at`."""
        if (days, at) not in self._shares:
            whole = self._available(days)
            share = self._available(days.until(at)) / whole if whole else elapsed(days, at, self.calendar)
            self._shares[days, at] = share
        return self._shares[days, at]

    def _available(self, days: Period) -> Fraction:
        """The share of the total that usually comes in on those of the days on which the rep is available."""
        starts, ends = self.calendar.starts, self.calendar.ends
        first, end = max(days.start, starts or days.start), min(days.end, ends + _DAY if ends else days.end)
        if first >= end:
            return Fraction(0)
        off = (day for day in self.calendar.time_off if first <= day < end)
        lost = sum((self._by(day + _DAY) - self._by(day) for day in off), Fraction(0))
        return self._by(end) - self._by(first) - lost

    def _by(self, end: date) -> Fraction:
        """The share that usually comes in up to, not including, a day."""
        if end not in self._before:
            whole = self.calendar.working_days(self.period)
            gone = self.calendar.working_days(Period(PeriodKind.CUSTOM, self.period.start, end))
            self._before[end] = self.habit.by(gone / whole) if whole else Fraction(0)
        return self._before[end]


def projected_end(
    actual: Fraction, expected: Expected, target: Target, phi: float = 1, k: float = 10
) -> Projection | NoProjection:
    """The likely end of a count that stands at `actual`.

    The true ratio to the target's pace is Gamma(k + Y/phi, rate k + E/phi); what is still to come is Poisson around
    it, or scatters `phi` times as much.
    """
    if reason := _unsaid(expected, target):
        return NoProjection(reason)
    rest = _rest(actual, expected.value, target.value, phi, k)
    p10, p50, p90 = (actual + rest.percentile(share) for share in _PERCENTILES)
    return Projection(p10, p50, p90, 1 - rest.at_most(ceil(target.value - actual) - 1))


def projected_money(
    actual: Fraction,
    deals: Fraction,
    expected: Expected,
    target: Target,
    sizes: Sequence[int],
    seed: int,
    *,
    phi: float = 1,
    k: float = 10,
    draws: int = 2_000,
) -> Projection | NoProjection:
    """The likely end of won value that stands at `actual` (minor units) from so many `deals`.

    The deals still to come are projected as a count, at the mean of `sizes`: the minor units of the team's won deals,
    from which their sizes are then drawn.
    """
    import numpy as np

    if reason := _unsaid(expected, target):
        return NoProjection(reason)
    mean = Fraction(sum(sizes), len(sizes)) if sizes else Fraction(0)
    if mean <= 0:
        return NoProjection("no_sizes")
    random = np.random.Generator(np.random.PCG64(seed))
    more = _rest(deals, expected.value / mean, target.value / mean, phi, k).drawn(random, draws)
    drawn = random.choice(np.asarray(sizes, float), int(more.sum()))
    sums = np.bincount(np.repeat(np.arange(draws), more), drawn, draws)
    found = np.quantile(sums, _PERCENTILES, method="inverted_cdf")
    p10, p50, p90 = (actual + round(value) for value in found.tolist())
    return Projection(p10, p50, p90, float((sums >= float(target.value - actual)).mean()))


def _unsaid(expected: Expected, target: Target) -> str | None:
    if target.value <= 0:
        return "no_target"
    return "too_early" if expected.share < EARLIEST else None


def _rest(actual: Fraction, expected: Fraction, target: Fraction, phi: float, k: float) -> _Rest:
    left = max(target - expected, Fraction(0))
    return _Rest(k + float(actual) / phi, k + float(expected) / phi, float(left), phi)


@dataclass(frozen=True, slots=True)
class _Rest:
    """The count still to come, where `left` of the target is: Poisson (phi 1 or less) or wider around rho * left.

    rho is Gamma(shape, rate).
    """

    shape: float
    rate: float
    left: float
    phi: float

    def at_most(self, count: int) -> float:
        """The probability of so many or fewer."""
        from scipy.special import betainc, gammaincinv

        if count < 0 or not self.left:
            return float(count >= 0)
        if self.phi <= 1:
            return float(betainc(self.shape, count + 1, self.rate / (self.rate + self.left)))
        middles = [(cell + 0.5) / _CELLS for cell in range(_CELLS)]
        means = gammaincinv(self.shape, middles) / self.rate * self.left
        return float(betainc(means / (self.phi - 1), count + 1, 1 / self.phi).mean())

    def percentile(self, share: float) -> int:
        """The smallest count that is not exceeded with the probability `share`."""
        mean = self.shape / self.rate * self.left
        sd = sqrt(mean * max(self.phi, 1) + self.shape * (self.left / self.rate) ** 2)
        return bisect_left(range(ceil(mean + _BEYOND * sd) + 1), share, key=self.at_most)

    def drawn(self, random: Generator, draws: int) -> NDArray[np.int64]:
        """So many counts."""
        means = random.gamma(self.shape, 1 / self.rate, draws) * self.left
        if self.phi <= 1 or not self.left:
            return random.poisson(means)
        return random.negative_binomial(means / (self.phi - 1), 1 / self.phi)
