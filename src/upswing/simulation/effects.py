"""What was planted, how large it is in this world, and whether it is large enough to be found."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from math import sqrt
from typing import Any

import numpy as np

from upswing.simulation.arrays import Flags
from upswing.simulation.attempts import ANSWERED_AS
from upswing.simulation.clock import DAY, season
from upswing.simulation.coaching import Closed
from upswing.simulation.deals import Deals
from upswing.simulation.play import Play
from upswing.simulation.reps import POOR_MIX, STAGES
from upswing.simulation.setting import Setting

CLEAR = 3.0
"""Standard errors from which on an effect counts as findable."""


@dataclass(frozen=True, slots=True)
class Effect:
    """Something planted and whether it shows.

    `kind` of whom, the `factor` (for coaching: log-odds) planted, what was `seen` in so many `trials`, what an
    ordinary rep would show, and how many standard errors `z` lie between.
    """

    kind: str
    rep: str
    factor: float
    trials: float
    seen: float
    ordinary: float
    z: float

    def told(self) -> dict[str, Any]:
        """For the truth file."""
        verdict = "findable" if self.z > CLEAR else "too small to find"
        return {**asdict(self), "z": round(self.z, 2), "verdict": verdict}


@dataclass(frozen=True, slots=True)
class Sample:
    """Trials and successes; `noise` is the variance of one trial by the mean, None for a share."""

    trials: float
    seen: float
    noise: Callable[[float], float] | None = None


def effects(world: Setting, plays: Sequence[Play], closed: Closed) -> tuple[Effect, ...]:
    """Everything that was planted."""
    found = [
        *_gaps(world, plays, closed),
        *_hours(world, plays),
        *_weekdays(world, plays),
        *_coached(plays, closed),
    ]
    return tuple(found)


def _gaps(world: Setting, plays: Sequence[Play], closed: Closed) -> Iterator[Effect]:
    ordinary = [one for one in plays if not one.rep.gap]
    for one in plays:
        if one.rep.gap:
            mine = _sample(world, one, closed.deals[one.rep.number], one.rep.gap)
            others = [
                _sample(world, other, closed.deals[other.rep.number], one.rep.gap) for other in ordinary
            ]
            yield _compared(one.rep.gap, one.rep.name, 0.5, mine, others)


def _compared(kind: str, rep: str, factor: float, mine: Sample, others: Sequence[Sample]) -> Effect:
    trials = sum(other.trials for other in others)
    share = sum(other.seen for other in others) / trials if trials else 0.0
    noise = mine.noise(share) if mine.noise else share * (1 - share)
    error = sqrt(noise * (1 / mine.trials + 1 / trials)) if mine.trials and trials else 0.0
    seen = mine.seen / mine.trials if mine.trials else 0.0
    return Effect(kind, rep, factor, mine.trials, seen, share, abs(share - seen) / error if error else 0.0)


def _sample(world: Setting, one: Play, deals: Deals, gap: str) -> Sample:
    """What tells of a step, in the whole history of a rep."""
    calls = one.parts[0]
    match gap:
        case "volume":
            days = one.work.worked(world.end)
            force = season(days, world.scenario.season) * one.work.force[days - world.first]
            return Sample(float(force.sum()), float(len(calls.at)), lambda mean: mean + mean**2 / 20)
        case "connect":
            return _share(np.isin(calls.outcome, ANSWERED_AS))
        case "meeting":
            return Sample(float(len(one.talks)), float(len(one.meetings)))
        case "size":
            logs = np.log(deals.worth.amounts[:, 0])
            return Sample(float(len(logs)), float(logs.sum()), lambda _: world.scenario.amount_spread**2)
        case "lead mix":
            warm = one.leads.source[one.leads.source < len(POOR_MIX)]
            return _share(warm == len(POOR_MIX) - 1)
    return _share(*_passing(deals, STAGES.index(gap)))


def _share(hits: Flags, of: Flags | None = None) -> Sample:
    return Sample(float(len(hits) if of is None else of.sum()), float(hits.sum()))


def _passing(deals: Deals, stage: int) -> tuple[Flags, Flags]:
    """Deals that passed a stage, and those that reached it."""
    passed = deals.opened.draws[:, :4] < deals.life.chances
    reached = np.asarray(passed[:, :stage].all(axis=1))
    return reached & passed[:, stage], reached


def _answers(world: Setting, plays: Sequence[Play], which: Callable[[Play], Flags]) -> Sample:
    hits = trials = 0.0
    for one in plays:
        chosen = which(one)
        hits += float(np.isin(one.parts[0].outcome[chosen], ANSWERED_AS).sum())
        trials += float(chosen.sum())
    return Sample(trials, hits)


def _hours(world: Setting, plays: Sequence[Play]) -> Iterator[Effect]:
    if world.scenario.key != "hour-effect":
        return

    def at(low: int, high: int) -> Callable[[Play], Flags]:
        def which(one: Play) -> Flags:
            hour = one.patch.hour(world, one.parts[0].contact.astype(np.int64), one.parts[0].at)
            return np.asarray((hour >= low) & (hour < high))

        return which

    usual = [_answers(world, plays, at(8, 10)), _answers(world, plays, at(14, 17))]
    yield _compared("answered 10 to 12 h", "", 1.25, _answers(world, plays, at(10, 12)), usual)
    yield _compared("answered 13 h", "", 0.8, _answers(world, plays, at(13, 14)), usual)


def _weekdays(world: Setting, plays: Sequence[Play]) -> Iterator[Effect]:
    """Tuesday against the other days of the same month, since the list gets better meanwhile."""
    if world.scenario.drift == 1:
        return
    months = (world.days + 29) // 30
    answered, calls = np.zeros((2, months)), np.zeros((2, months))
    for one in plays:
        part = one.parts[0]
        month, tuesday = (
            (part.at // DAY - world.first) // 30,
            ((part.at // DAY + 3) % 7 == 1).astype(np.int64),
        )
        np.add.at(calls, (tuesday, month), 1)
        np.add.at(answered, (tuesday, month), np.isin(part.outcome, ANSWERED_AS))
    share = answered[0] / np.maximum(calls[0], 1)
    seen, trials, expected = answered[1].sum(), calls[1].sum(), (share * calls[1]).sum()
    noise = (share * (1 - share) * calls[1] * (1 + calls[1] / np.maximum(calls[0], 1))).sum()
    yield Effect(
        "answered on Tuesday",
        "",
        1.10,
        trials,
        seen / trials,
        expected / trials,
        abs(seen - expected) / sqrt(noise),
    )


def _coached(plays: Sequence[Play], closed: Closed) -> Iterator[Effect]:
    """Coaching adds log-odds to one stage: what it adds, in standard errors of the deals that got it."""
    for lift in closed.lifts:
        deals = closed.deals[lift.rep]
        mine = (deals.opened.owner == lift.rep) & (deals.opened.created >= lift.day)
        chances = deals.life.chances[mine, lift.stage]
        z = lift.odds * sqrt(float((chances * (1 - chances)).sum()))
        name = plays[lift.rep].rep.name
        seen = float(chances.mean()) if len(chances) else 0.0
        yield Effect(f"coached {STAGES[lift.stage]}", name, lift.odds, float(mine.sum()), seen, seen, z)
