"""The meetings at which a deal is shown to the buyer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from upswing.core.records import ActivityKind, Capture, Happened
from upswing.simulation.activities import DEAL_MEETING, Part, part
from upswing.simulation.attempts import CODE
from upswing.simulation.clock import DAY, HOUR, offsets
from upswing.simulation.deals import Deals
from upswing.simulation.entering import CAPTURE
from upswing.simulation.handovers import owner_on
from upswing.simulation.reps import Rep
from upswing.simulation.setting import Setting
from upswing.simulation.talks import KIND

AHEAD_DAYS = 3


def deal_meetings(
    world: Setting, found: Deals, heirs: Mapping[int, tuple[int, int]], reps: Sequence[Rep]
) -> Iterator[Part]:
    """One on the day each deal enters Demo, for whoever works on it then."""
    came, day = found.opened, found.life.entered[:, 1]
    which = np.flatnonzero((day < world.end) & ~found.life.entered_closed & (came.owner < len(reps)))
    owners = owner_on(came.owner[which], heirs, day[which])
    for number in np.unique(owners).tolist():
        mine, rep = which[owners == number], reps[number]
        clock = offsets(rep.zone, world.first, world.days)[day[mine] - world.first]
        at = day[mine] * DAY + (10 * HOUR + 1_800 * (10 * came.draws[mine, 23]).astype(np.int64)) - clock
        booked = np.minimum(np.maximum(at - AHEAD_DAYS * DAY, came.created[mine] * DAY + 8 * HOUR), at - HOUR)
        to_come, many = at >= world.cut * DAY, len(mine)
        lasts = (2_700 * np.exp(0.3 * came.sizes[mine, 9])).astype(np.int64)
        yield part(
            number, many, series=np.full(many, DEAL_MEETING), number=mine,
            kind=np.full(many, KIND[ActivityKind.MEETING]), at=at, seconds=np.where(to_come, -1, lasts),
            outcome=np.where(to_come, CODE[Happened.BOOKED], CODE[Happened.HELD]), deal=mine,
            origin=np.full(many, came.rep), contact=came.contact[mine], booked=booked, entered=booked,
            capture=np.full(many, CAPTURE[Capture.SYNCED]),
        )  # fmt: skip
