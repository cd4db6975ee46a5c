"""The forecast that is published: several methods, weighed by how well each did, and the range they have earned."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from upswing.core.forecast.learned import A_WEEK, Answer, Floats, Learner, kept
from upswing.core.forecast.ranges import WINDOWS_TO_VERIFY, Interval, range_from_overlapping
from upswing.core.forecast.references import REFERENCES, Ahead
from upswing.core.forecast.replay import NEVER, Flags
from upswing.core.forecast.scoring import FEWEST_BLOCKS, better
from upswing.core.forecast.stages import usual_policy, weight_under
from upswing.core.forecast.total import combine
from upswing.core.seeds import seed_of

BY_CLASS, BY_AGE, COMBINED, EQUAL = "by_stage", "by_age", "combined", "equal"
STAGE_WEIGHTED, PENALISED = "stage_weighted", "stage_weighted_stalled"
NAIVE = ("last_quarter", "long_mean")
"""What is combined with the two that are learned from deals."""
PUBLISHABLE = ("last_quarter", "last_year", "run_rate", "short_mean", "long_mean")
"""Simple forecasts that are published where they came nearer than the combination."""
METHODS = (COMBINED, EQUAL, BY_CLASS, BY_AGE, STAGE_WEIGHTED, PENALISED, *REFERENCES)

LOOKED_BACK = 52
"""So many windows, a week apart, say how well each method does."""
ENOUGH = 8
"""Fewer windows tell nothing of which method is better."""


@dataclass(frozen=True, slots=True)
class Scored:
    """A window that is over: when it was asked, what each method said then, and what came (minor units)."""

    at: int
    said: Mapping[str, float]
    came: float


@dataclass(frozen=True, slots=True)
class Published:
    """What is forecast: the chosen method's value and its range, what every method says, and the windows behind it.

    `weights` are the shares of the members in the combination; `windows` the windows that were scored. Minor units.
    """

    chosen: str
    value: float
    range: Interval
    said: Mapping[str, float]
    weights: Mapping[str, float]
    windows: tuple[Scored, ...]

    def less(self, amount: float) -> Published:
        """The same without so much of the value, never below 0; the range keeps its share, others say what they did."""
        value = max(0.0, self.value - amount)
        share = value / self.value if self.value > 0 else 1.0
        said = {**self.said, self.chosen: value}
        return replace(self, value=value, range=self.range.times(share), said=said)


@dataclass(eq=False)
class Forecaster:
    """The forecasts of one organisation, each from nothing but what was known at the close of its day."""

    learner: Learner
    _kept: dict[Hashable, Any] = field(default_factory=dict)

    def published(self, at: int, ahead: Ahead) -> Published:
        """What is won between `ahead` days from the close of a day."""
        windows = self.scored(at, ahead)
        said, weights = self._said(at, ahead), self._combined(at, ahead)[1]
        chosen = _chosen(windows, said, ahead)
        earned = self.range_of(chosen, at, ahead)
        return Published(chosen, said[chosen], earned, said, weights, windows)

    def range_of(self, method: str, at: int, ahead: Ahead) -> Interval:
        """The range that a method's errors in the windows before have earned."""
        pairs = [(each.said[method], each.came) for each in self.scored(at, ahead) if method in each.said]
        apart = A_WEEK / max(A_WEEK, ahead.days)
        known = len(self._origins(at, ahead, most=None)) * apart
        value = self._said(at, ahead)[method]
        return range_from_overlapping(value, pairs, apart, verified=known >= WINDOWS_TO_VERIFY)

    def scored(self, at: int, ahead: Ahead) -> tuple[Scored, ...]:
        """Windows of that length that were over by then, a week apart, the oldest first."""
        origins = self._origins(at, ahead)[::-1]
        return self._once(("scored", at, ahead), lambda: tuple(self._scored(day, ahead) for day in origins))

    def _scored(self, day: int, ahead: Ahead) -> Scored:
        came = self.learner.book.earned(day + ahead.after, day + ahead.until)
        return Scored(day, self._said(day, ahead), float(came))

    def _said(self, at: int, ahead: Ahead) -> Mapping[str, float]:
        """What every method says; one that knows too little is missing."""
        return self._once(("said", at, ahead), lambda: self._every(at, ahead))

    def _every(self, at: int, ahead: Ahead) -> Mapping[str, float]:
        own = self._members(at, ahead)
        return {COMBINED: self._combined(at, ahead)[0], EQUAL: _mean(own), **self._others(at, ahead), **own}

    def _members(self, at: int, ahead: Ahead) -> dict[str, float]:
        return self._once(("members", at, ahead), lambda: self._learned(at, ahead))

    def _learned(self, at: int, ahead: Ahead) -> dict[str, float]:
        learner = self.learner
        amount = learner.standing(at).amount
        by_age = learner.by_age(at, ahead)
        found = {BY_AGE: float(amount @ by_age) + learner.coming(at, ahead)}
        if learner.rates(at, ahead).levels:  # else the weights of stages would speak once more
            by_class = learner.by_class(at, ahead)
            found[BY_CLASS] = float(amount @ by_class) + learner.created_and_won(at, ahead)
        naive = {key: REFERENCES[key](learner.book, at, ahead) for key in NAIVE}
        return {**found, **{key: value for key, value in naive.items() if value is not None}}

    def _combined(self, at: int, ahead: Ahead) -> tuple[float, Mapping[str, float]]:
        """The members weighed by their errors in the windows that were over by then."""
        return self._once(("combined", at, ahead), lambda: self._weighed(at, ahead))

    def _weighed(self, at: int, ahead: Ahead) -> tuple[float, Mapping[str, float]]:
        past = [
            (self._members(day, ahead), float(self.learner.book.earned(day + ahead.after, day + ahead.until)))
            for day in self._origins(at, ahead)
        ]
        own = self._members(at, ahead)
        errors = {
            key: float(np.mean([abs(said[key] - came) for said, came in past if key in said]))
            for key in own
            if any(key in said for said, _ in past)
        }
        mean = float(np.mean([came for _, came in past])) if past else 0.0
        total = combine(own, errors, len(past), mean)
        return total.value, total.weights

    def _others(self, at: int, ahead: Ahead) -> dict[str, float]:
        return self._once(("others", at, ahead), lambda: self._simple(at, ahead))

    def _simple(self, at: int, ahead: Ahead) -> dict[str, float]:
        book = self.learner.book
        told = {key: reference(book, at, ahead) for key, reference in REFERENCES.items()}
        amount, due = self.learner.standing(at).amount, self.due(at, ahead)
        staged = {
            STAGE_WEIGHTED: float((amount * self.plain_weights(at))[due].sum()),
            PENALISED: float((amount * self.stage_weights(at, ahead))[due].sum()),
        }
        return {**staged, **{key: value for key, value in told.items() if value is not None}}

    def due(self, at: int, ahead: Ahead, *, foreknown: bool = False) -> Flags:
        """Which open deals are expected to close in the window; those overdue, or of no day, in one that begins now.

        With `foreknown`, a deal of which no day was told by then is taken at the first that was told later: what is
        said for the first time moves nothing.
        """
        expected = self.learner.standing(at).expected
        if foreknown:
            first = self.learner.book.closes.first(len(self.learner.book), NEVER)
            expected = np.where(expected == NEVER, first[self.learner.standing(at).deal], expected)
        now = ahead.after == 0
        dated = (expected > at + ahead.after) & (expected <= at + ahead.until)
        return np.asarray(dated | (((expected == NEVER) | (expected <= at)) & now))

    def plain_weights(self, at: int) -> Floats:
        """The weight of each open deal's stage, whether it is stalled or not."""
        weights = self.learner.weights(at)
        each = np.array([weights[key] for key in self.learner.keys])
        return np.asarray(each[self.learner.standing(at).stage])

    def stage_weights(self, at: int, ahead: Ahead) -> Floats:
        """The same with stalled deals counted by the policy of their stage, the usual one where none was chosen."""
        learner, table = self.learner, self.learner.rates(at, ahead)
        usual, chosen = usual_policy(table.stalled_seen), learner.rules.policies
        weights = [(key, learner.weights(at)[key]) for key in learner.keys]
        counts = np.array(
            [
                [
                    float(weight_under(chosen.get(key, usual), weights, key, stalled, table.measured))
                    for stalled in (False, True)
                ]
                for key in learner.keys
            ]
        )
        return np.asarray(counts[learner.standing(at).stage, learner.stalled(at).astype(np.int64)])

    def _origins(self, at: int, ahead: Ahead, most: int | None = LOOKED_BACK) -> list[int]:
        """Days, each the same day of the week, whose windows were over by then; the latest first."""
        first = int(self.learner.book.closed.min()) + ahead.until if len(self.learner.book) else NEVER
        last = (at - ahead.until) // A_WEEK * A_WEEK
        return list(range(last, first - 1, -A_WEEK))[:most]

    def _once(self, name: Hashable, answer: Callable[[], Answer]) -> Answer:
        return kept(self._kept, name, answer)


def _chosen(windows: tuple[Scored, ...], said: Mapping[str, float], ahead: Ahead) -> str:
    """The simple forecast that came nearer than the combination by more than chance, if one did; else that."""
    best, least = COMBINED, 1.0
    for key in PUBLISHABLE:
        both = [window for window in windows if key in window.said]
        if key not in said or len(both) < ENOUGH:
            continue
        simple, ours, came = (
            np.array(column)
            for column in zip(*((w.said[key], w.said[COMBINED], w.came) for w in both), strict=True)
        )
        block = min(-(-ahead.days // A_WEEK), len(both) // FEWEST_BLOCKS)
        seed = seed_of("better@1", key, str(windows[-1].at + ahead.until))
        error = float(np.abs(simple - came).sum() / max(1.0, np.abs(ours - came).sum()))
        if error < least and better(simple, ours, came, max(1, block), seed).better:
            best, least = key, error
    return best


def _mean(said: Mapping[str, float]) -> float:
    return sum(said.values()) / len(said)
