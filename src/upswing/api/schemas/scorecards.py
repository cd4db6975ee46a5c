"""Scorecards: lines, how a period runs, the funnel, and the records behind a number."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from upswing.api.schemas.targets import AimOut
from upswing.api.schemas.values import FactorOut, MoneyOut, PageOut, Strict, ValueOut


class BenchmarkOut(Strict):
    """What to compare a line with; `reason` says why there is no value, `source` where an outside figure is from."""

    kind: str
    value: ValueOut
    n: int
    period: str
    group: str
    source: str
    reason: str | None


class LineOut(Strict):
    """One metric: actual against target, band and evidence side by side."""

    metric: str
    label: str
    unit: str
    actual: ValueOut
    target: ValueOut
    expected: ValueOut
    attainment: float | int | None
    band: str | None
    evidence: str | None
    n: int
    direction: str
    kind: str
    reason: str | None
    factors: list[FactorOut]
    benchmarks: list[BenchmarkOut]


class ScorecardOut(Strict):
    """One rep, one period."""

    rep: str
    rep_id: str
    team: str | None
    period: str
    at: str
    working_days: float | int
    working_days_gone: float | int
    lines: list[LineOut]


class TeamOut(Strict):
    """A team that may be asked for."""

    id: UUID
    name: str


class BoardOut(PageOut):
    """Scorecards of a team by name, and the reps among them without a single record."""

    team: str
    teams: list[TeamOut]
    period: str
    at: str
    cards: list[ScorecardOut]
    without_records: list[str]


class DayOut(Strict):
    """The close of a day: what is due by then, and what was there; null for a day to come."""

    day: date
    due: MoneyOut
    there: MoneyOut | None


class EndingOut(Strict):
    """Where the period is likely to end: 8 times in 10 between `low` and `high`; and the chance of the target, 0-1."""

    low: MoneyOut
    middle: MoneyOut
    high: MoneyOut
    reached: float


class PacingOut(Strict):
    """How the main line runs. Without `ending`, `reason` says why."""

    metric: str
    period: str
    at: date
    target: MoneyOut
    days: list[DayOut]
    ending: EndingOut | None
    reason: str


class PaceOut(Strict):
    """Null where the main line has no target, or the period does not run."""

    pace: PacingOut | None


class StepOut(Strict):
    """One step: how many, as a share of the step before, what is usual, and whether it is clearly below that."""

    measure: str
    count: float | int
    rate: float | int | None
    usual: float | int | None
    low: bool


class StepsOut(Strict):
    """The rep's own funnel of a period; empty where fewer than two steps are recorded."""

    period: str
    at: date
    steps: list[StepOut]


class RecordOut(Strict):
    """One record: what it adds, what it counts as (`part`), whose share of it, and the file and row it came from."""

    name: str
    account: str
    detail: str
    stage: str
    part: str
    day: date
    value: ValueOut
    share: str
    source: str
    file: str
    row: int


class NoteOut(Strict):
    """What the import said of so many of the records shown."""

    code: str
    count: int


class RecordsOut(PageOut):
    """Exactly the records that were counted, newest first: `total` of them, `records` from place `first` on."""

    rep: str
    rep_id: UUID
    metric: str
    formula: str
    period: str
    at: date
    value: ValueOut
    records: list[RecordOut]
    notes: list[NoteOut]
    total: int
    first: int
    parts: list[tuple[str, int]]
    sum: MoneyOut | None
    aim: AimOut | None
