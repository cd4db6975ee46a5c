"""A deal's life: all that is known of it, each thing with the day from which it was known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from upswing.core.money import allocate
from upswing.core.records import DealRecord, Outcome

Told = TypeVar("Told")


@dataclass(frozen=True, slots=True)
class Life:
    """What is known of a deal, told so that every day can be looked at as it was known then.

    `entered` is the day from which it is known; `worths` are open amounts in minor units, `stays` keys of open
    stages, `closes` expected closing days and `waits` days until which it may rest, each from its day on and in
    order. A decided deal has `closed`; `won` is what it was won for, in minor units, 0 otherwise. `credit` is
    (rep, weight) pairs.
    """

    id: int
    entered: date
    worths: tuple[tuple[date, int], ...] = ()
    stays: tuple[tuple[date, str], ...] = ()
    closes: tuple[tuple[date, date], ...] = ()
    waits: tuple[tuple[date, date], ...] = ()
    closed: date | None = None
    outcome: Outcome = Outcome.OPEN
    won: int = 0
    credit: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class OpenDeal:
    """A deal as it stood open at the close of a day.

    `since` is the day it entered its stage, `expected` the day it was expected to close, `rests` the day until which
    it may rest. `amount` is in minor units; 0 where nobody told one.
    """

    id: int
    stage: str
    entered: date
    since: date
    amount: int
    expected: date | None
    rests: date | None


def shared_out(amount: int, credit: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """(rep, part) of an amount by weights, adding up to it exactly; nobody has a part where there is no weight."""
    if not sum(weight for _, weight in credit):
        return ()
    parts = allocate(amount, [weight for _, weight in credit])
    return tuple((rep, part) for (rep, _), part in zip(credit, parts, strict=True))


def life_of(
    number: int, deal: DealRecord, read: date, credit: tuple[tuple[int, int], ...] = ()
) -> Life | None:
    """The life of a deal as it reads on a day; None where no day of it is known, or not the day of its decision.

    What is expected of an open deal, and since when nobody told, is known from the day it was read. What was won for
    an amount nobody told counts as nothing.
    """
    still = deal.outcome is Outcome.OPEN
    entered = deal.created or (deal.observed if still else deal.closed)
    if entered is None or not (still or deal.closed):
        return None
    closes = tuple((max(day, entered), due) for day, due in deal.closes)
    if still and deal.expected_close and not (closes and closes[-1][1] == deal.expected_close):
        closes += ((max(read, entered, *(day for day, _ in closes)), deal.expected_close),)
    return Life(
        number,
        entered,
        ((entered, deal.expected_minor or 0), *((max(day, entered), worth) for day, worth in deal.amounts)),
        tuple((move.day, move.stage) for move in deal.moves if move.outcome is Outcome.OPEN),
        closes,
        closed=None if still else deal.closed,
        outcome=deal.outcome,
        won=(deal.amount_minor or 0) if deal.outcome is Outcome.WON else 0,
        credit=credit,
    )


def as_known(life: Life, at: date) -> OpenDeal | None:
    """The deal as it was known at the close of a day; None while it was not known, or once it was decided."""
    if life.entered > at or (life.closed is not None and life.closed <= at):
        return None
    stay = _last(life.stays, at)
    worth, expected, rests = _last(life.worths, at), _last(life.closes, at), _last(life.waits, at)
    return OpenDeal(
        life.id,
        stay[1] if stay else "",
        life.entered,
        max(stay[0], life.entered) if stay else life.entered,
        worth[1] if worth else 0,
        expected[1] if expected else None,
        rests[1] if rests else None,
    )


def _last(told: tuple[tuple[date, Told], ...], at: date) -> tuple[date, Told] | None:
    return next((each for each in reversed(told) if each[0] <= at), None)
