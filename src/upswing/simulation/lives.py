"""A deal's life: through which stages, on which days, and how it ends."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from upswing.simulation.arrays import NEVER, Flags, Floats, Ints
from upswing.simulation.clock import quarter_after, quarter_start, weekday, workday
from upswing.simulation.reps import STAGES
from upswing.simulation.scenario import Scenario

WON, LOST = len(STAGES), len(STAGES) + 1
STAGE_WORDS = (*STAGES, "Won", "Lost")
DRAWS = 32
"""Columns: passes 0-3, skip 4-5, back 6-9, long tail 10, silent 11, dead 12, late 13, reopened 14-17, entered closed
18, pulled 19, deferred 20, commit 22, hour 23; the rest in `worth`."""
LAST_WEEKS, FIRST_WEEKS = 21, 28
AGAIN = 0.20
"""The share of reopened deals that are won."""


@dataclass(frozen=True, slots=True, eq=False)
class Odds:
    """How likely the loss of each deal is silent, and a silent one stays open for ever."""

    silent: Floats
    dead: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Lives:
    """One entry a deal. Days; NEVER for what does not come.

    `entered` (deals, stages): first entry into each stage. `moves`: deal, stage code and day of every move in order.
    `ended`: the day of the fate whether told or not; `closed`: the day it is told. `won`: the fate. `chances`
    (deals, stages): how likely it was to pass each stage.
    """

    entered: Ints
    ended: Ints
    closed: Ints
    won: Flags
    entered_closed: Flags
    move_deal: Ints
    move_stage: Ints
    move_day: Ints
    chances: Floats


def lives(
    scenario: Scenario, created: Ints, chances: Floats, draws: Floats, sizes: Floats, odds: Odds
) -> Lives:
    """The whole life of each deal created on those days; `chances` of passing each stage."""
    steps = _Steps(scenario, created, draws, sizes)
    passed = draws[:, :4] < chances
    reached = np.concatenate(
        [np.ones((len(created), 1), bool), np.logical_and.accumulate(passed, axis=1)], axis=1
    )
    won, fails = reached[:, 4], np.minimum((~passed).argmax(axis=1) + 4 * passed.all(axis=1), 3)
    rows = np.arange(len(created))
    ended = workday(np.floor(steps.left[rows, fails]).astype(np.int64))
    shown = reached[:, :4] & ~steps.skipped
    entered = np.where(shown, workday(np.floor(steps.came).astype(np.int64)), NEVER)
    last = np.where(shown, entered, 0).max(axis=1)
    silent = ~won & (draws[:, 11] < odds.silent)
    closed = np.where(won, _pulled(ended, last, draws[:, 19] < scenario.pulled), 0)
    closed = np.where(~won, _deferred(ended, draws[:, 20] < scenario.deferred), closed)
    closed = np.where(silent, workday(ended + 30 + (90 * draws[:, 13]).astype(np.int64)), closed)
    closed = np.where(silent & (draws[:, 12] < odds.dead), NEVER, closed)
    life = Lives(
        entered, ended, closed, won, (closed < NEVER) & (draws[:, 18] < scenario.entered_closed / 0.84),
        rows, rows, rows, chances,
    )  # fmt: skip
    return _moved(scenario, life, steps, reached, silent, draws)


class _Steps:
    """When each stage is entered and left, were it reached: `came`, `left` (deals, stages)."""

    def __init__(self, scenario: Scenario, created: Ints, draws: Floats, sizes: Floats) -> None:
        many = len(created)
        spread = np.where(draws[:, 10] < scenario.long_tail, scenario.long_spread, scenario.stage_spread)
        lasts = np.asarray(scenario.stage_days) * np.exp(spread[:, None] * sizes[:, :4])
        self.skipped = np.zeros((many, 4), bool)
        skips = np.flatnonzero(draws[:, 4] < scenario.skipped)
        self.skipped[skips, 1 + (3 * draws[skips, 5]).astype(np.int64)] = True
        lasts[self.skipped] = 0
        self.backs = np.where(draws[:, 6] < scenario.back, 1 + (3 * draws[:, 7]).astype(np.int64), 0)
        self.backs[self.skipped[np.arange(many), self.backs]] = 0
        self.went, self.again = 3 + 8 * draws[:, 8], 3 + 10 * draws[:, 9]
        rows = np.flatnonzero(self.backs)
        lasts[rows, self.backs[rows]] += (self.went + self.again)[rows]
        self.left = created[:, None] + 0.4 + np.cumsum(lasts, axis=1)
        self.came = np.concatenate([created[:, None] + 0.4, self.left[:, :3]], axis=1)


def _pulled(ended: Ints, last: Ints, pulled: Flags) -> Ints:
    """Wins of a quarter's first weeks are partly brought forward into the last weeks of the one before."""
    into = ended - quarter_start(ended)
    early = quarter_start(ended) - 1 - into * LAST_WEEKS // FIRST_WEEKS
    early -= np.maximum(weekday(early) - 4, 0)
    return np.where(pulled & (into < FIRST_WEEKS) & (early > last), early, ended)


def _deferred(ended: Ints, deferred: Flags) -> Ints:
    """Losses of a quarter's last weeks are partly put off into the next."""
    left = quarter_after(ended) - ended
    return np.where(deferred & (left <= LAST_WEEKS), workday(quarter_after(ended) + left), ended)


def _moved(
    scenario: Scenario, life: Lives, steps: _Steps, reached: Flags, silent: Flags, draws: Floats
) -> Lives:
    """The life with every move, a few deals being reopened."""
    rows = np.arange(len(life.won))
    last = np.where(life.entered < NEVER, np.arange(4), 0).max(axis=1)
    opened = ~life.won & ~silent & ~life.entered_closed & (draws[:, 14] < scenario.reopened / 0.4)
    since = workday(life.closed + 14 + (46 * draws[:, 15]).astype(np.int64))
    final = workday(since + 10 + (30 * draws[:, 16]).astype(np.int64))
    won = life.won | (opened & (draws[:, 17] < AGAIN))
    parts: list[tuple[Ints, Ints, Ints, Ints]] = []
    usual = ~life.entered_closed
    for number in range(4):
        there = np.flatnonzero(usual & (life.entered[:, number] < NEVER))
        parts.append(
            (there, np.full(len(there), number), life.entered[there, number], np.full(len(there), 3 * number))
        )
    back = np.flatnonzero(usual & (steps.backs > 0) & reached[rows, steps.backs])
    stage, came = steps.backs[back], steps.came[back, steps.backs[back]]
    before = np.where(steps.skipped[back, stage - 1], np.maximum(stage - 2, 0), stage - 1)
    parts.append((back, before, _day(came + steps.went[back]), 3 * stage + 1))
    parts.append((back, stage, _day(came + steps.went[back] + steps.again[back]), 3 * stage + 2))
    ends = np.flatnonzero(life.closed < NEVER)
    parts.append((ends, np.where(life.won, WON, LOST)[ends], life.closed[ends], np.full(len(ends), 20)))
    again = np.flatnonzero(opened)
    parts.append((again, last[again], since[again], np.full(len(again), 21)))
    parts.append((again, np.where(won, WON, LOST)[again], final[again], np.full(len(again), 22)))
    deal, stages, day, rank = (np.concatenate(columns) for columns in zip(*parts, strict=True))
    order = np.lexsort((rank, day, deal))
    return Lives(
        life.entered, np.where(opened, final, life.ended), np.where(opened, final, life.closed), won,
        life.entered_closed, deal[order], stages[order], day[order], life.chances,
    )  # fmt: skip


def _day(at: Floats) -> Ints:
    return workday(np.asarray(np.floor(at), dtype=np.int64))


def leaving_days(scenario: Scenario, created: Ints, draws: Floats, sizes: Floats) -> Ints:
    """The day on which each stage would be left, (deals, stages)."""
    return np.asarray(np.floor(_Steps(scenario, created, draws, sizes).left), dtype=np.int64)
