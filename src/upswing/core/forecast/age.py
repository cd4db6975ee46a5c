"""The chance of a win by age: how often deals of an age are won or lost on the next day, and what follows from it.

Won and lost are competing ends, and deals still open are cut off, not lost (Aalen and Johansen, 1978). Ages are whole
days; the age of a deal is that at the close of a day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from math import fsum

import numpy as np
from numpy.typing import NDArray

Shares = NDArray[np.float64]
Ages = NDArray[np.int64]

WINDOWS_FOR_RESCALING = 6
"""Over at most so many past windows what was predicted is compared with what came."""


class End(IntEnum):
    """How a spell ended: not yet, with a win, or with a loss."""

    OPEN = 0
    WON = 1
    LOST = 2


@dataclass(frozen=True, slots=True, eq=False)
class Spells:
    """Deals under observation, one place each: at risk on the ages `entry` to `exit`, both included.

    A deal known from its first day enters at 0, one known only later at the first age on which its end would have been
    seen. `outcome` holds what happened on the day of `exit`. Raises ValueError where the three do not fit together.
    """

    entry: Ages
    exit: Ages
    outcome: Ages

    def __post_init__(self) -> None:
        if not self.entry.shape == self.exit.shape == self.outcome.shape or self.entry.ndim != 1:
            raise ValueError("Spells have an entry, an exit and an outcome each.")
        if ((self.entry < 0) | (self.exit < self.entry)).any():
            raise ValueError("A spell starts at age 0 or later and does not end before it starts.")
        if not np.isin(self.outcome, list(End)).all():
            raise ValueError("A spell is open (0), won (1) or lost (2) at its end.")


@dataclass(frozen=True, slots=True, eq=False)
class Hazards:
    """The share of open deals won, and lost, on the day they reach an age: by age from 0, and beyond in the tail.

    `deal_days` and `wins` are what was observed; where `deal_days` is 0 the rates are those of the other deals.
    """

    won: Shares
    lost: Shares
    tail_won: float
    tail_lost: float
    deal_days: int = 0
    wins: int = 0

    def ahead(self, days: int) -> tuple[Shares, Shares]:
        """Won and lost by age from 0 to so many days past the first age of the tail, that one included."""
        tail = np.ones(days + 1)
        return (
            np.concatenate([self.won, self.tail_won * tail]),
            np.concatenate([self.lost, self.tail_lost * tail]),
        )


@dataclass(frozen=True, slots=True, eq=False)
class Incidence:
    """Of deals open now, the shares won, lost and open 0, 1, … days from now; the three add up to 1."""

    won: Shares
    lost: Shares
    open: Shares


def hazards(
    spells: Spells,
    smoothing: int = 5,
    prior: float = 20.0,
    least: int = 20,
    pooled: tuple[float, float] = (0.0, 0.0),
) -> Hazards:
    """Daily rates by age, each from the ages up to `smoothing` days around and `prior` deal-days of the average.

    Beyond the last age at which `least` deals are at risk there is one rate, drawn towards 0, so that dead deals do not
    revive. `pooled` are the rates, won and lost, that stand where no deal was observed.
    """
    if not len(spells.exit):
        return Hazards(np.empty(0), np.empty(0), *pooled)
    risk = covering(spells.entry, spells.exit, int(spells.exit.max()) + 1)
    known = int(np.flatnonzero(risk >= least).max(initial=-1)) + 1
    ends = {how: np.bincount(spells.exit[spells.outcome == how], minlength=len(risk)) for how in End}
    won, lost = (_smoothed(ends[how], risk, smoothing, prior)[:known] for how in (End.WON, End.LOST))
    beyond = float(risk[known:].sum()) + prior
    tail_won, tail_lost = (_share(float(ends[how][known:].sum()), beyond) for how in (End.WON, End.LOST))
    return Hazards(won, lost, tail_won, tail_lost, int(risk.sum()), int(ends[End.WON].sum()))


def win_within(hazards: Hazards, ages: Ages, after: int, until: int) -> Shares:
    """For each deal open now at an age, the chance that it is won more than `after` and up to `until` days from now.

    Nothing is won within no days. Raises ValueError for an age or `after` below 0.
    """
    if after < 0 or (ages < 0).any():
        raise ValueError(f"Ages and days ahead are 0 or more; {min([after, *ages.tolist()])} is not.")
    won, lost = hazards.ahead(max(until, 0))
    rows = max(len(hazards.won), 1)
    still, chance = np.ones(rows), np.zeros(rows)
    for day in range(1, until + 1):
        now = won[day : day + rows]
        if day > after:
            chance += still * now
        still *= np.maximum(1 - now - lost[day : day + rows], 0)
    return np.asarray(np.minimum(chance, 1.0)[np.minimum(ages, rows - 1)])


def incidence(hazards: Hazards, age: int, days: int) -> Incidence:
    """What becomes of deals open now at an age, day by day for so many days."""
    start = min(age, max(len(hazards.won) - 1, 0)) + 1
    won, lost = (each[start : start + days] for each in hazards.ahead(days))
    still = np.concatenate([[1.0], np.cumprod(np.maximum(1 - won - lost, 0))])
    gone_won, gone_lost = (np.concatenate([[0.0], np.cumsum(still[:-1] * each)]) for each in (won, lost))
    return Incidence(gone_won, gone_lost, still)


def rescaled(actual: Sequence[float], predicted: Sequence[float]) -> float:
    """The factor that past windows teach: what came by what was predicted, drawn towards 1 by one average window.

    1 without a window or where nothing was predicted. Raises ValueError for more than six windows: older ones mislead.
    """
    if len(actual) != len(predicted) or len(actual) > WINDOWS_FOR_RESCALING:
        raise ValueError(
            f"Give what was predicted and what came of the last {WINDOWS_FOR_RESCALING} windows at most, "
            f"not of {len(predicted)} and {len(actual)}."
        )
    mean = fsum(predicted) / len(predicted) if predicted else 0.0
    return _share(fsum(actual) + mean, fsum(predicted) + mean) if mean > 0 else 1.0


def covering(first: Ages, last: Ages, length: int) -> Ages:
    """How many of these stretches of ages, both ends included, hold each age from 0 to below `length`."""
    steps = np.bincount(first, minlength=length + 1) - np.bincount(last + 1, minlength=length + 1)
    return np.asarray(np.cumsum(steps)[:-1])


def _smoothed(ends: Ages, risk: Ages, reach: int, prior: float) -> Shares:
    """Ends by deals at risk around each age, with so many deal-days of the mean besides; the mean where nobody is."""
    mean = float(ends.sum() / risk.sum())
    weight = around(risk, reach) + prior
    seen = around(ends, reach) + prior * mean
    return np.asarray(np.divide(seen, weight, out=np.full(len(risk), mean), where=weight > 0))


def around(values: Ages, reach: int) -> Ages:
    """At each age the sum over the ages at most `reach` away."""
    sums = np.concatenate([[0], np.cumsum(values)])
    ages = np.arange(len(values))
    return np.asarray(sums[np.minimum(ages + reach + 1, len(values))] - sums[np.maximum(ages - reach, 0)])


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0
