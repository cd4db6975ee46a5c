"""What an open deal is worth: when it enters the pipeline, and from each later day on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from upswing.core.records import Outcome


@dataclass(frozen=True, slots=True)
class Worth:
    """What a deal was worth when it entered the pipeline, and each later open amount with its day; minor units."""

    expected: int | None
    amounts: tuple[tuple[date, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Sold:
    """What besides its amounts decides what a deal is worth.

    `price` is the list price of its product in minor units; `listed` says that deals are worth that while open.
    """

    outcome: Outcome
    created: date | None
    price: int | None = None
    listed: bool = False


def worth_of(minor: int | None, told: Sequence[tuple[date, int]], sold: Sold) -> Worth:
    """By the stated amount, and the open amounts that are told, in the order of time; all in minor units.

    The last one until the day of creation is what the deal entered with. Where the first amount that is told came
    later, nobody knows what it entered with: the list price stands for it, else that first amount. Without any told,
    the list price also stands for an amount that is unknown, and for the 0 of a lost deal.
    """
    changes = [each for place, each in enumerate(told) if not place or told[place - 1][1] != each[1]]
    if not changes:
        unknown = minor is None or (minor == 0 and sold.outcome is Outcome.LOST)
        at_price = sold.price is not None if sold.listed else unknown
        return Worth(sold.price if at_price else minor)
    before = [amount for day, amount in changes if sold.created and day <= sold.created]
    entered = before[-1] if before else sold.price if sold.price is not None else changes[0][1]
    return Worth(entered, tuple(changes[len(before) :]))
