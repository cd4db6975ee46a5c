"""What the API answers, as the published contract. Money is an amount in text and a currency."""

from __future__ import annotations

from ninja import Schema
from pydantic import ConfigDict


class Strict(Schema):
    """Every answer and input says exactly what it holds."""

    model_config = ConfigDict(extra="forbid")


class MoneyOut(Strict):
    """An exact amount: `{"amount": "1234.50", "currency": "USD"}`."""

    amount: str
    currency: str


ValueOut = MoneyOut | int | float | None


class BenchmarkOut(Strict):
    """What to compare a line with; `reason` says why there is no value."""

    kind: str
    value: ValueOut
    n: int
    period: str
    group: str
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


class ProblemOut(Strict):
    """What went wrong, as application/problem+json."""

    title: str
    status: int
    detail: str
