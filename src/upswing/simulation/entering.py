"""How activities come to be written down: by machine, by the rep at once, in the evening, or all at once later."""

from __future__ import annotations

import numpy as np

from upswing.core.records import Capture
from upswing.simulation.arrays import Floats, Ints
from upswing.simulation.clock import DAY, HOUR, offsets
from upswing.simulation.organisation import team_of
from upswing.simulation.reps import Rep
from upswing.simulation.setting import AHEAD, Setting
from upswing.simulation.streams import Kind, Purpose, stream

CAPTURES = tuple(capture.value for capture in Capture)
CAPTURE = {capture: code for code, capture in enumerate(Capture)}
STYLES = (Capture.MACHINE, Capture.SYNCED, Capture.TYPED)
EVENING = 7
"""Every twentieth rep from this one on writes everything down in the evening."""
DIALLER = 2
"""Every twentieth rep from this one on calls with a dialler some afternoons."""
OUTAGE_DAYS = 2


def suspects(world: Setting) -> bool:
    """Whether this world has padded logs and what looks like them."""
    return world.scenario.padded > 0 or world.cast


def in_the_evening(world: Setting, rep: Rep) -> bool:
    """A harmless look-alike: they log each evening."""
    return suspects(world) and rep.number % 20 == EVENING


def dials(world: Setting, rep: Rep) -> bool:
    """A harmless look-alike: calls come in bursts."""
    return suspects(world) and rep.number % 20 == DIALLER


def outages(world: Setting, team: int) -> Ints:
    """Days on which the team's CRM was down: two a year; what was done then was loaded at once the day after."""
    if not suspects(world):
        return np.zeros(0, np.int64)
    years = 1 + world.days // 365
    draws = stream(world.seed, Purpose.OUTAGES, Kind.TEAM, team).random(years)
    begins = world.start + 365 * np.arange(years) + (300 * draws).astype(np.int64)
    return np.concatenate([begins + more for more in range(OUTAGE_DAYS)])


def written(world: Setting, rep: Rep, day: Ints, ended: Ints, draws: Floats) -> tuple[Ints, Ints, Ints]:
    """When each activity of a day was written down, by which capture, and 1 for evening, 2 for an outage."""
    style = STYLES[rep.number % 3]
    slow = {Capture.MACHINE: 5, Capture.SYNCED: 900, Capture.TYPED: 2_400}[style]
    entered = ended + 1 + (slow * draws).astype(np.int64)
    capture = np.full(len(day), CAPTURE[style])
    why = np.zeros(len(day), np.int64)
    clock = offsets(rep.zone, world.first, world.days + AHEAD)
    if in_the_evening(world, rep):
        late = day * DAY + int(17.6 * HOUR) - clock[day - world.first] + (2_400 * draws).astype(np.int64)
        entered, capture, why = np.maximum(late, ended), np.full(len(day), CAPTURE[Capture.TYPED]), why + 1
    down = np.isin(day, outages(world, team_of(rep.number)))
    morning = day[down] + OUTAGE_DAYS
    entered[down] = (
        morning * DAY + 9 * HOUR - clock[morning - world.first] + (90 * draws[down]).astype(np.int64)
    )
    capture[down], why[down] = CAPTURE[Capture.BULK], 2
    return entered, capture, why
