"""How well each method would have done: the forecast of every past period, from what was known before it began."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from upswing.core.forecast.learned import Floats
from upswing.core.forecast.publishing import COMBINED, METHODS, Forecaster
from upswing.core.forecast.ranges import Interval
from upswing.core.forecast.references import Ahead
from upswing.core.forecast.scoring import Bin, Scores, Window, log_loss, reliability, score
from upswing.core.period import Period

PUBLISHED = "published"
"""What would have been published: the method that the windows before spoke for."""


@dataclass(frozen=True, slots=True)
class Replayed:
    """One past period: what each method said the evening before it, with its range, and what came; minor units.

    `chosen` is the method that was published.
    """

    period: Period
    chosen: str
    said: Mapping[str, Interval]
    came: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """How the chances of single deals came out in one stage, learned and by the fixed weight; log loss and n."""

    stage: str
    n: int
    won: int
    expected: float
    learned: float | None
    fixed: float | None


@dataclass(frozen=True, slots=True)
class Backtest:
    """Every replayed period, the scores of every method, and how the chances of single deals came out.

    `chosen` is the method that is nearest over all of them. `bins` hold deals of about the same chance.
    """

    periods: tuple[Replayed, ...]
    scores: Mapping[str, Scores]
    chosen: str
    stages: tuple[Calibration, ...]
    bins: tuple[Bin, ...]
    learned_loss: float | None
    fixed_loss: float | None


def backtest(forecaster: Forecaster, periods: Sequence[Period]) -> Backtest:
    """Replay these periods. Those of which nothing could be known before are the caller's to leave out."""
    replayed = tuple(_replayed(forecaster, period) for period in periods)
    scores = {
        method: score(windows)
        for method in (PUBLISHED, *METHODS)
        if (windows := [_window(each, method) for each in replayed if _has(each, method)])
    }
    deals = _Deals.of(forecaster, periods)
    return Backtest(
        replayed, scores, _nearest(scores, len(replayed)), deals.by_stage(forecaster.learner.keys),
        reliability(deals.learned, deals.won), log_loss(deals.learned, deals.won),
        log_loss(deals.fixed, deals.won),
    )  # fmt: skip


def ahead_of(period: Period) -> tuple[int, Ahead]:
    """The evening before a period, and its days as seen from there."""
    return period.start.toordinal() - 1, Ahead(0, period.days)


def _replayed(forecaster: Forecaster, period: Period) -> Replayed:
    at, ahead = ahead_of(period)
    found = forecaster.published(at, ahead)
    came = forecaster.learner.book.earned(at, at + period.days)
    said = {method: forecaster.range_of(method, at, ahead) for method in found.said}
    return Replayed(period, found.chosen, {**said, PUBLISHED: found.range}, float(came))


def _has(replayed: Replayed, method: str) -> bool:
    return method in replayed.said


def _window(replayed: Replayed, method: str) -> Window:
    said = replayed.said[method]
    return Window(said.middle, replayed.came, said.low, said.high)


def _nearest(scores: Mapping[str, Scores], most: int) -> str:
    """Of the methods that spoke for every period, the one with the least error; else the combination."""
    told = {
        method: found.wape
        for method, found in scores.items()
        if found.wape is not None and found.n == most and method != PUBLISHED
    }
    return min(told, key=lambda method: (told[method], method != COMBINED, method), default=COMBINED)


@dataclass(frozen=True, slots=True, eq=False)
class _Deals:
    """Every deal that stood open before one of the periods: its stage, its chances, and whether it was won in it."""

    stage: Floats
    learned: Floats
    fixed: Floats
    won: Floats

    @classmethod
    def of(cls, forecaster: Forecaster, periods: Sequence[Period]) -> _Deals:
        learner, columns = forecaster.learner, []
        for period in periods:
            at, ahead = ahead_of(period)
            standing = learner.standing(at)
            won = learner.book.won_between(at, at + period.days)[standing.deal]
            columns.append((standing.stage, learner.by_class(at, ahead), forecaster.plain_weights(at), won))
        if not columns:
            return cls(*(np.empty(0) for _ in range(4)))
        return cls(*(np.concatenate(column).astype(float) for column in zip(*columns, strict=True)))

    def by_stage(self, keys: Sequence[str]) -> tuple[Calibration, ...]:
        """Of each stage in order; stages without deals are left out. The untold stage is the last key."""
        codes = [*range(len(keys) - 1), -1]
        return tuple(
            self._calibration(key, self.stage == code)
            for key, code in zip(keys, codes, strict=True)
            if (self.stage == code).any()
        )

    def _calibration(self, key: str, here: Floats) -> Calibration:
        learned, fixed, won = self.learned[here], self.fixed[here], self.won[here]
        return Calibration(
            key, len(won), int(won.sum()), float(learned.sum()), log_loss(learned, won), log_loss(fixed, won)
        )
