"""A rep's deals, up to a day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from math import exp, log

from upswing.simulation.cast import Rep
from upswing.simulation.days import working_days
from upswing.simulation.lives import LOST, WON, live, seen
from upswing.simulation.names import PRODUCTS, account_name
from upswing.simulation.rows import Deal, Product
from upswing.simulation.scenario import Scenario
from upswing.simulation.streams import Kind, Purpose, stream

ACCOUNTS_A_REP = 60
WARM_UP = timedelta(days=150)
"""Deals are created this long before the history begins, so that it begins with a pipeline."""
SLOWED_VOLUME = 0.45
MOST_DEALS = 1_000_000
"""A rep's deals are numbered below this."""


def deals(seed: int, rep: Rep, scenario: Scenario, begin: date, as_of: date) -> Iterator[Deal]:
    """Every deal of the rep that stood open on or after `begin`, as it stands on `as_of`."""
    for number, created in enumerate(_created(seed, rep, scenario, begin - WARM_UP, as_of)):
        deal = _deal(seed, rep, scenario, number, created, as_of)
        if deal.closed is None or deal.closed >= begin:
            yield deal


def pace(rep: Rep, scenario: Scenario, day: date) -> float:
    """Deals an ordinary rep in this rep's place may be expected to create on a working day."""
    return scenario.created_a_day * scenario.season[day.month - 1] * rep.ramp(day) * rep.story.patch


def _created(seed: int, rep: Rep, scenario: Scenario, first: date, as_of: date) -> Iterator[date]:
    days = list(working_days(first, as_of))
    means = [pace(rep, scenario, day) * _volume(rep, day) for day in days]
    counts = stream(seed, Purpose.CREATION, Kind.REP, rep.number).poisson(means)
    return (day for day, count in zip(days, counts, strict=True) for _ in range(int(count)))


def _volume(rep: Rep, day: date) -> float:
    return rep.story.volume * (SLOWED_VOLUME if rep.slowed(day) else 1)


def _deal(seed: int, rep: Rep, scenario: Scenario, number: int, created: date, as_of: date) -> Deal:
    entity = rep.number * MOST_DEALS + number
    now = seen(live(created, rep, scenario, stream(seed, Purpose.FATE, Kind.DEAL, entity)), as_of)
    amount = _amount(rep, scenario, float(stream(seed, Purpose.SIZE, Kind.DEAL, entity).standard_normal()))
    product = min(PRODUCTS, key=lambda sold: abs(log(sold.list_price / amount)))
    account = account_number(
        rep.number, int(stream(seed, Purpose.BUYER, Kind.DEAL, entity).integers(ACCOUNTS_A_REP))
    )
    buyer = account_name(account)
    return Deal(
        id=f"D-{rep.number + 1:03d}-{number + 1:04d}", name=_named(buyer, product), rep=rep.person.name,
        account=buyer, product=product.name, stage=now.stage, created=created,
        closed=now.day if now.stage in (WON, LOST) else None, amount=amount,
    )  # fmt: skip


def account_number(rep: int, place: int) -> int:
    """The number of an account among all, from the rep it belongs to and its place there."""
    return rep * ACCOUNTS_A_REP + place


def _amount(rep: Rep, scenario: Scenario, draw: float) -> int:
    """Euro, in tens. A rep with an own spread keeps the mean of everybody."""
    spread = rep.story.spread if rep.story.spread is not None else scenario.amount_spread
    mean = scenario.mean_amount * rep.story.size
    return max(10, 10 * round(mean * exp(spread * draw - spread**2 / 2) / 10))


def _named(buyer: str, product: Product) -> str:
    return f"{buyer}: {product.name.removeprefix('Brightwater ')}"
