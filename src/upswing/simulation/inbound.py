"""Leads that come in by themselves: when, from where, and when the rep means to answer them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from upswing.simulation.arrays import Flags, Floats, Ints, pick, poisson
from upswing.simulation.calls import Slots
from upswing.simulation.cast import AE
from upswing.simulation.clock import DAY, HOUR, offsets, season, weekday
from upswing.simulation.patch import CONTACTS
from upswing.simulation.prospects import MOST, PLANNED
from upswing.simulation.reps import Rep
from upswing.simulation.setting import Setting
from upswing.simulation.streams import Purpose, normals, uniforms
from upswing.simulation.worktime import Worktime

FOR_AE = 0.15
BY_WEEKDAY = (1.2, 1.2, 1.2, 1.2, 1.2, 0.5, 0.5)
RESPONSE_HOURS, RESPONSE_SPREAD = 3.0, 1.2
NEVER_ANSWERED = 0.10
DAY_BEGINS, DAY_LASTS = 7.5, 12.0


@dataclass(frozen=True, slots=True, eq=False)
class Inbound:
    """One entry a lead, in order of creation (instants); `wanted` (leads, MOST): when each attempt is meant.

    `delay` is the hours until the first; `ignored` leads are never tried.
    """

    created: Ints
    source: Ints
    contact: Ints
    delay: Floats
    ignored: Flags
    planned: Ints
    wanted: Ints

    def __len__(self) -> int:
        return len(self.created)


def inbound(world: Setting, rep: Rep, work: Worktime) -> Inbound:
    """The leads of the rep's patch while they are there."""
    days = np.arange(world.first, world.end)
    mean = world.scenario.inbound * season(days, world.scenario.season) * work.force[: len(days)]
    mean *= np.asarray(BY_WEEKDAY)[weekday(days)] * _role(rep, days)
    counts = poisson(uniforms(world.seed, Purpose.ARRIVALS, rep.number, len(days), 1)[:, 0], mean)
    many = int(counts.sum())
    draws = uniforms(world.seed, Purpose.LEADS, rep.number, many, 6 + MOST)
    sizes = normals(world.seed, Purpose.PROSPECT_SIZES, rep.number, many, 1)
    day = np.repeat(days, counts)
    local = np.sort(day * DAY + ((DAY_BEGINS + DAY_LASTS * draws[:, 0]) * HOUR).astype(np.int64))
    created = local - offsets(rep.zone, world.first, len(work.days))[day - world.first]
    delay = RESPONSE_HOURS * np.exp(RESPONSE_SPREAD * sizes[:, 0])
    gaps = (20 + 52 * draws[:, 6:]) * HOUR
    gaps[:, 0] = delay * HOUR
    return Inbound(
        created, pick(draws[:, 1], rep.skill.mix), (draws[:, 2] * CONTACTS).astype(np.int64), delay,
        draws[:, 3] < NEVER_ANSWERED, 1 + pick(draws[:, 4], PLANNED),
        created[:, None] + np.cumsum(gaps, axis=1).astype(np.int64),
    )  # fmt: skip


def _role(rep: Rep, days: Ints) -> Floats:
    share = np.ones(len(days))
    for stint in rep.stints:
        share[days >= stint.start] = FOR_AE if stint.role == AE else 1
    return share


def taken(leads: Inbound, calls: Slots) -> tuple[Ints, Ints, Ints]:
    """Which calls go to leads: the numbers of the calls, with the lead and the attempt of each.

    An attempt takes the first call at or after the time it is meant for that no earlier attempt took.
    """
    wanted = (np.arange(MOST) < leads.planned[:, None]) & ~leads.ignored[:, None]
    lead, attempt = np.nonzero(wanted)
    times = leads.wanted[wanted]
    order = np.argsort(times, kind="stable")
    place = np.searchsorted(calls.at, times[order])
    rank = np.arange(len(place))
    place = np.maximum.accumulate(place - rank) + rank
    there = place < len(calls)
    return place[there], lead[order][there], attempt[order][there]
