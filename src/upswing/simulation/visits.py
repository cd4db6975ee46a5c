"""Calling in person: few, and at somebody who was not called before."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from upswing.core.records import Happened
from upswing.simulation.arrays import Ints, pick
from upswing.simulation.attempts import CODE
from upswing.simulation.clock import DAY, HOUR, offsets
from upswing.simulation.patch import CONTACTS
from upswing.simulation.reps import Rep
from upswing.simulation.setting import Setting
from upswing.simulation.streams import Purpose, uniforms
from upswing.simulation.worktime import Worktime

SERIES = 5
A_DAY = 0.06
ENDS = (0.60, 0.25, 0.15)
ENDS_AS = np.array([CODE[Happened.CONVERSATION], CODE[Happened.NO_ANSWER], CODE[Happened.GATEKEEPER]])


@dataclass(frozen=True, slots=True, eq=False)
class Visits:
    """One entry a visit, in order."""

    day: Ints
    at: Ints
    seconds: Ints
    outcome: Ints
    contact: Ints

    def __len__(self) -> int:
        return len(self.day)


def visits(world: Setting, rep: Rep, work: Worktime) -> Visits:
    """Every visit of the rep up to the end."""
    draws = uniforms(world.seed, Purpose.VISITS, rep.number, world.days, 5)
    days = work.worked(world.end)
    chosen = draws[days - world.first]
    goes = chosen[:, 0] < A_DAY * work.force[days - world.first]
    day, chosen = days[goes], chosen[goes]
    local = day * DAY + ((9 + 7 * chosen[:, 1]) * HOUR).astype(np.int64)
    outcome = ENDS_AS[pick(chosen[:, 2], ENDS)]
    lasts = np.where(outcome == ENDS_AS[0], 900 + 2400 * chosen[:, 3], 120).astype(np.int64)
    at = local - offsets(rep.zone, world.first, len(work.days))[day - world.first]
    return Visits(day, at, lasts, outcome, (chosen[:, 4] * CONTACTS).astype(np.int64))
