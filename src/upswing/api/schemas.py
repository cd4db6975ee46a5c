"""What the API takes and answers, as the published contract. Money is an amount in text and a currency."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from ninja import Schema
from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    WithJsonSchema,
    model_validator,
)


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


class FactorOut(Strict):
    """One reason why the target is not the quota: its share, and the numbers that explain it."""

    key: str
    share: float
    values: dict[str, float | int]
    words: dict[str, str]


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


ROWS = 1_000
"""Rows of a request at most."""


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, str | int | float):
        return value
    raise ValueError("a value is text, a number, true, false or null")


def _several(value: Any) -> Any:
    return [value] if isinstance(value, dict) else value


Cell = Annotated[
    Any, AfterValidator(_plain), WithJsonSchema({"type": ["string", "number", "boolean", "null"]})
]
Field64 = Annotated[str, StringConstraints(min_length=1, max_length=64)]
RowIn = Annotated[dict[Field64, Cell], Field(max_length=64)]
RowsIn = Annotated[list[RowIn], BeforeValidator(_several), Field(min_length=1, max_length=ROWS)]
Source = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=64)]
Stage = Annotated[str, StringConstraints(min_length=1, max_length=100)]
Stages = Annotated[dict[Stage, Literal["open", "won", "lost"]], Field(max_length=200)]


class RecordsIn(Strict):
    """Records of one kind, or a single one. Each is an object: field → value, as the kind's columns in a file."""

    source: Source
    records: RowsIn
    stages: Stages = Field(default_factory=dict)


class KindsIn(Strict):
    """Records of several kinds that belong together, such as deals with their stage moves: kind → records."""

    source: Source
    records: Annotated[dict[Field64, RowsIn], Field(min_length=1, max_length=32)]
    stages: Stages = Field(default_factory=dict)

    @model_validator(mode="after")
    def _not_too_many(self) -> Self:
        if sum(map(len, self.records.values())) > ROWS:
            raise ValueError(f"a request has at most {ROWS:,} records, of all kinds together")
        return self


class RowProblemOut(Strict):
    """What is to be said of one record: `refused` was not taken, `notice` was. `row` counts from 1 in its kind."""

    kind: str
    row: int
    severity: Literal["refused", "notice"]
    code: str
    record: str
    field: str
    value: str
    sentence: str


class BroughtOut(Strict):
    """What one request did, and the batch that it went into."""

    batch: UUID
    created: int
    updated: int
    unchanged: int
    refused: int
    notices: int
    problems: list[RowProblemOut]


class BatchOut(Strict):
    """One import: how far it is (`done` of `expected` rows), and what it did."""

    id: UUID
    source: str
    source_key: str
    mapping: str
    by: str
    state: Literal["running", "done", "being taken back", "taken back"]
    started: datetime
    finished: datetime | None
    undone: datetime | None
    read_on: date | None
    created: int
    updated: int
    unchanged: int
    refused: int
    notices: int
    done: int
    expected: int
    alive: datetime | None
    files: list[str]


class BatchesOut(Strict):
    """Imports, the latest first; `next` is the page after this one, if there may be one."""

    batches: list[BatchOut]
    page: int
    next: int | None


class GroupOut(Strict):
    """Problems that one thing mends: how many, the values they are about with how often, some sentences."""

    code: str
    severity: Literal["refused", "notice"]
    field: str
    count: int
    values: list[tuple[str, int]]
    sentences: list[str]


class GroupsOut(Strict):
    """The problems of one import."""

    problems: list[GroupOut]


class UndoOut(Strict):
    """The import that is being taken back; ask for it to see how far it is."""

    batch: UUID
    state: Literal["being taken back"]


class ProblemOut(Strict):
    """What went wrong, as application/problem+json."""

    title: str
    status: int
    detail: str
