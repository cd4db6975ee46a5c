"""A range around a total: as wide as past errors have earned, or drawn deal by deal with one shock shared by all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import exp, fsum, log, sqrt

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

WINDOWS_TO_VERIFY = 8
"""With fewer resolved windows a range is not yet verified."""
USUAL_ERROR = 0.30
"""Standard deviation of the logarithm of actual / forecast, before any window."""
USUAL_SHOCK = 0.4
DRAWS = 4_000

_USUAL_COUNTS = 4
"""The usual error weighs as much as so many windows."""
_TENTH = 1.2816
_LEAST_ERROR = log(1.3) / _TENTH
_FARTHEST = 700.0
"""Beyond this factor's logarithm there is no number left."""
_SHARES = (0.1, 0.5, 0.9)
_AT_ONCE = 1 << 17
"""So many deals times draws are held in memory."""


@dataclass(frozen=True, slots=True)
class Interval:
    """The 10, 50 and 90 % points. `windows` made it; `left_out` could not: forecast or actual was not above 0."""

    low: float
    middle: float
    high: float
    verified: bool = False
    windows: int = 0
    left_out: int = 0

    def times(self, share: float) -> Interval:
        """The range of a share of the total."""
        return replace(self, low=self.low * share, middle=self.middle * share, high=self.high * share)


def range_from_errors(total: float, pairs: Sequence[tuple[float, float]]) -> Interval:
    """The range of a total after resolved windows, each a forecast and what came.

    The usual error counts as four windows; below eight windows a range reaches at least
    from total / 1.3 to total * 1.3. A total of 0 has no range.
    """
    errors = _errors(pairs)
    spread = _spread(errors)
    verified = len(errors) >= WINDOWS_TO_VERIFY
    reach = _TENTH * (spread if verified else max(spread, _LEAST_ERROR))
    return _reaching(total, reach, errors, pairs, verified=verified)


def range_from_overlapping(
    total: float, pairs: Sequence[tuple[float, float]], apart: float, *, verified: bool
) -> Interval:
    """The same of windows that overlap: `apart` is the step from one to the next as a share of their length, 0-1.

    What overlaps tells less: the range is Student's, of as many windows as would lie side by side, and wider by what
    their mean error itself is unsure of. The caller knows whether enough were scored to call it verified.
    """
    errors = _errors(pairs)
    beside = len(errors) * apart
    spread = _spread(errors)
    reach = (
        float(stdtrit(_USUAL_COUNTS + beside, _SHARES[-1])) * spread * sqrt(1 + 1 / (_USUAL_COUNTS + beside))
    )
    return _reaching(total, reach if verified else max(reach, log(1.3)), errors, pairs, verified=verified)


def shock(pairs: Sequence[tuple[float, float]]) -> float:
    """The sigma to simulate with: the standard deviation of past errors from eight windows on, before it the usual."""
    errors = _errors(pairs)
    return float(np.std(errors, ddof=1)) if len(errors) >= WINDOWS_TO_VERIFY else USUAL_SHOCK


def simulate(
    chances: NDArray[np.float64],
    amounts: NDArray[np.float64],
    extra: float,
    sigma: float,
    seed: int,
    draws: int = DRAWS,
    spread: float = 0.0,
) -> Interval:
    """The range of what the open deals and the new business `extra` bring; see `drawn`."""
    totals = drawn(chances, amounts, extra, sigma, seed, draws, spread)
    return Interval(*np.quantile(totals, _SHARES).tolist())


def drawn(
    chances: NDArray[np.float64],
    amounts: NDArray[np.float64],
    extra: float,
    sigma: float,
    seed: int,
    draws: int = DRAWS,
    spread: float = 0.0,
) -> NDArray[np.float64]:
    """Totals, shape (draws,): a shock multiplies all odds and the new business alike, then each deal is won or not.

    `sigma` is the standard deviation of its logarithm; `spread` that of the new business beside it. The draws are
    scaled so that their mean over all shocks is the total; without shock and doubt each draw is the total itself.
    Deals come in a settled order, for the order decides the draws. Raises ValueError for a chance outside 0 to 1, a
    sigma, spread or extra below 0, or no draws.
    """
    if min(extra, sigma, spread) < 0 or draws < 1 or ((chances < 0) | (chances > 1)).any():
        raise ValueError(
            "Chances lie between 0 and 1; extra, sigma and spread are 0 or more, draws 1 or more."
        )
    random = np.random.Generator(np.random.PCG64(seed))
    shocks = np.exp(sigma * random.standard_normal(draws) - sigma**2 / 2)
    new = np.exp(spread * random.standard_normal(draws) - spread**2 / 2) * shocks * extra
    won, expected = np.empty(draws), shocks * extra
    for some, shares in _shocked(chances, shocks):
        won[some] = (random.random(shares.shape) < shares) @ amounts
        expected[some] += shares @ amounts
    return np.asarray((won + new) * _scale(float(amounts @ chances) + extra, expected))


def _spread(errors: Sequence[float]) -> float:
    """The size of an error, of which a usual one is known before any."""
    known = _USUAL_COUNTS * USUAL_ERROR**2 + fsum(error**2 for error in errors)
    return sqrt(known / (_USUAL_COUNTS + len(errors)))


def _reaching(
    total: float, reach: float, errors: Sequence[float], pairs: Sequence[object], *, verified: bool
) -> Interval:
    """From the total divided by to the total times the exponential of the reach."""
    reach = min(_FARTHEST, reach)
    low, high = sorted((total * exp(-reach), total * exp(reach)))
    return Interval(low, total, high, verified, len(errors), len(pairs) - len(errors))


def _errors(pairs: Sequence[tuple[float, float]]) -> list[float]:
    return [log(actual) - log(forecast) for forecast, actual in pairs if min(forecast, actual) > 0]


def _shocked(
    chances: NDArray[np.float64], shocks: NDArray[np.float64]
) -> Iterator[tuple[slice, NDArray[np.float64]]]:
    """The chances under some of the shocks at a time, shape (some shocks, deals), and which shocks these are."""
    rows = max(1, _AT_ONCE // max(1, len(chances)))
    for start in range(0, len(shocks), rows):
        some = slice(start, start + rows)
        raised = chances * shocks[some, None]
        yield some, raised / (1 - chances + raised)


def _scale(total: float, expected: NDArray[np.float64]) -> float:
    """What takes the mean over the shocks to the total; 1 where all expect the same."""
    mean = float(expected.mean())
    return total / mean if mean > 0 and np.ptp(expected) > 0 else 1.0
