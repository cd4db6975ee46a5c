"""Which deals are proposed as stalled, when a proposal is settled, and what a rule would have done in the past."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from upswing.core.calendar import Calendar
from upswing.core.forecast.cases import Ended
from upswing.core.forecast.replay import NEVER, Flags, Ints, Replay

NOWHERE = -1
"""The stay of a deal that is not open."""
LONGEST_GRACE = 366
"""Days after which a grace is over even where nobody works."""


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """Every deal at the close of a day, by its place in the book.

    `stage` and `since` (an ordinal) tell its stay, NOWHERE where it is not open; `amount` is in minor units. `over` are
    those that have been in their stage for longer than its limit and do not rest.
    """

    at: int
    stage: Ints
    since: Ints
    amount: Ints
    over: Flags

    def stay(self, stages: int) -> Ints:
        """One number for the stage of a deal and the day it entered it, NOWHERE where it is not open."""
        return np.where(self.since == NOWHERE, NOWHERE, self.since * (stages + 1) + self.stage + 1)


@dataclass(frozen=True, slots=True)
class Moved:
    """A deal that would have been set aside: days as ordinals, its amount then, and what it was won for after that.

    `won` is None where it was not won; `first` says that the rule found it stalled on its first day.
    """

    deal: int
    stage: int
    proposed: int
    day: int
    amount: int
    won: int | None
    first: bool


def looked(book: Replay, at: int, limits: Ints, spared: Collection[int] = ()) -> Look:
    """The book at the close of a day; `limits` in days by stage, the untold one last, `spared` stages never over."""
    many = len(book)
    standing = book.standing(at)
    stage, since = np.full(many, NOWHERE, np.int64), np.full(many, NOWHERE, np.int64)
    amount, over = np.zeros(many, np.int64), np.zeros(many, bool)
    stage[standing.deal] = standing.stage
    since[standing.deal] = at - standing.stage_age
    amount[standing.deal] = standing.amount
    asked = ~np.isin(standing.stage, np.fromiter(spared, np.int64))
    over[standing.deal] = standing.over(limits) & asked
    return Look(at, stage, since, amount, over)


def settled(stays: bool, over: bool, at: date, due: date) -> Ended | None:
    """What becomes, at the close of a day, of a proposal that nobody answered; None as long as it stands.

    `stays` says whether the deal is still in the stay it was proposed in, `over` whether it is still stalled.
    """
    if not stays:
        return Ended.MOVED_ON
    if not over:
        return Ended.DROPPED
    return Ended.ASIDE if at >= due else None


def end_of_grace(day: date, grace: int, calendar: Calendar) -> date:
    """The last day of a grace of so many working days after a day; the day itself without any."""
    left, end = grace, day
    while left > 0 and (end - day).days < LONGEST_GRACE:
        end += timedelta(days=1)
        left -= calendar.length(end) > 0
    return end


def would_have(
    book: Replay,
    days: range,
    limits: Callable[[int], Ints],
    due: Callable[[int, Ints], Ints],
    spared: Collection[int] = (),
    until: int = NEVER,
) -> tuple[Moved, ...]:
    """What the rule would have set aside on these days had it come into force on the first, and nobody answered.

    Each day is looked at as it was known at its close: `limits` are those of a day, `due` gives the last days of grace
    of proposals of a day, by stage. What was won is looked up until the close of `until`. In order of day and deal.
    """
    many = len(book)
    stay, ends = np.full(many, NOWHERE, np.int64), np.zeros(many, np.int64)
    began, aside = np.zeros(many, np.int64), np.full(many, NOWHERE, np.int64)
    found: list[Moved] = []
    for at in days:
        look = looked(book, at, limits(at), spared)
        now = look.stay(len(book.stages))
        stay[(stay != now) | ~look.over] = NOWHERE
        moving = (stay != NOWHERE) & (at >= ends)
        found += _moved(book, look, np.flatnonzero(moving), began, days.start, until)
        aside[moving], stay[moving] = now[moving], NOWHERE
        fresh = look.over & (stay == NOWHERE) & (aside != now)
        stay[fresh], began[fresh] = now[fresh], at
        ends[fresh] = due(at, look.stage[fresh])
    return tuple(found)


def _moved(book: Replay, look: Look, places: Ints, began: Ints, first: int, until: int) -> list[Moved]:
    won = book.won_between(look.at, until)
    return [
        Moved(
            int(book.ids[place]), int(look.stage[place]), int(began[place]), look.at, int(look.amount[place]),
            int(book.value[place]) if won[place] else None, bool(began[place] == first),
        )
        for place in places.tolist()
    ]  # fmt: skip
