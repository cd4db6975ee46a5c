"""Records that are sent, and what became of them."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    StringConstraints,
    WithJsonSchema,
    model_validator,
)

from upswing.api.schemas.values import Strict

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
