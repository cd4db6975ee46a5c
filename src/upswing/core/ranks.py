"""Rank groups: who can be told apart from the others, and between which places a rep lies. Never places 1 to n.

And what a team that decided for a ranking may read of them: the clear top by name, and one's own row.
"""

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
MINIMUM_ALIKE = 5
"""Among fewer others than this one could count who is left below, so they are not counted."""
USUAL_SCATTER = 1.5
MINIMUM_FREEDOM = 10
"""With fewer degrees of freedom than this nothing is learnt about the scatter of a count, and it is the usual one."""

_INTERVAL = (0.05, 0.95)


class Basis(StrEnum):
    """What is compared: the effort of a period, or how it stands to one's own period before."""

    EFFORT = "effort"
    IMPROVEMENT = "improvement"


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


class Silence(StrEnum):
    """Why nobody is named."""

    TOO_FEW = "too_few"
    ALIKE = "alike"
    MOST_AHEAD = "most_ahead"


@dataclass(frozen=True, slots=True)
class Told:
    """What one reader may know: who is clearly ahead, in the order given, else why nobody is named.

    `own` is the reader's standing, None where they are not placed; `alike` how many others in the middle they cannot
    be told apart from, None where the count would tell who is below.
    """

    ahead: tuple[str, ...]
    silence: Silence | None
    own: Standing | None
    alike: int | None
    placed: int


def told(groups: Sequence[Group], reader: str) -> Told:
    """What `reader` may know of the groups. Nobody below is ever named, nor found as the one left over.

    Where more than half are ahead nobody is named: that would point at the rest.
    """
    ahead = tuple(each.rep for each in groups if each.group is Standing.ABOVE)
    own = next((each.group for each in groups if each.rep == reader), None)
    middle = sum(each.group is Standing.TOGETHER for each in groups) - 1
    alike = middle if own is Standing.TOGETHER and middle >= MINIMUM_ALIKE else None
    silence = None
    if not groups:
        silence = Silence.TOO_FEW
    elif not ahead:
        silence = Silence.ALIKE
    elif 2 * len(ahead) > len(groups):
        ahead, silence = (), Silence.MOST_AHEAD
    return Told(ahead, silence, own, alike, len(groups))


def scatter(parts: NDArray[np.float64], days: NDArray[np.float64]) -> float:
    """How much more than chance a count scatters from one part of a period to the next: variance / mean, at least 1.

    `parts` are what each rep had in each part, `days` the working days they had there, both of shape (reps, parts).
    Each rep is weighed against their own mean alone, so that reps who differ add nothing.
    """
    working = days.sum(axis=1, keepdims=True)
    expected = np.divide(
        parts.sum(axis=1, keepdims=True) * days, working, out=np.zeros_like(days, float), where=working > 0
    )
    counted = expected > 0
    freedom = int(counted.sum() - counted.any(axis=1).sum())
    if freedom < MINIMUM_FREEDOM:
        return USUAL_SCATTER
    squares = (parts[counted] - expected[counted]) ** 2 / expected[counted]
    return max(1.0, float(squares.sum()) / freedom)


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
