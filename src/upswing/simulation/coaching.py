"""Coaching rounds: who gets one, and what it adds to their deals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from upswing.simulation.arrays import NEVER
from upswing.simulation.cast import SDR
from upswing.simulation.clock import day, months_after, number, quarters
from upswing.simulation.deals import Deals, Lift, deals
from upswing.simulation.handovers import owner_on
from upswing.simulation.play import Play
from upswing.simulation.quotas import asked
from upswing.simulation.reps import STAGES, Rep
from upswing.simulation.setting import Setting
from upswing.simulation.streams import Purpose, uniforms

EVERY_MONTHS = 6
ODDS = 0.25
LASTS = 182


@dataclass(frozen=True, slots=True)
class Round:
    """One rep at one round: below target in the half year before, and whether coached then."""

    rep: int
    day: int
    below: bool
    coached: bool
    stage: int


@dataclass(frozen=True, slots=True, eq=False)
class Closed:
    """All deals by the rep whose patch they came from, and the rounds that shaped them."""

    deals: Mapping[int, Deals]
    rounds: tuple[Round, ...]
    lifts: tuple[Lift, ...]


def coached_deals(world: Setting, plays: Sequence[Play], heirs: Mapping[int, tuple[int, int]]) -> Closed:
    """The deals of all reps. A round depends only on what was won before it."""
    reps = [play.rep for play in plays]
    lifts = [Lift(rep.number, 1, rep.coached, rep.lift) for rep in reps if rep.coached < NEVER]
    rounds = [Round(lift.rep, lift.day, below=True, coached=True, stage=lift.stage) for lift in lifts]
    found = {play.rep.number: _deals(world, play, reps, lifts) for play in plays}
    begins, place = months_after(day(world.start), EVERY_MONTHS), 0
    while number(begins) < world.end:
        chosen = _round(world, reps, found, heirs, number(begins), place)
        new = [Lift(one.rep, one.stage, one.day, ODDS) for one in chosen if one.coached]
        rounds, lifts = [*rounds, *chosen], [*lifts, *new]
        helped = {lift.rep for lift in new}
        for play in plays:
            if play.rep.number in helped or play.rep.number + 1 in helped:
                found[play.rep.number] = _deals(world, play, reps, lifts)
        begins, place = months_after(begins, EVERY_MONTHS), place + 1
    return Closed(found, tuple(rounds), tuple(lifts))


def _deals(world: Setting, play: Play, reps: Sequence[Rep], lifts: Sequence[Lift]) -> Deals:
    after = play.rep.number + 1
    return deals(world, play.opened, play.rep, reps[after] if after < len(reps) else None, tuple(lifts))


def _round(
    world: Setting, reps: Sequence[Rep], found: Mapping[int, Deals], heirs: Mapping[int, tuple[int, int]], begins: int,
    place: int,
) -> list[Round]:  # fmt: skip
    won = np.zeros(len(reps) + 1)
    first = number(months_after(day(begins - LASTS - 20), 1))
    for origin in found.values():
        life = origin.life
        there = life.won & (life.closed >= first) & (life.closed < begins) & (origin.opened.owner < len(reps))
        owner = owner_on(origin.opened.owner[there], heirs, life.closed[there])
        np.add.at(won, owner, origin.worth.amounts[there, 3] / 100)
    told = []
    for rep in reps:
        away = rep.starts > first or rep.ends <= begins
        if rep.story or away or rep.at(begins).role == SDR:
            continue
        wanted = sum(
            asked(world, rep, quarter)["won_value"] for quarter in quarters(day(first), day(begins - 1))
        )
        chances = uniforms(world.seed, Purpose.COACHING, rep.number, place + 1, 2)[place]
        below = bool(wanted > 0 and won[rep.number] < wanted)
        told.append(
            Round(rep.number, begins, below, bool(below and chances[0] < 0.5), int(chances[1] * len(STAGES)))
        )
    return told
