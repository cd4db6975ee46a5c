"""What the past of an organisation teaches about its open deals: limits, and the chance to be won within some days."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from upswing.core.forecast.age import (
    End,
    Hazards,
    Spells,
    around,
    covering,
    hazards,
    incidence,
    rescaled,
    win_within,
)
from upswing.core.forecast.horizon import SNAPSHOTS, RateTable, Seen, new_business, rates
from upswing.core.forecast.references import Ahead, win_share
from upswing.core.forecast.replay import NEVER, UNTOLD, Flags, Ints, Replay, Standing, Visits
from upswing.core.forecast.stall import Limit, limit
from upswing.core.pipelines import Policy

Floats = NDArray[np.float64]
Answer = TypeVar("Answer")

CREATED_OVER = 60
"""Days over which it is looked how much pipeline comes in."""
CALIBRATED_ON = 6
A_WEEK = 7
FORESIGHT = 30
"""Days within which a win is asked for where limits are found."""
AROUND = 5
"""Days of age to either side that are looked at together."""
LEAST = 20
"""A chance by age is told as long as so many days of stays stand behind it."""
MOST_KEPT = 2_000
"""Answers that are remembered: a year of windows needs some hundred."""
UNTOLD_KEY = ""
"""The stage of deals of which none was told."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What was decided about stages, by key: weights (0-1), limits (days), what stalled deals count for.

    A weight or limit that was not decided is measured; without a policy the usual one holds.
    """

    weights: Mapping[str, float] = field(default_factory=dict)
    limits: Mapping[str, int] = field(default_factory=dict)
    policies: Mapping[str, Policy] = field(default_factory=dict)


@dataclass(eq=False)
class Learner:
    """One organisation's past. Each answer is of a day and looks at nothing later; it is kept, as many ask it again."""

    book: Replay
    rules: Rules = field(default_factory=Rules)
    _kept: dict[Hashable, Any] = field(default_factory=dict)

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """Stage keys by code; the untold one, -1, is the last."""
        return (*self.book.stages, UNTOLD_KEY)

    @cached_property
    def _codes(self) -> tuple[tuple[int, str], ...]:
        """Each stage's code and key."""
        return (*enumerate(self.book.stages), (UNTOLD, UNTOLD_KEY))

    def standing(self, at: int) -> Standing:
        """What stood open at the close of a day."""
        return self._once(("standing", at), lambda: self.book.standing(at))

    def limits(self, at: int) -> Mapping[str, Limit]:
        """How long a deal may stay in each stage, from the stays known by then."""
        self.weights(at)  # of the same stays
        return self._once(("limits", at), lambda: self._limits(at))

    def stalled(self, at: int) -> Flags:
        """Which of the open deals have been in their stage for longer than its limit, and do not rest."""
        standing, found = self.standing(at), self.limits(at)
        most = np.array([found[key].days for key in self.keys], np.int64)
        return standing.over(most)

    def weights(self, at: int) -> Mapping[str, float]:
        """The weight of each stage: what was decided, else the share of decided deals that stood in it and were won."""
        return self._once(("weights", at), lambda: self._weights(at))

    def rates(self, at: int, ahead: Ahead) -> RateTable:
        """The share won within the window, by stage and whether stalled."""
        return self._once(("rates", at, ahead), lambda: self._rates(at, ahead))

    def by_class(self, at: int, ahead: Ahead) -> Floats:
        """The chance of each open deal to be won within the window, by its stage and whether it is stalled."""
        table, standing = self.rates(at, ahead), self.standing(at)
        chance = np.array([[table.rate(key, stalled) for stalled in (False, True)] for key in self.keys])
        return np.asarray(chance[standing.stage, self.stalled(at).astype(np.int64)])

    def by_age(self, at: int, ahead: Ahead) -> Floats:
        """The same by its age alone, scaled by how such forecasts came out in the windows before."""
        scale = self._once(("scale", at, ahead), lambda: self._scale(at, ahead))
        return np.asarray(np.minimum(1.0, self._aged(at, ahead) * scale))

    def created_and_won(self, at: int, ahead: Ahead) -> float:
        """What usually is both created after such a day and won within the window."""
        after = (int(self.book.value[self._fresh(day, ahead)].sum()) for day in self._before(at, ahead))
        return new_business([float(each) for each in after], ahead.days)

    def coming(self, at: int, ahead: Ahead) -> float:
        """The same by age: what comes in a day, times how much of it is won by when."""
        entered = (self.book.entered > at - CREATED_OVER) & (self.book.entered <= at)
        first, _ = self.book.worths.last(at, len(self.book), 0)
        a_day = float(first[entered].sum()) / CREATED_OVER
        won = self._from_entry(at, ahead.until)
        lasting = sum(
            won[ahead.until - day] - won[max(0, ahead.after - day)] for day in range(1, ahead.until + 1)
        )
        return a_day * float(lasting)

    def _from_entry(self, at: int, days: int) -> Floats:
        """The chance of a new deal to be won within 0, 1, … days."""
        return incidence(self._hazards(at), 0, days).won

    def _aged(self, at: int, ahead: Ahead) -> Floats:
        return np.asarray(win_within(self._hazards(at), self.standing(at).age, ahead.after, ahead.until))

    def _hazards(self, at: int) -> Hazards:
        return self._once(("hazards", at), lambda: hazards(_spells(self.book, at)))

    def _scale(self, at: int, ahead: Ahead) -> float:
        """What came of the deals open then, per what was foreseen of them."""
        days = self._before(at, ahead, CALIBRATED_ON)
        came = [float(self.book.value[self._won_of_open(day, ahead)].sum()) for day in days]
        foreseen = [float((self.standing(day).amount * self._aged(day, ahead)).sum()) for day in days]
        return rescaled(came, foreseen)

    def _rates(self, at: int, ahead: Ahead) -> RateTable:
        snapshots = [self._seen(day, ahead) for day in self._before(at, ahead)]
        return rates(snapshots, self.weights(at), ahead.days)

    def _seen(self, day: int, ahead: Ahead) -> dict[tuple[str, bool], Seen]:
        """The open deals of a day by class, and those won within the window after it."""
        return self._once(("seen", day, ahead), lambda: self._counted(day, ahead))

    def _counted(self, day: int, ahead: Ahead) -> dict[tuple[str, bool], Seen]:
        standing, stalled = self.standing(day), self.stalled(day)
        won = self._won_of_open(day, ahead)[standing.deal]
        return {
            (key, bool(flag)): Seen(int(these.sum()), int(won[these].sum()))
            for code, key in self._codes
            for flag in (False, True)
            if (these := (standing.stage == code) & (stalled == flag)).any()
        }

    def _before(self, at: int, ahead: Ahead, most: int = SNAPSHOTS) -> list[int]:
        """Days before, a window apart, whose windows were over by then; none from before the first decision.

        They are always the same day of the week, so that what is learned of a day serves many windows.
        """
        apart = max(A_WEEK, ahead.days)
        days = ((at - ahead.until - step * apart) // A_WEEK * A_WEEK for step in range(most))
        first = int(self.book.closed.min()) if len(self.book) else NEVER
        return [day for day in days if day >= first]

    def _won_of_open(self, day: int, ahead: Ahead) -> Flags:
        won = self.book.won_between(day + ahead.after, day + ahead.until)
        return np.asarray(won & (self.book.entered <= day))

    def _fresh(self, day: int, ahead: Ahead) -> Flags:
        won = self.book.won_between(day + ahead.after, day + ahead.until)
        return np.asarray(won & (self.book.entered > day))

    def _weights(self, at: int) -> dict[str, float]:
        visits, overall = self._visits(at), win_share(self.book, at) or 0.0
        decided = self.book.closed[visits.deal] <= at
        return {
            key: self.rules.weights[key] if key in self.rules.weights
            else self._won(visits.deal[decided & (visits.stage == code)], overall)
            for code, key in self._codes
        }  # fmt: skip

    def _won(self, deals: Ints, otherwise: float) -> float:
        """The share of these deals that were won, each once."""
        there = np.zeros(len(self.book), bool)
        there[deals] = True
        return float(self.book.won[there].mean()) if len(deals) else otherwise

    def _visits(self, at: int) -> Visits:
        return self._once(("visits", at), lambda: self.book.visits(at))

    def _limits(self, at: int) -> dict[str, Limit]:
        won = self.book.won & (self.book.closed <= at)
        cycles = (self.book.closed - self.book.entered)[won]
        cycle = float(np.median(cycles)) if len(cycles) else None
        found = {key: self._limit(at, code, key, cycle) for code, key in self._codes}
        self._kept.pop(("visits", at), None)  # large, and asked for no more
        return found

    def _limit(self, at: int, code: int, key: str, cycle: float | None) -> Limit:
        visits = self._visits(at)
        here = visits.stage == code
        deal, since = visits.deal[here], visits.since[here]
        until = np.minimum(visits.until[here], at)
        won = self.book.won[deal] & (self.book.closed[deal] <= at)
        ends = np.where(won, self.book.closed[deal], NEVER)
        return limit(
            lasting(since, until, ends, at), int(won.sum()), (until - since)[won], cycle,
            max(1, len(self.book.stages)), self.rules.limits.get(key),
        )  # fmt: skip

    def _once(self, name: Hashable, answer: Callable[[], Answer]) -> Answer:
        return kept(self._kept, name, answer)


def kept(answers: dict[Hashable, Any], name: Hashable, answer: Callable[[], Answer]) -> Answer:
    """The answer of that name, worked out once; those asked for first make room where there are too many."""
    found: Answer | None = answers.get(name)
    if found is None:
        found = answers[name] = answer()
        for _ in range(len(answers) - MOST_KEPT):
            answers.pop(next(iter(answers)), None)
    return found


def lasting(since: Ints, until: Ints, won: Ints, at: int, least: int = LEAST) -> Floats:
    """Of deals that have stayed so many days in a stage, the share won within the next 30: by days, from 0.

    Stays are days from `since` to `until`; `won` are the days they were won, NEVER if not. A stay is looked at on all
    of its days from which 30 have passed. Ages near each other are looked at together; the curve ends where fewer than
    `least` of such days are left.
    """
    last = np.minimum(until - since, at - FORESIGHT - since)
    seen = last >= 0
    last, since, won = last[seen], since[seen], won[seen]
    if not len(last):
        return np.empty(0)
    ages = int(last.max()) + 1
    there = covering(np.zeros_like(last), last, ages)
    near = np.maximum(won - since - FORESIGHT, 0)
    hits = won != NEVER
    counted = hits & (near <= last)
    came = covering(near[counted], last[counted], ages)
    risk, wins = around(there, AROUND), around(came, AROUND)
    end = int(np.flatnonzero(risk >= least).max(initial=-1)) + 1
    return np.asarray(wins[:end] / risk[:end])


def _spells(book: Replay, at: int) -> Spells:
    """Every deal's days at risk until the close of a day; it can be decided from the day after it came on."""
    known = np.flatnonzero((book.entered < at) & (book.entered < book.closed))
    entered, closed = book.entered[known], book.closed[known]
    ends = np.where(book.won[known], End.WON, End.LOST)
    return Spells(
        np.ones(len(known), np.int64), np.minimum(closed, at) - entered,
        np.where(closed <= at, ends, End.OPEN).astype(np.int64),
    )  # fmt: skip
