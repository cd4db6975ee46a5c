"""Who is called when: attempts at prospects, laid out over a rep's calls.

Each prospect is tried up to six times, some working days apart, until somebody answers to the point. Attempts are
laid out on a virtual clock that counts calls, then take the real calls in that order; calls that would have gone
to a prospect who is settled by then go to others.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from upswing.simulation.arrays import Flags, Floats, Ints, pick
from upswing.simulation.setting import Setting
from upswing.simulation.streams import Purpose, uniforms

MOST = 6
PLANNED = (0.05, 0.05, 0.10, 0.15, 0.25, 0.40)
MEAN_PLANNED = sum(share * (number + 1) for number, share in enumerate(PLANNED))
ROUNDS = (Purpose.ROUND_ONE, Purpose.ROUND_TWO, Purpose.ROUND_THREE)
FREED = 0.28
"""The share of planned attempts that an earlier answer spares."""


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """For each call in turn the prospect (numbered from 0) and which attempt it is (from 0); `planned` per prospect."""

    prospect: Ints
    attempt: Ints
    planned: Ints


def lay_out(world: Setting, rep: int, purpose: Purpose, size: int, pace: float) -> Plan:
    """The plan of `size` calls, of which about `pace` fall on a working day."""
    many = int((size + 16 * pace + 8 * np.sqrt(size)) / MEAN_PLANNED) + 12
    while True:
        draws = uniforms(world.seed, purpose, rep, many, 1 + MOST)
        begins = np.arange(many) * MEAN_PLANNED
        planned = 1 + pick(draws[:, 0], PLANNED)
        times = begins[:, None] + _gaps(draws[:, 1:], pace)
        wanted = np.arange(MOST) < planned[:, None]
        flat = times[wanted]
        order = np.argsort(flat, kind="stable")[:size]
        if size == 0 or flat[order[-1]] < begins[-1]:
            prospect, attempt = np.nonzero(wanted)
            return Plan(prospect[order], attempt[order], planned)
        many *= 2


def _gaps(draws: Floats, pace: float) -> Floats:
    """From the first attempt to each, in calls."""
    gaps = (1 + np.floor(4 * draws)) * pace + draws
    gaps[:, 0] = 0
    return np.cumsum(gaps, axis=1)


def singles(size: int) -> Plan:
    """Prospects who are tried once."""
    return Plan(np.arange(size), np.zeros(size, np.int64), np.ones(size, np.int64))


def spared(prospect: Ints, attempt: Ints, settled: Flags, many: int) -> Flags:
    """Which attempts come after one that settled their prospect."""
    first = np.full(many, MOST + 1)
    np.minimum.at(first, prospect[settled], attempt[settled])
    return attempt > first[prospect]
