"""Every deal of an organisation in columns, to look at any day of the past as it was known then."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from upswing.core.forecast.lives import Life
from upswing.core.records import Outcome

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

NEVER = date.max.toordinal()
"""The day of what has not happened."""
UNTOLD = -1
"""The stage of a deal of which none was told."""
TOLD = 0.5
"""The share of decided deals whose stages must have been told for stages to count: else only deals that are open
still would have one, and having none would mean having been decided."""


class Dated(NamedTuple):
    """Something told of deals: which deal (its place), from which day on, and what; in order of deal and day."""

    deal: Ints
    day: Ints
    value: Ints

    def last(self, at: int, many: int, default: int) -> tuple[Ints, Ints]:
        """Of each of so many deals the last (value, day) told by the close of a day."""
        known = np.flatnonzero(self.day <= at)
        value, day = np.full(many, default, np.int64), np.full(many, NEVER, np.int64)
        value[self.deal[known]] = self.value[known]
        day[self.deal[known]] = self.day[known]
        return value, day

    def first(self, many: int, default: int) -> Ints:
        """Of each of so many deals the first value that was ever told."""
        value = np.full(many, default, np.int64)
        value[self.deal[::-1]] = self.value[::-1]
        return value


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """The deals that stood open at the close of a day, one entry each.

    `deal` are places in the replay, `stage` places in its stages or UNTOLD. Ages are whole days: since the deal was
    known, and since it entered its stage. `expected` and `rests` are ordinals of days, NEVER where none was told.
    """

    at: int
    deal: Ints
    stage: Ints
    age: Ints
    stage_age: Ints
    amount: Ints
    expected: Ints
    rests: Ints

    def __len__(self) -> int:
        return len(self.deal)

    def over(self, limits: Ints) -> Flags:
        """Which have been in their stage for longer than its limit, and do not rest; `limits` in days by code."""
        resting = (self.rests != NEVER) & (self.rests >= self.at)
        return np.asarray((self.stage_age > limits[self.stage]) & ~resting)


class Visits(NamedTuple):
    """Stays of deals in stages, as known at the close of a day: `until` is NEVER while one lasts."""

    deal: Ints
    stage: Ints
    since: Ints
    until: Ints


@dataclass(frozen=True, slots=True, eq=False)
class Replay:
    """Deals in columns, in the order of their ids. Days are ordinals; amounts minor units."""

    ids: Ints
    entered: Ints
    closed: Ints
    won: Flags
    value: Ints
    stages: tuple[str, ...]
    stays: Dated
    worths: Dated
    closes: Dated
    waits: Dated

    def __len__(self) -> int:
        return len(self.ids)

    def standing(self, at: int) -> Standing:
        """What stood open at the close of a day, from nothing but what was told by then."""
        many = len(self)
        open_ = np.flatnonzero((self.entered <= at) & (self.closed > at))
        stage, since = self.stays.last(at, many, UNTOLD)
        if not self.told(at):
            stage = np.full(many, UNTOLD, np.int64)
        since = np.where(stage == UNTOLD, self.entered, np.maximum(since, self.entered))
        amount, _ = self.worths.last(at, many, 0)
        expected, _ = self.closes.last(at, many, NEVER)
        rests, _ = self.waits.last(at, many, NEVER)
        return Standing(
            at, open_, stage[open_], at - self.entered[open_], at - since[open_], amount[open_],
            expected[open_], rests[open_],
        )  # fmt: skip

    def told(self, at: int) -> bool:
        """Whether the stages of deals were told by then: of most deals decided by then, an open one is known."""
        decided = (self.closed <= at) & (self.entered < self.closed)
        if not decided.any():
            return True
        staged = np.zeros(len(self), bool)
        staged[self.stays.deal[self.stays.day <= at]] = True
        return bool(staged[decided].mean() >= TOLD)

    def visits(self, at: int) -> Visits:
        """Which deals stayed in which stage for how long; where no stages were told, each is one stay."""
        closed = np.where(self.closed <= at, self.closed, NEVER)
        if not self.told(at):
            there = np.flatnonzero((self.entered <= at) & (self.entered < closed))
            untold = np.full(len(there), UNTOLD, np.int64)
            return Visits(there, untold, self.entered[there], closed[there])
        known = self.stays.day <= at
        deal, stage = self.stays.deal[known], self.stays.value[known]
        since = np.maximum(self.stays.day[known], self.entered[deal])
        last = np.append(deal[1:] != deal[:-1], [True]) if len(deal) else np.empty(0, bool)
        until = np.where(last, closed[deal], np.append(since[1:], [NEVER]))
        return Visits(deal, stage, since, until)

    def won_between(self, after: int, until: int) -> Flags:
        """Which deals were won after one day and by the close of another."""
        return self.won & (self.closed > after) & (self.closed <= until)

    def earned(self, after: int, until: int) -> int:
        """What those deals were won for together."""
        return int(self.value[self.won_between(after, until)].sum())

    def known(self, at: int) -> Replay:
        """The same book as it read at the close of a day: nothing of what was told later."""
        there = self.entered <= at
        place = np.cumsum(there) - 1
        decided = self.closed <= at
        return Replay(
            self.ids[there], self.entered[there], np.where(decided, self.closed, NEVER)[there],
            (self.won & decided)[there], np.where(decided, self.value, 0)[there], self.stages,
            *(_cut(told, there, place, at) for told in (self.stays, self.worths, self.closes, self.waits)),
        )  # fmt: skip


def _cut(told: Dated, there: Flags, place: Ints, at: int) -> Dated:
    kept = (told.day <= at) & there[told.deal]
    return Dated(place[told.deal[kept]], told.day[kept], told.value[kept])


def replay(lives: Iterable[Life], stages: Sequence[str] = ()) -> Replay:
    """The lives in columns. `stages` come first in the order of the pipeline, others after them by name."""
    found = sorted(lives, key=lambda life: life.id)
    seen = {stage for life in found for _, stage in life.stays}
    names = (*stages, *sorted(seen - set(stages)))
    code = {name: number for number, name in enumerate(names)}
    return Replay(
        _ints(life.id for life in found),
        _ints(life.entered.toordinal() for life in found),
        _ints(life.closed.toordinal() if life.closed else NEVER for life in found),
        np.array([life.outcome is Outcome.WON for life in found], bool),
        _ints(life.won for life in found),
        names,
        _dated(found, lambda life: life.stays, code.__getitem__),
        _dated(found, lambda life: life.worths, int),
        _dated(found, lambda life: life.closes, date.toordinal),
        _dated(found, lambda life: life.waits, date.toordinal),
    )


def _dated(
    lives: Sequence[Life], told: Callable[[Life], Iterable[tuple[date, Any]]], code: Callable[[Any], int]
) -> Dated:
    """One part of the lives as columns."""
    rows = [
        (place, day.toordinal(), code(value)) for place, life in enumerate(lives) for day, value in told(life)
    ]
    deal, day, value = np.array(rows, np.int64).reshape(-1, 3).T
    return Dated(deal, day, value)


def _ints(values: Iterable[int]) -> Ints:
    return np.fromiter(values, np.int64)
