"""Quotas: a share of what an ordinary rep may be expected to do in the same place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from upswing.core.period import Period
from upswing.simulation.arrays import Floats
from upswing.simulation.cast import AE, SDR
from upswing.simulation.clock import day, number, quarters, season, weekday
from upswing.simulation.organisation import territory
from upswing.simulation.people_rows import Rows, listed
from upswing.simulation.reps import Rep
from upswing.simulation.setting import Setting
from upswing.simulation.table import Scaled, Words
from upswing.simulation.worktime import ramp

METRICS = (
    "won_value", "average_deal", "deals_won", "deals_created", "win_rate", "conversations", "meetings_held",
    "proposals_sent",
)  # fmt: skip
ASKED_OF = {
    SDR: frozenset({"conversations", "meetings_held"}),
    AE: frozenset({"won_value", "average_deal", "deals_won", "win_rate", "proposals_sent"}),
}
LAG = 55
"""Days from a deal to its win, about: what is won in a quarter was opened so much earlier."""
FOR_AE = 1.3
"""Deals that reach somebody who closes for a pod, in those of a full-cycle rep."""
FOR_SDR = 1.15
DISCOUNTED = 0.89
"""The mean won amount in that of all: large deals are won less often, and discounts are given."""
RAISED_AFTER, RAISED = 270, 1.2


def quota_rows(world: Setting, reps: Sequence[Rep]) -> Rows:
    """Each quarter that has begun and in which the rep sells from the first day on."""
    told = [row for rep in reps for row in _of_rep(world, rep)]
    return {
        "rep": Words(np.array([row[0] for row in told], np.int64), tuple(rep.name for rep in reps)),
        "period": listed([row[1] for row in told]),
        "metric": Words(np.array([METRICS.index(row[2]) for row in told], np.int64), METRICS),
        "value": Scaled(np.array([round(row[3] * 100) for row in told], np.int64)),
    }


def _of_rep(world: Setting, rep: Rep) -> Iterator[tuple[int, str, str, float]]:
    for quarter in quarters(day(world.start), day(world.cut - 1)):
        first = number(quarter.start)
        if rep.starts <= max(first, world.start) and rep.ends > first:
            role = rep.at(first).role
            for metric, value in asked(world, rep, quarter).items():
                if metric in ASKED_OF.get(role, METRICS) and value > 0:
                    yield rep.number, quarter.slug, metric, value


def asked(world: Setting, rep: Rep, quarter: Period) -> dict[str, float]:
    """All metrics of a quarter, money in euro; 0 asks nothing."""
    scenario, stint = world.scenario, rep.at(number(quarter.start))
    now, before = _force(world, rep, quarter, 0), _force(world, rep, quarter, LAG)
    openings, closings = {SDR: FOR_SDR, AE: 0.3}.get(stint.role, 1.0), {AE: FOR_AE}.get(stint.role, 1.0)
    potential = territory(stint.territory).potential if scenario.territories else 1.0
    wins = before * scenario.pace.deals * scenario.win_rate * closings
    told = scenario.win_rate / (
        1 - (1 - scenario.win_rate) * scenario.silent * scenario.dead[0] / sum(scenario.dead)
    )
    size, lead = scenario.mean_amount * DISCOUNTED * potential, scenario.asked_activity
    raised = (
        RAISED
        if scenario.moves and rep.number % 3 == 0 and number(quarter.start) > world.start + RAISED_AFTER
        else 1
    )
    return {
        "won_value": 1_000.0 * _whole(wins * size * scenario.asked * raised / 1_000),
        "average_deal": 100.0 * _whole(size * lead / 100),
        "deals_won": _whole(wins * scenario.asked * raised),
        "deals_created": _whole(now * scenario.pace.deals * lead * openings),
        "win_rate": round(told * lead, 2),
        "conversations": _whole(now * scenario.pace.conversations * lead * openings),
        "meetings_held": _whole(now * scenario.pace.held * lead * openings),
        "proposals_sent": _whole(now * scenario.pace.proposals * lead * closings),
    }


def _whole(value: float) -> float:
    """At least 1 of what is asked at all."""
    return float(max(1, round(value))) if value > 0 else 0.0


def _force(world: Setting, rep: Rep, quarter: Period, lag: int) -> float:
    """Ordinary weekdays that the quarter is worth, by season and ramp, looking so many days back."""
    days = np.arange(number(quarter.start), number(quarter.end)) - lag
    shares: Floats = season(days, world.scenario.season) * (weekday(days) < 5) * ramp(rep, days)
    return float(shares.sum())
