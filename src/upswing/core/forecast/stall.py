"""Limits from history: how long a deal may stay in a stage before it counts less."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import ceil

import numpy as np

from upswing.core.forecast.age import Ages, Hazards, Shares, win_within

WINS_FOR_HALF_CHANCE = 30
WINS_FOR_QUANTILE = 10
LONGEST_BY_CYCLE = 31

_QUANTILE = 0.9
_FEWEST_PARTS = 2
"""A limit as long as the whole cycle says nothing: even one stage gets half of it."""


class Rule(StrEnum):
    """Where a limit comes from.

    The age at which the chance of a win has halved, nine tenths of the deals won, a part of the typical cycle, or
    somebody who set it.
    """

    HALF_CHANCE = "half_chance"
    QUANTILE = "quantile"
    CYCLE = "cycle"
    SET = "set"


@dataclass(frozen=True, slots=True)
class Limit:
    """A stage's limit in days, the rule it follows, and what each rule would say where enough is known for it.

    `n` are the deals won that the rule rests on; a limit that was set rests on none. With the rule `cycle` and no
    `cycle` nothing is known yet, and the limit is the longest there is by that rule.
    """

    days: int
    rule: Rule
    n: int
    half_chance: int | None
    quantile: int | None
    cycle: int | None


def is_stalled(age: int, limit: Limit, waived: bool = False) -> bool:
    """Whether a deal has been in its stage for longer than the limit, and no dated step of the buyer is awaited."""
    return age > limit.days and not waived


def limit(
    chances: Shares | None,
    wins_through: int,
    won_days: Ages,
    cycle_days: float | None,
    stages: int,
    override: int | None = None,
) -> Limit:
    """The limit of one stage: what somebody set, else the first of the three rules that enough is known for.

    `chances` of a win within the horizon by days in the stage, from 0, of deals still there; `won_days` the days in the
    stage of deals won; `cycle_days` the typical days from first to won, None or 0 while not known. Raises ValueError
    for no stage, and for a limit under one day.
    """
    if stages < 1 or (override is not None and override < 1):
        raise ValueError(f"A limit is a day or more, in one stage or more; not {override} in {stages}.")
    half = _half_chance(chances) if chances is not None and wins_through >= WINS_FOR_HALF_CHANCE else None
    quantile = _quantile(won_days) if len(won_days) >= WINS_FOR_QUANTILE else None
    cycle = _cycle(cycle_days, stages) if cycle_days else None
    if override is not None:
        return Limit(override, Rule.SET, 0, half, quantile, cycle)
    if half is not None:
        return Limit(half, Rule.HALF_CHANCE, wins_through, half, quantile, cycle)
    if quantile is not None:
        return Limit(quantile, Rule.QUANTILE, len(won_days), half, quantile, cycle)
    return Limit(cycle or LONGEST_BY_CYCLE, Rule.CYCLE, len(won_days), half, quantile, cycle)


def chances_by_age(hazards: Hazards, horizon: int) -> Shares:
    """The chance of a win within the horizon at each age from 0 to the first of the tail, from where it stays."""
    return win_within(hazards, np.arange(max(len(hazards.won), 1)), 0, horizon)


def _half_chance(chances: Shares) -> int | None:
    """The age from which on a win stays at most half as likely as on entry; None where it never does.

    A chance may fall and rise again: a deal in the trough between two usual lengths is not stalled.
    """
    likely = np.flatnonzero(chances > chances[:1] / 2)
    return int(likely[-1]) + 1 if len(likely) and likely[-1] + 1 < len(chances) else None


def _quantile(won_days: Ages) -> int:
    """The fewest whole days within which nine tenths of the deals won were through."""
    return max(1, int(np.quantile(won_days, _QUANTILE, method="inverted_cdf")))


def _cycle(cycle_days: float, stages: int) -> int:
    return min(LONGEST_BY_CYCLE, max(1, ceil(cycle_days / max(stages, _FEWEST_PARTS))))
