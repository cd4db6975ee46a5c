"""One total from several forecasts: deals say which, the combination says how much."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp, fsum, inf, isfinite

import numpy as np
from numpy.typing import NDArray

WINDOWS_FOR_HALF = 4
"""After so many scored windows half the weight of a member comes from how well it did."""

_LEAST_ERROR = 0.01
"""Of the mean actual: nobody forecasts better than this for long."""
_REACH = 700.0
"""About the logarithm of the largest number there is: odds shifted further are 0 or without end."""
_HALVINGS = 64


@dataclass(frozen=True, slots=True)
class Total:
    """The combined forecast, and the share each member has in it; the shares add up to 1."""

    value: float
    weights: Mapping[str, float]


@dataclass(frozen=True, slots=True, eq=False)
class Reconciled:
    """Chances that add up to the open part; `unexplained` is what no chance of the open deals can make up.

    `shift` was added to the logarithm of all odds: infinite where the part lies outside what the deals allow.
    """

    chances: NDArray[np.float64]
    unexplained: float
    shift: float


def combine(forecasts: Mapping[str, float], errors: Mapping[str, float], n: int, actual_mean: float) -> Total:
    """The members' forecasts, weighed equally at first and, the more windows `n` are scored, by their mean errors.

    `errors` are mean absolute errors; those of members without a forecast today are passed over, and a member without
    one has its equal part alone. Raises ValueError for no forecast, one that is no number, or an error below 0.
    """
    if not forecasts or not all(map(isfinite, forecasts.values())):
        raise ValueError(f"Only forecasts that are numbers combine, at least one; not {dict(forecasts)}.")
    members = sorted(forecasts)
    skills = _skills({member: errors[member] for member in members if member in errors}, actual_mean)
    trust = n / (n + WINDOWS_FOR_HALF) if skills else 0.0
    weights = {member: (1 - trust) / len(members) + trust * skills.get(member, 0.0) for member in members}
    return Total(fsum(weights[member] * forecasts[member] for member in members), weights)


def reconcile(chances: NDArray[np.float64], amounts: NDArray[np.float64], part: float) -> Reconciled:
    """The chances of the open deals, shifted alike in their odds until amount times chance adds up to `part`.

    A chance of 0 or 1 stays, and so does the order of the others. A part below or above what the deals can make up
    takes the others to 0 or 1, and the rest is unexplained. Raises ValueError for a chance outside 0 to 1 or an amount
    below 0.
    """
    if ((chances < 0) | (chances > 1)).any() or (amounts < 0).any():
        raise ValueError("Chances lie between 0 and 1, amounts are 0 or more.")
    low, high = (float(amounts @ _shifted(chances, end)) for end in (-_REACH, _REACH))
    if low < part < high:
        shift = _shift(chances, amounts, part)
        return Reconciled(_shifted(chances, shift), 0.0, shift)
    end = inf if part > low else -inf
    taken = chances.astype(float) if low == high else _at_the_end(chances, end)
    return Reconciled(taken, part - float(amounts @ taken), 0.0 if low == high else end)


def _skills(errors: Mapping[str, float], actual_mean: float) -> dict[str, float]:
    """Shares by 1 / error²; adding up to 1, or none."""
    if any(not error >= 0 for error in errors.values()):
        raise ValueError(f"Errors are 0 or more; not {dict(errors)}.")
    floored = {member: max(error, _LEAST_ERROR * abs(actual_mean)) for member, error in errors.items()}
    best = min(floored.values(), default=0.0)
    raw = {member: (best / error) ** 2 if error else 1.0 for member, error in floored.items()}
    whole = fsum(raw.values())
    return {member: each / whole for member, each in raw.items()}


def _shift(chances: NDArray[np.float64], amounts: NDArray[np.float64], part: float) -> float:
    low, high = -_REACH, _REACH
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if float(amounts @ _shifted(chances, middle)) < part:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _shifted(chances: NDArray[np.float64], shift: float) -> NDArray[np.float64]:
    """The chances with that much added to the logarithm of their odds."""
    raised = chances * exp(shift)
    return np.asarray(raised / (1 - chances + raised))


def _at_the_end(chances: NDArray[np.float64], end: float) -> NDArray[np.float64]:
    free = (chances > 0) & (chances < 1)
    return np.where(free, 1.0 if end > 0 else 0.0, chances)
