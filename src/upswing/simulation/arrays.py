"""Names for arrays, and the few operations on them that numpy lacks. Days are counted from 1970-01-01."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Array = npt.NDArray[Any]

NEVER = np.int64(2**40)
"""Stands for a day or an instant that does not come: later than all others, written as an empty cell."""


def chance(log_odds: Floats) -> Floats:
    """The share with these log-odds."""
    return 1 / (1 + np.exp(-log_odds))


def poisson(uniform: Floats, mean: Floats) -> Ints:
    """Counts with these means by inversion: one uniform number each, and growing with the mean."""
    most = int(np.ceil(mean.max(initial=0) + 10 * np.sqrt(mean.max(initial=0)) + 12))
    count = np.arange(most)
    logs = np.concatenate([[0.0], np.cumsum(np.log(np.arange(1, most)))])
    safe = np.maximum(mean, 1e-12)[:, None]
    below = np.cumsum(np.exp(count * np.log(safe) - safe - logs), axis=1)
    return np.asarray((below < uniform[:, None]).sum(axis=1))


def within(counts: Ints) -> Ints:
    """0, 1, 2 … within each group of so many."""
    ends = np.cumsum(counts)
    return np.arange(int(ends[-1]) if len(ends) else 0) - np.repeat(ends - counts, counts)


def pick(uniform: Floats, weights: tuple[float, ...] | Floats) -> Ints:
    """Which of the weighted choices each uniform number falls on."""
    edges = np.cumsum(np.asarray(weights, dtype=float))
    return np.minimum(np.searchsorted(edges / edges[-1], uniform, side="right"), len(edges) - 1).astype(
        np.int64
    )
