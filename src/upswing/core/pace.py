"""Pace: how much of a target is due by a day, as days and habit have it, and where the period is likely to end."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import ceil, sqrt
from typing import TYPE_CHECKING

from upswing.core import targets
from upswing.core.calendar import Calendar
from upswing.core.period import Period
from upswing.core.season import Season
from upswing.core.targets import Stretch, Target, counterpart

if TYPE_CHECKING:
    import numpy as np
    from numpy.random import Generator
    from numpy.typing import NDArray

MOST_PERIODS = 4
EARLIEST = Fraction(1, 3)
"""Before this share of the target is due, nothing is said about the end."""

_PRIOR_PERIODS = 4
_CELLS = 200
_PERCENTILES = (0.1, 0.5, 0.9)
_BEYOND = 3
"""No 90th percentile lies more standard deviations above its mean (Cantelli)."""


@dataclass(frozen=True, slots=True)
class Past:
    """A complete earlier period: what was counted on each of its days, in order and in any unit.

    Raises ValueError unless there is one number for each day.
    """

    period: Period
    daily: tuple[int, ...]

    def __post_init__(self) -> None:
        if len(self.daily) != self.period.days:
            raise ValueError(f"{self.period.slug} has {self.period.days} days, not {len(self.daily)}.")

    @property
    def total(self) -> int:
        """Everything counted in the period."""
        return sum(self.daily)

    def share_by(self, day: date) -> Fraction:
        """The share of the total that was there by the close of the day."""
        return Fraction(sum(self.daily[: self.period.until(day).days]), self.total)


@dataclass(frozen=True, slots=True)
class Curve:
    """How a target falls due over a period: by available days, weighted by the season, and as in past periods.

    `past`: comparable complete periods; the four most recent in which anything was counted are used. Past days are
    compared at the same share of working days.
    """

    period: Period
    calendar: Calendar
    season: Season | None = None
    past: tuple[Past, ...] = ()

    @property
    def used(self) -> tuple[Past, ...]:
        """The past periods that count, most recent first."""
        some = sorted(
            (past for past in self.past if past.total > 0), key=lambda past: past.period, reverse=True
        )
        return tuple(some[:MOST_PERIODS])

    @property
    def trust(self) -> Fraction:
        """The weight of habit, n / (n + 4) for n past periods."""
        return Fraction(len(self.used), len(self.used) + _PRIOR_PERIODS)

    def habit(self, at: date) -> Fraction:
        """The mean share that the past periods had by the same part of their working days; 0 without any."""
        used = self.used if at >= self.period.start else ()
        days = [(past, counterpart(self.period, at, past.period, self.calendar)) for past in used]
        return sum((past.share_by(day) for past, day in days), Fraction(0)) / max(len(days), 1)

    def due(self, target: Target, at: date) -> Fraction:
        """How much of the target is due by its days alone: each stretch of its course evenly, or by season."""
        if not self.season:
            return targets.expected_by(target, self.period, at, self.calendar)
        course = target.course or (Stretch(self.period, target.value),)
        return sum((part.value * self._elapsed(self.season, part.days, at) for part in course), Fraction(0))

    def _elapsed(self, season: Season, days: Period, at: date) -> Fraction:
        whole = season.weighted(days, self.calendar.available_days)
        gone = season.weighted(days.until(at), self.calendar.available_days)
        return gone / whole if whole else Fraction(1)


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


def expected_by(target: Target, curve: Curve, at: date) -> Expected:
    """How much of the target is due by the close of `at`. Without past and season: `targets.expected_by`, exactly."""
    trust = curve.trust
    value = trust * target.value * curve.habit(at) + (1 - trust) * curve.due(target, at)
    return Expected(value, value / target.value if target.value else Fraction(0))


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
