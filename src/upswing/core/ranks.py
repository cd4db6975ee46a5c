"""Rank groups: who can be told apart from the others, and between which places a rep lies. Never places 1 to n."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from upswing.core.metrics.metric import Better

MINIMUM_REPS = 5
MINIMUM_EXPECTED = 10
"""Whoever is expected to have fewer records than this is not placed."""

_INTERVAL = (0.05, 0.95)


class Standing(StrEnum):
    """Which side of the others a rep is on, as far as that can be told."""

    ABOVE = "above"
    TOGETHER = "together"
    BELOW = "below"


@dataclass(frozen=True, slots=True)
class Group:
    """A rep's standing, and the best and worst place (1 is the best) they hold in 90 % of the draws."""

    rep: str
    group: Standing
    low_place: int
    high_place: int


def rank_groups(
    reps: Sequence[str],
    draws: NDArray[np.float64],
    expected: Sequence[float],
    better: Better = Better.HIGHER,
    threshold: float = 0.975,
) -> tuple[Group, ...]:
    """The reps who may be compared, in the order given.

    `draws` are joint draws of their true values, shape (n_draws, reps), as `posteriors.draws` makes them;
    `expected` the records each is expected to have. Above or below: more probable than `threshold` that the true
    value is on that side of the mean of the others. Fewer than 5 reps with 10 expected records: nobody.
    """
    placed = [place for place, records in enumerate(expected) if records >= MINIMUM_EXPECTED]
    if len(placed) < MINIMUM_REPS:
        return ()
    values = draws[:, placed] if better is Better.HIGHER else -draws[:, placed]
    above = _chance_above_the_others(values)
    lows, highs = np.quantile(_places(values), _INTERVAL, axis=0, method="inverted_cdf").astype(int)
    return tuple(
        Group(reps[place], _standing(chance, threshold), low, high)
        for place, chance, low, high in zip(
            placed, above.tolist(), lows.tolist(), highs.tolist(), strict=True
        )
    )


def _chance_above_the_others(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """A tie is half above, so that equals stay together."""
    others = (values.sum(axis=1, keepdims=True) - values) / (values.shape[1] - 1)
    return np.asarray((values > others).mean(axis=0) + (values == others).mean(axis=0) / 2)


def _places(values: NDArray[np.float64]) -> NDArray[np.int64]:
    """In each draw, one more than the reps who are better; those who tie share a place."""
    better = [(values > values[:, [rep]]).sum(axis=1) for rep in range(values.shape[1])]
    return np.stack(better, axis=1) + 1


def _standing(above: float, threshold: float) -> Standing:
    if above > threshold:
        return Standing.ABOVE
    return Standing.BELOW if above < 1 - threshold else Standing.TOGETHER
