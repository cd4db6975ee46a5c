"""The deals that a rep's meetings open, whoever closes them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from upswing.core.records import Happened
from upswing.simulation.arrays import Flags, Floats, Ints, chance
from upswing.simulation.attempts import CODE
from upswing.simulation.cast import SDR
from upswing.simulation.leads import Leads, lead_number
from upswing.simulation.lives import DRAWS, Lives, Odds, leaving_days, lives
from upswing.simulation.organisation import territory
from upswing.simulation.reps import Rep, expected_passes
from upswing.simulation.setting import Setting
from upswing.simulation.streams import Purpose, normals, uniforms
from upswing.simulation.talks import Meetings, Talks
from upswing.simulation.worth import Worth, first_amount, worth

SIZES = 12
"""Columns of a deal's normal draws: days 0-3, amount 4, changes 5-7, expectation 8."""
STALLED_SILENT, STALLED_DEAD = 0.95, 0.92
COACHED_FOR = 56
"""Days over which coaching takes effect."""
STAGE_PART = 1.65
"""Log-odds added to every stage add so many times as much to winning, at ordinary shares."""


@dataclass(frozen=True, slots=True)
class Lift:
    """Log-odds that coaching adds to one stage of a rep's deals, from a day on, in full after COACHED_FOR days."""

    rep: int
    stage: int
    day: int
    odds: float


@dataclass(frozen=True, slots=True, eq=False)
class Opened:
    """One entry a positive meeting of the rep who opens: what will be true of the deal whatever skill meets it.

    `owner`: the number of the rep who works on it.
    """

    rep: int
    owner: Ints
    created: Ints
    lead: Ints
    contact: Ints
    source: Ints
    draws: Floats
    sizes: Floats

    def __len__(self) -> int:
        return len(self.created)


@dataclass(frozen=True, slots=True, eq=False)
class Deals:
    """The opened deals with their lives and worth."""

    opened: Opened
    life: Lives
    worth: Worth

    def __len__(self) -> int:
        return len(self.opened)


def opened(world: Setting, rep: Rep, talk: Talks, met: Meetings, leads: Leads) -> Opened:
    """What the rep's positive meetings open; an opening rep hands over to the one after them."""
    which = np.flatnonzero(met.outcome == CODE[Happened.POSITIVE])
    which = which[np.lexsort((met.booked[which], met.day[which]))]
    talked = met.talk[which]
    day, many = met.day[which], len(which)
    number = lead_number(talk.series[talked], talk.prospect[talked])
    hands_over = np.zeros(many, dtype=bool)
    for stint in rep.stints:
        hands_over = np.where(day >= stint.start, stint.role == SDR, hands_over)
    return Opened(
        rep.number, rep.number + hands_over, day, number, talk.contact[talked], leads.source[leads.place(number)],
        uniforms(world.seed, Purpose.DEALS, rep.number, many, DRAWS),
        normals(world.seed, Purpose.DEAL_SIZES, rep.number, many, SIZES),
    )  # fmt: skip


def deals(world: Setting, came: Opened, rep: Rep, closer: Rep | None, lifts: tuple[Lift, ...]) -> Deals:
    """The deals as the skill of their owners makes them; `closer` works on what was handed over."""
    scenario = world.scenario
    with_closer = came.owner != came.rep
    skills = (rep.skill, (closer or rep).skill)
    size = _by_owner(with_closer, *(skill.size for skill in skills)) * _potential(world, rep, came.created)
    spread = _by_owner(with_closer, *(skill.spread for skill in skills))
    first = first_amount(scenario, size, spread, came.sizes[:, 4])
    leaving = leaving_days(scenario, came.created, came.draws, came.sizes)
    logits = np.asarray(expected_passes(scenario)) + _by_stage(
        with_closer, *(skill.stages for skill in skills)
    )
    logits += (scenario.amount_odds / STAGE_PART * np.log(first / 100 / scenario.amount))[:, None]
    for lift in lifts:
        mine = came.owner == lift.rep
        grown = np.clip((leaving[:, lift.stage] - lift.day) / COACHED_FOR, 0, 1)
        logits[:, lift.stage] += mine * grown * lift.odds
    chances = chance(logits) * _by_stage(with_closer, *(skill.passes for skill in skills))
    stalled = leaving[:, 1] >= _by_owner(with_closer, rep.stalls, (closer or rep).stalls)
    dead = _by_owner(with_closer, *(skill.dead for skill in skills))
    odds = Odds(np.where(stalled, STALLED_SILENT, scenario.silent), np.where(stalled, STALLED_DEAD, dead))
    life = lives(scenario, came.created, chances, came.draws, came.sizes, odds)
    return Deals(came, life, worth(scenario, came.created, first, life, came.draws, came.sizes))


def _by_owner(second: Flags, own: float, theirs: float) -> Floats:
    return np.where(second, float(theirs), float(own))


def _by_stage(second: Flags, own: Sequence[float], theirs: Sequence[float]) -> Floats:
    return np.where(second[:, None], np.asarray(theirs, dtype=float), np.asarray(own, dtype=float))


def _potential(world: Setting, rep: Rep, days: Ints) -> Floats:
    """The territory's potential on each day."""
    found = np.ones(len(days))
    if world.scenario.territories:
        for stint in rep.stints:
            found = np.where(days >= stint.start, territory(stint.territory).potential, found)
    return found
