"""Who takes over the open deals of a rep who leaves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from upswing.simulation.arrays import NEVER, Ints
from upswing.simulation.cast import SDR
from upswing.simulation.reps import Rep


def successors(reps: Sequence[Rep]) -> Mapping[int, tuple[int, int]]:
    """For each rep who leaves the day from which somebody else works on their deals, and who.

    It is the nearest earlier rep of the same team who sells and stays longer, so that further reps change nothing.
    """
    found: dict[int, tuple[int, int]] = {}
    for rep in reps:
        if rep.ends < NEVER:
            heir = next((other for other in reversed(reps[: rep.number]) if _can(other, rep)), None)
            if heir:
                found[rep.number] = (rep.ends, heir.number)
    return found


def _can(other: Rep, rep: Rep) -> bool:
    mine, theirs = rep.at(rep.ends - 1), other.at(rep.ends)
    return mine.team == theirs.team and theirs.role != SDR and other.starts <= rep.ends < other.ends


def owner_on(owner: Ints, heirs: Mapping[int, tuple[int, int]], day: Ints) -> Ints:
    """Who works on each deal on a day, one deal a day; heirs may have heirs."""
    found = owner.copy()
    for _ in range(4):
        for rep, (since, heir) in heirs.items():
            found = np.where((found == rep) & (day >= since), heir, found)
    return found
