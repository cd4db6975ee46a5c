"""Score forecasts in public: how far off, on which side, how often inside the range, and which one was better."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaincinv

Floats = NDArray[np.float64]

FEWEST_BLOCKS = 5
"""Four independent blocks all on one side still happen by chance once in eight times; five are the least to tell."""
DRAWS = 2_000

_CLIP = 1e-4
_EIGHTY = (0.1, 0.9)
_NINETY = (0.05, 0.95)


@dataclass(frozen=True, slots=True)
class Window:
    """A resolved window: the forecast made before it, what came, and the 80 % range where one was given."""

    forecast: float
    actual: float
    low: float | None = None
    high: float | None = None

    @property
    def error(self) -> float:
        """Forecast less actual."""
        return self.forecast - self.actual


@dataclass(frozen=True, slots=True)
class Scores:
    """Shares; None where there is nothing to divide by.

    `wape`: errors by what came, `bias`: the same with its sign, above 0 where the forecasts were high; both None unless
    something came. `mape`: the mean of error by actual, over windows with an actual above 0. `coverage`: actuals inside
    their range, of the windows that had one.
    """

    wape: float | None
    mape: float | None
    bias: float | None
    coverage: float | None
    n: int


@dataclass(frozen=True, slots=True)
class Bin:
    """Deals with chances from `start` to `end`: the mean chance, the share won, and its 80 % interval."""

    start: float
    end: float
    n: int
    chance: float
    won: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a forecast was better than another, and the 90 % interval of its mean error less the other's.

    The interval is None with fewer than five independent blocks: too few windows to tell.
    """

    better: bool
    low: float | None
    high: float | None


def score(windows: Sequence[Window]) -> Scores:
    """The scores of all windows given; none is dropped."""
    came = fsum(window.actual for window in windows)
    relative = [abs(window.error) / window.actual for window in windows if window.actual > 0]
    inside = [
        window.low <= window.actual <= window.high
        for window in windows
        if window.low is not None and window.high is not None
    ]
    return Scores(
        wape=fsum(abs(window.error) for window in windows) / came if came > 0 else None,
        mape=fsum(relative) / len(relative) if relative else None,
        bias=fsum(window.error for window in windows) / came if came > 0 else None,
        coverage=sum(inside) / len(inside) if inside else None,
        n=len(windows),
    )


def brier(chances: Floats, outcomes: Floats) -> float | None:
    """The mean square of chance less outcome (1 won, 0 not): 0 is perfect, always one half scores 0.25."""
    return float(((chances - outcomes) ** 2).mean()) if len(_paired(chances, outcomes)) else None


def log_loss(chances: Floats, outcomes: Floats) -> float | None:
    """The mean of -log of the chance given to what happened; no chance counts as more sure than 1 in 10,000."""
    if not len(_paired(chances, outcomes)):
        return None
    sure = np.clip(chances, _CLIP, 1 - _CLIP)
    return float(-np.where(outcomes > 0, np.log(sure), np.log1p(-sure)).mean())


def crps(draws: Floats, y: float) -> float:
    """How far draws lie from what came, in its unit; of a single draw the absolute error. (Gneiting, Raftery 2007.)"""
    n = len(draws)
    if not n:
        raise ValueError("Nothing was drawn, so nothing can be scored.")
    ranks = 2 * np.arange(1, n + 1) - n - 1
    return float(np.abs(draws - y).mean() - ranks @ np.sort(draws) / n**2)


def pit(draws: Floats, y: float) -> float:
    """The share of draws below what came, ties half: if the draws are right, evenly spread from 0 to 1 over windows."""
    if not len(draws):
        raise ValueError("Nothing was drawn, so nothing can be scored.")
    return float((draws < y).mean() + (draws == y).mean() / 2)


def reliability(chances: Floats, outcomes: Floats, bins: int = 10) -> tuple[Bin, ...]:
    """Of deals given about the same chance, how many were won; bins without deals are left out, 1 is in the last."""
    places = np.minimum((_paired(chances, outcomes) * bins).astype(int), bins - 1)
    return tuple(
        _bin(place / bins, (place + 1) / bins, chances[places == place], outcomes[places == place])
        for place in np.unique(places).tolist()
    )


def better(a: Floats, b: Floats, actual: Floats, block: int, seed: int, draws: int = DRAWS) -> Verdict:
    """Whether forecasts `a` were nearer than `b` by more than chance, window by window in the order of time.

    Windows that overlap share their luck, so they are drawn in rows of `block` (as many as one horizon touches), the
    last followed by the first.
    """
    gains = np.abs(a - actual) - np.abs(b - actual)
    n = len(gains)
    if block < 1 or n < FEWEST_BLOCKS * block:
        return _too_few(block)
    random = np.random.Generator(np.random.PCG64(seed))
    starts = random.integers(0, n, (draws, -(-n // block), 1))
    places = ((starts + np.arange(block)) % n).reshape(draws, -1)[:, :n]
    low, high = np.quantile(gains[places].mean(axis=1), _NINETY).tolist()
    return Verdict(high < 0, low, high)


def _too_few(block: int) -> Verdict:
    if block < 1:
        raise ValueError(f"A block is one window or more, not {block}.")
    return Verdict(better=False, low=None, high=None)


def _paired(chances: Floats, outcomes: Floats) -> Floats:
    if chances.shape != outcomes.shape or ((chances < 0) | (chances > 1)).any():
        raise ValueError("Each outcome has its chance, between 0 and 1.")
    return chances


def _bin(start: float, end: float, chances: Floats, outcomes: Floats) -> Bin:
    """The interval is that of Beta(won + 1/2, not won + 1/2)."""
    n, won = len(chances), float(outcomes.sum())
    low, high = betaincinv(won + 0.5, n - won + 0.5, _EIGHTY).tolist()
    return Bin(start, end, n, float(chances.mean()), won / n, low, high)
