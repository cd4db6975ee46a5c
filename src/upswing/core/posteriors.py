"""Shrink: what a rep's rate or count says, next to the group's, by exactly as much as the data allow.

A group's rates scatter around a mean μ with a strength M that is not known, so neither is plugged in: every pair on a
grid is weighed by how well it explains all of them, and a rep's posterior is the mixture over the grid. Rates:
θ ~ Beta(μM, (1-μ)M). Counts: actual / expected θ ~ Gamma(k, rate k/ℓ). Nothing is drawn except by `draws`.
(Gelman et al., Bayesian Data Analysis, 5.3 and 2.6.)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import astuple, dataclass
from math import log, sqrt
from operator import mul
from typing import TypeVar

import numpy as np
from scipy.special import expit, gammaln, log_expit, logit

from upswing.core.mixtures import Array, Betas, Gammas, Mixture

DRAWS = 2_000

_STEPS = np.linspace(-1, 1, 81)
_SPREAD = 1.2
"""Standard deviation of the logarithm of a strength, before any data."""
_TAIL = 0.1


@dataclass(frozen=True, slots=True)
class Rate:
    """`hits` of `trials`; parts of a record are allowed. Raises ValueError unless 0 <= hits <= trials."""

    hits: float
    trials: float

    def __post_init__(self) -> None:
        if not 0 <= self.hits <= self.trials:
            raise ValueError(f"{self.hits} of {self.trials} is no rate: hits lie between 0 and the trials.")


@dataclass(frozen=True, slots=True)
class Count:
    """`actual` records where `expected` were.

    Raises ValueError below 0, and for records where nothing was expected: there is nothing to compare them with.
    """

    actual: float
    expected: float

    def __post_init__(self) -> None:
        if min(self.actual, self.expected) < 0 or (self.actual and not self.expected):
            raise ValueError(
                f"{self.actual} against {self.expected} expected cannot be weighed; leave it out."
            )


Seen = TypeVar("Seen", Rate, Count)


@dataclass(frozen=True, slots=True)
class Estimate:
    """The posterior mean of a rate (a share 0-1) or of actual / expected, with its 80 % interval.

    `n`: the trials or the expected records of its own behind it. `alone`: nobody else in the group has any.
    """

    mean: float
    low: float
    high: float
    n: float
    alone: bool = False


def rates(group: Sequence[Rate]) -> tuple[Estimate, ...]:
    """Each rep's true rate, in the order given; without trials the group's, wide."""
    return _estimates(_beta(group), [rate.trials for rate in group]) if group else ()


def counts(group: Sequence[Count], phi: float = 1) -> tuple[Estimate, ...]:
    """Each rep's true actual / expected, in the order given; `phi` is the variance / mean of a count.

    Raises ValueError where nothing was expected of anybody.
    """
    return _estimates(_gamma(group, phi), [count.expected for count in group]) if group else ()


def draws(group: Sequence[Rate] | Sequence[Count], seed: int, number: int = DRAWS, phi: float = 1) -> Array:
    """Joint draws of all true values, shape (number, reps).

    The reps of one draw share the group's mean and strength.
    """
    if not group:
        return np.empty((number, 0))
    counted = [each for each in group if isinstance(each, Count)]
    mixture = _gamma(counted, phi) if counted else _beta([each for each in group if isinstance(each, Rate)])
    return mixture.drawn(np.random.Generator(np.random.PCG64(seed)), number)


def recent(newest_first: Sequence[Seen], half_life: float = 1) -> Seen:
    """Several periods as one: a period `half_life` periods older weighs half. At least one is needed."""
    fade = [0.5 ** (age / half_life) for age in range(len(newest_first))]
    columns = zip(*map(astuple, newest_first), strict=True)
    kind = type(newest_first[0])
    return kind(*(sum(map(mul, fade, column)) for column in columns))


def _beta(group: Sequence[Rate]) -> Mixture:
    hits, trials = np.array([astuple(rate) for rate in group], float).T
    misses = trials - hits

    def weight(strength: Array, t: Array) -> Array:
        a, b = strength * expit(t), strength * expit(-t)
        seen = _rise(a, hits) + _rise(b, misses) - _rise(strength, trials)
        return np.asarray(seen.sum(axis=-1) + (log_expit(t) + log_expit(-t))[..., 0])

    centre = logit((hits.sum() + 0.5) / (trials.sum() + 1))
    weights, strength, t = _grid(np.geomspace(3, 3_000, 16), 50, centre, 4, weight)
    return Betas(weights, strength * expit(t) + hits, strength * expit(-t) + misses)


def _gamma(group: Sequence[Count], phi: float) -> Mixture:
    actual, expected = np.array([astuple(count) for count in group], float).T / phi
    if not expected.any():
        raise ValueError("Nothing was expected of anybody, so there is nothing to compare with.")

    def weight(strength: Array, t: Array) -> Array:
        rate = strength * np.exp(-t)
        seen = _rise(strength, actual) + strength * np.log(rate)
        return np.asarray((seen - (strength + actual) * np.log(rate + expected)).sum(axis=-1))

    centre = log((actual.sum() + 0.5) / (expected.sum() + 0.5))
    weights, strength, t = _grid(np.geomspace(1, 1_000, 16), 10, centre, 3, weight)
    return Gammas(weights, strength + actual, strength * np.exp(-t) + expected)


def _rise(start: Array, by: Array) -> Array:
    """The logarithm of Γ(start + by) / Γ(start)."""
    return np.asarray(gammaln(start + by) - gammaln(start))


def _grid(
    strengths: Array, typical: float, centre: float, reach: float, weight: Callable[[Array, Array], Array]
) -> tuple[Array, Array, Array]:
    """Weights (cells), strengths and places (cells, 1): the grid laid twice, the second time where the weight is.

    One fixed grid is too coarse for many trials, and reaches no rate below 1 %.
    """
    prior = -0.5 * (np.log(strengths / typical) / _SPREAD) ** 2

    def laid(centre: float, reach: float) -> tuple[Array, Array]:
        t = centre + reach * _STEPS
        logs = weight(strengths[:, None, None], t[:, None]) + prior[:, None]
        weights = np.exp(logs - logs.max())
        return weights / weights.sum(), t

    weights, t = laid(centre, reach)
    across = weights.sum(axis=0)
    mean = float(across @ t)
    sd = sqrt(float(across @ (t - mean) ** 2))
    weights, t = laid(mean, 5 * max(sd, reach * (_STEPS[1] - _STEPS[0]) / 2))
    strength, place = np.broadcast_arrays(strengths[:, None], t)
    return weights.ravel(), strength.reshape(-1, 1), place.reshape(-1, 1)


def _estimates(mixture: Mixture, own: Sequence[float]) -> tuple[Estimate, ...]:
    mean, _ = mixture.mean_and_sd()
    main = mixture.main()
    low, high = main.quantile(_TAIL), main.quantile(1 - _TAIL)
    columns = (mean.tolist(), low.tolist(), high.tolist(), own)
    return tuple(
        Estimate(mid, start, end, n, alone=sum(own) == n) for mid, start, end, n in zip(*columns, strict=True)
    )
