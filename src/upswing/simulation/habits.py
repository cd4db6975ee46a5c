"""Hours spent prospecting, and sign-ins."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from upswing.simulation.clock import DAY, HOUR, offsets
from upswing.simulation.leads import SOURCE_WORDS
from upswing.simulation.people_rows import Rows
from upswing.simulation.play import Play
from upswing.simulation.setting import Setting
from upswing.simulation.streams import Purpose, uniforms
from upswing.simulation.table import Days, Instants, Whole, Words
from upswing.simulation.talks import KINDS

EACH = (90, 240, 1_800)
"""Seconds around a call, a message, a visit."""
ROUNDED = 5
SIGN_INS = ((7.7, 1.2, 1.0), (12.9, 0.8, 0.5), (17.2, 2.0, 0.1))
"""From which hour, over how many, and how likely."""


def time_rows(world: Setting, one: Play, reps: Sequence[str]) -> Rows:
    """Minutes a day by activity and source, rounded up to five."""
    keys, seconds = [], []
    for part, each in zip(one.parts[:3], EACH, strict=True):
        day = part.at // DAY
        there = (day >= world.start) & (day < world.cut)
        source = one.leads.source[one.leads.place(part.lead[there])]
        keys.append((day[there] * 16 + part.kind[there]) * 16 + source)
        seconds.append(np.maximum(part.seconds[there], 0) + each)
    found, place = np.unique(np.concatenate(keys), return_inverse=True)
    spent = np.bincount(place, np.concatenate(seconds), minlength=len(found))
    return {
        "rep": Words(np.full(len(found), one.rep.number), reps),
        "day": Days(found // 256),
        "minutes": Whole((ROUNDED * np.ceil(spent / 60 / ROUNDED)).astype(np.int64)),
        "activity": Words(found // 16 % 16, KINDS),
        "source": Words(found % 16, SOURCE_WORDS),
    }


def login_rows(world: Setting, one: Play, reps: Sequence[str]) -> Rows:
    """One to three sign-ins a working day."""
    days = one.work.worked(world.cut)
    draws = uniforms(world.seed, Purpose.LOGINS, one.rep.number, world.days, 6)[days - world.first]
    clock = offsets(one.rep.zone, world.first, world.days)[days - world.first]
    found = []
    for place, (hour, within, share) in enumerate(SIGN_INS):
        goes = (draws[:, 2 * place] < share) & (days >= world.start)
        second = ((hour + within * draws[:, 2 * place + 1]) * HOUR).astype(np.int64)
        found.append((days * DAY + second - clock)[goes])
    at = np.sort(np.concatenate(found))
    return {"rep": Words(np.full(len(at), one.rep.number), reps), "at": Instants(at)}
