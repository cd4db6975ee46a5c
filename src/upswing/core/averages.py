"""The mean of amounts of which most are nothing, such as what a lead brings, or a share; and how sure it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np

FEWEST, FEWEST_AMOUNTS = 10, 5
"""Things, and amounts among them, from which on a mean says something."""
DRAWS = 2_000
MANY = 200
"""Amounts from which on the mean scatters as a normal one; below, the things are drawn again."""
_TAIL = 0.1
_NORMAL = 1.2816
"""The normal distribution's quantile at 1 - _TAIL."""


@dataclass(frozen=True, slots=True)
class Average:
    """The mean, with its 80 % interval, in the unit of the amounts; of a share all three are 0 to 1."""

    mean: float
    low: float
    high: float


def average(amounts: Sequence[int], things: int, seed: int) -> Average | None:
    """The mean over so many `things`, of which `amounts` are those that are not nothing; None for too few of either.

    The interval is how far the mean moves when the things are drawn anew from themselves (Efron and Tibshirani, An
    Introduction to the Bootstrap, 13). Raises ValueError for more amounts than things.
    """
    if len(amounts) > things:
        raise ValueError(f"{len(amounts)} amounts are more than {things} things.")
    if things < FEWEST or len(amounts) < FEWEST_AMOUNTS:
        return None
    values = np.array(amounts, float)
    mean = float(values.sum() / things)
    if len(amounts) < MANY:
        low, high = np.quantile(_drawn(values, things, seed), (_TAIL, 1 - _TAIL)).tolist()
    else:
        off = _NORMAL * sqrt((float(values @ values) / things - mean**2) / things)
        low, high = mean - off, mean + off
    return Average(mean, low, high)


def share(hits: int, things: int) -> Average | None:
    """The share of `things` that are hits, judged from these alone; None for too few things.

    The interval is Wilson's (Probable Inference, the Law of Succession, and Statistical Inference, 1927): it always
    holds the share, and of no hit among n it reaches from 0 to z²/(n + z²).
    Raises ValueError for more hits than things.
    """
    if not 0 <= hits <= things:
        raise ValueError(f"{hits} of {things} is no share.")
    if things < FEWEST:
        return None
    more = _NORMAL**2
    centre = (hits + more / 2) / (things + more)
    off = _NORMAL * sqrt(hits * (things - hits) / things + more / 4) / (things + more)
    return Average(hits / things, centre - off if hits else 0.0, centre + off if hits < things else 1.0)


def _drawn(values: np.ndarray, things: int, seed: int) -> np.ndarray:
    """Means of DRAWS times so many things: how often each amount comes, and how often nothing."""
    chances = np.append(np.full(len(values), 1 / things), 1 - len(values) / things)
    often = np.random.Generator(np.random.PCG64(seed)).multinomial(things, chances, DRAWS)
    return np.asarray(often[:, :-1] @ values / things)
