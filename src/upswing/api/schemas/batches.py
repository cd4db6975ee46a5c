"""Imports."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from upswing.api.schemas.values import PageOut, Strict


class BatchOut(Strict):
    """One import: how far it is (`done` of `expected` rows), and what it did."""

    id: UUID
    source: str
    source_key: str
    mapping: str
    by: str
    state: Literal["running", "cut off", "done", "being taken back", "taken back"]
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


class BatchesOut(PageOut):
    """Imports, the latest first; `next` is the page after this one, if there may be one."""

    batches: list[BatchOut]


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
