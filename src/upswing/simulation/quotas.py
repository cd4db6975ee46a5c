"""Quotas: a share of what an ordinary rep may be expected to do in the same place."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from upswing.core.period import Period
from upswing.simulation.cast import Rep
from upswing.simulation.days import quarters, working_days
from upswing.simulation.deals import pace
from upswing.simulation.rows import Quota
from upswing.simulation.scenario import Scenario


def quotas(rep: Rep, scenario: Scenario, begin: date, as_of: date) -> Iterator[Quota]:
    """Five a quarter that has begun and in which the rep sells from the first day on."""
    for quarter in quarters(begin, as_of):
        if rep.person.start <= quarter.start:
            for metric, value in _asked(rep, scenario, quarter):
                yield Quota(rep.person.name, quarter.slug, metric, value)


def _asked(rep: Rep, scenario: Scenario, quarter: Period) -> Iterator[tuple[str, Decimal]]:
    created = sum(_created(rep, scenario, month) for month in quarter.months())
    wins = sum(_won(rep, scenario, month) for month in quarter.months())
    value = wins * scenario.mean_amount * scenario.asked_value
    yield "won_value", Decimal(1_000 * max(1, round(value / 1_000)))
    yield (
        "average_deal",
        Decimal(100 * round(scenario.mean_amount * rep.story.size * scenario.asked_value / 100)),
    )
    yield "deals_won", Decimal(max(1, round(wins * scenario.asked_wins)))
    yield "deals_created", Decimal(max(1, round(created * scenario.asked_created)))
    yield "win_rate", Decimal(round(scenario.win_rate * scenario.asked_win_rate * 100)) / 100


def _created(rep: Rep, scenario: Scenario, month: Period) -> float:
    return sum(pace(rep, scenario, day) for day in working_days(month.start, month.last))


def _won(rep: Rep, scenario: Scenario, month: Period) -> float:
    """What the two months before brought in falls due, half of each."""
    one, two = month.previous(), month.previous().previous()
    return scenario.win_rate * (_created(rep, scenario, one) + _created(rep, scenario, two)) / 2
