"""A deal's life: through which stages, on which days, and how it ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from math import exp, log
from typing import TYPE_CHECKING

from upswing.core.period import quarter_of
from upswing.simulation.cast import Rep
from upswing.simulation.days import working
from upswing.simulation.scenario import Scenario

if TYPE_CHECKING:
    from numpy.random import Generator

STAGES = ("Discovery", "Demo", "Quote", "Negotiation")
WON, LOST = "Won", "Lost"
SLOWED_SKILL = -0.6
"""What a stalled pipeline does to the log-odds of each stage."""
SLOWED_SILENT = 0.8
"""The share of its lost deals that nobody closes."""
LAST_WEEKS = timedelta(days=18)
NEXT_WEEKS = timedelta(days=16)


@dataclass(frozen=True, slots=True)
class Step:
    """The deal enters a stage on a day."""

    stage: str
    day: date


Life = tuple[Step, ...]


def live(created: date, rep: Rep, scenario: Scenario, fate: Generator) -> Life:
    """The whole life of a deal; one that is lost in silence stays in its last stage for ever."""
    skill = rep.story.skill + (SLOWED_SKILL if rep.slowed(created) else 0)
    passed, lasts, silent, push = (
        fate.random(4),
        fate.standard_normal(4),
        float(fate.random()),
        float(fate.random()),
    )
    steps, at = [], float(created.toordinal())
    for number, stage in enumerate(STAGES):
        steps.append(Step(stage, working(date.fromordinal(round(at)))))
        at += scenario.stage_days[number] * exp(scenario.stage_spread * float(lasts[number]))
        if passed[number] > _odds(scenario.passes[number], skill):
            end = _lost(at, push < scenario.deferred)
            dead = silent < (SLOWED_SILENT if rep.slowed(end.day) else scenario.silent)
            return tuple(steps) if dead else (*steps, end)
    return (*steps, _won(at, push < scenario.pulled, steps[-1].day))


def seen(life: Life, as_of: date) -> Step:
    """Where the deal stands at the close of a day."""
    return [step for step in life if step.day <= as_of][-1]


def _odds(share: float, shift: float) -> float:
    return 1 / (1 + exp(-log(share / (1 - share)) - shift))


def _won(at: float, pulled: bool, earliest: date) -> Step:
    """Wins of a quarter's first weeks are partly brought forward into the last days of the one before."""
    day = working(date.fromordinal(round(at)))
    quarter = quarter_of(day)
    into = day - quarter.start
    early = working(quarter.start - timedelta(days=2 + into.days // 2))
    if pulled and into <= NEXT_WEEKS and earliest < early < quarter.start:
        return Step(WON, early)
    return Step(WON, day)


def _lost(at: float, deferred: bool) -> Step:
    """Losses of a quarter's last weeks are partly put off into the next."""
    day = working(date.fromordinal(round(at)))
    quarter = quarter_of(day)
    if deferred and quarter.end - day <= LAST_WEEKS:
        return Step(LOST, working(quarter.end + (quarter.end - day)))
    return Step(LOST, day)
