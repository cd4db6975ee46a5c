"""What changed in a pipeline between two days, as a sum that adds up to the cent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Where(StrEnum):
    """Where a deal stands on a day, seen from one period."""

    UNKNOWN = "unknown"
    INSIDE = "inside"
    OUTSIDE = "outside"
    STALLED = "stalled"
    OMITTED = "omitted"
    WON = "won"
    LOST = "lost"


class Step(StrEnum):
    """Why an open amount came into a period's pipeline, changed in it, or left it; in the order they are drawn."""

    CREATED = "created"
    PULLED_IN = "pulled_in"
    RE_ENTERED = "re_entered"
    INCREASED = "increased"
    DECREASED = "decreased"
    PUSHED_OUT = "pushed_out"
    STALLED = "stalled"
    OMITTED = "omitted"
    WON = "won"
    LOST = "lost"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Place:
    """A deal on a day: where it stands, and its open amount in minor units."""

    where: Where
    amount: int


@dataclass(frozen=True, slots=True)
class Change:
    """A deal that moved the sum, by how much (minor units), and why."""

    deal: int
    step: Step
    amount: int


@dataclass(frozen=True, slots=True)
class Movement:
    """From the sum of one day to that of another: `start` and every change make `end`."""

    start: int
    end: int
    changes: tuple[Change, ...]

    def total(self, step: Step) -> int:
        """What one reason added, or took away."""
        return sum(change.amount for change in self.changes if change.step is step)

    def count(self, step: Step) -> int:
        """How many deals it was."""
        return sum(change.step is step for change in self.changes)


NOWHERE = Place(Where.UNKNOWN, 0)
_CAME = {
    Where.UNKNOWN: Step.CREATED, Where.OUTSIDE: Step.PULLED_IN, Where.STALLED: Step.RE_ENTERED,
    Where.OMITTED: Step.RE_ENTERED, Where.WON: Step.RE_ENTERED, Where.LOST: Step.RE_ENTERED,
}  # fmt: skip
_WENT = {
    Where.UNKNOWN: Step.REMOVED, Where.OUTSIDE: Step.PUSHED_OUT, Where.STALLED: Step.STALLED,
    Where.OMITTED: Step.OMITTED, Where.WON: Step.WON, Where.LOST: Step.LOST,
}  # fmt: skip


def movement(before: Mapping[int, Place], after: Mapping[int, Place]) -> Movement:
    """Each deal's change of the amount that stands inside the period, with its one reason.

    A deal that left takes along what it stood with at the beginning, so that nothing is counted twice.
    """
    changes = tuple(
        change
        for deal in sorted({*before, *after})
        if (change := _change(deal, before.get(deal, NOWHERE), after.get(deal, NOWHERE)))
    )
    return Movement(_inside(before), _inside(after), changes)


def _change(deal: int, was: Place, now: Place) -> Change | None:
    stood, stands = was.where is Where.INSIDE, now.where is Where.INSIDE
    if stood and stands:
        step = Step.INCREASED if now.amount > was.amount else Step.DECREASED
        return Change(deal, step, now.amount - was.amount) if now.amount != was.amount else None
    if stood:
        return Change(deal, _WENT[now.where], -was.amount)
    return Change(deal, _CAME[was.where], now.amount) if stands else None


def _inside(places: Mapping[int, Place]) -> int:
    return sum(place.amount for place in places.values() if place.where is Where.INSIDE)
