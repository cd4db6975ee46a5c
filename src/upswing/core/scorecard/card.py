"""What a scorecard is made of: lines and one sentence; no score, grade or rank."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from uuid import UUID

from upswing.core.bands import Band
from upswing.core.benchmarks import Benchmark
from upswing.core.evidence import Evidence, prompts
from upswing.core.metrics.metric import Metric, Timing, Unit
from upswing.core.metrics.value import Value
from upswing.core.period import Period
from upswing.core.targets import Factor

MAIN = "won_value"
OF_QUOTA = ("attainment", "booked_attainment", "won_value", "booked_revenue")


@dataclass(frozen=True, slots=True)
class Point:
    """One period of a line's history; `value` is None where nothing can be said."""

    period: Period
    value: Value | None


@dataclass(frozen=True, slots=True)
class Line:
    """One metric of a scorecard.

    `target` is for the whole period, `expected` the part of it due by the close of `at`;
    `attainment` is actual / expected, never capped. `n` is the number of records the value stands on
    (for a rate: its denominator), `due` the number of records expected by now, which evidence weighs.
    `reason` says in a key why there is no value, target or band: "no_data", "no_target", "partly_set",
    "no_days", "not_started", "too_few". `factors` say why the target is not the quota it rests on. `common`: more than
    half of the group need support on this line, which then says something about the target and not about the rep.
    """

    metric: Metric
    actual: Value | None
    target: Value | None
    expected: Value | None
    attainment: Fraction | None
    band: Band | None
    evidence: Evidence | None
    n: int
    benchmarks: tuple[Benchmark, ...]
    history: tuple[Point, ...]
    reason: str | None
    due: Fraction | None = None
    factors: tuple[Factor, ...] = ()
    common: bool = False

    @property
    def prompts(self) -> bool:
        """Whether this line may make a suggestion: short of its target, and not like most others."""
        return not self.common and self.short

    @property
    def short(self) -> bool:
        """Whether it needs support, clearly, on enough expected records."""
        return self.due is not None and prompts(self.band, self.evidence, self.due)


@dataclass(frozen=True, slots=True)
class Sentence:
    """What to say, without the words: wording and translation live in the web layer."""

    key: str
    values: tuple[tuple[str, object], ...] = ()


@dataclass(frozen=True, slots=True)
class Scorecard:
    """The answer for one rep: plain values only, ready for page, API and command line.

    `pins` are lines that somebody added for this rep: metric key, by whom, and the reason.
    """

    rep: str
    rep_id: UUID
    team: str | None
    manager: str | None
    period: Period
    at: date
    working_days: int
    working_days_gone: int
    headline: Sentence
    lines: tuple[Line, ...]
    pins: tuple[tuple[str, str, str], ...] = ()

    @property
    def main(self) -> Line | None:
        """The line that the card is about: the money that follows from the rest, won value before any other."""
        money = [
            each
            for each in self.lines
            if each.metric.unit is Unit.MONEY and each.metric.timing is Timing.LAGGING
        ]
        return next((each for each in money if each.metric.key == MAIN), money[0] if money else None)

    @property
    def of_quota(self) -> Line | None:
        """The line that says how much of the quota is reached: attainment, else the money; None without target."""
        by_key = {line.metric.key: line for line in self.lines if line.attainment is not None}
        return next((by_key[key] for key in OF_QUOTA if key in by_key), None)
