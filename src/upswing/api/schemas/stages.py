"""Pipelines: when a deal counts, stage by stage."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from upswing.api.schemas.values import Strict


class StageCriterionOut(Strict):
    """One thing that must be shown to enter a stage."""

    key: str
    text: str
    proof: Literal["date", "amount", "person", "document"]


class StageOut(Strict):
    """A step of the buyer’s; `words` are what sources call it besides.

    `weight` (0-1) and `days` are null where they are measured, `policy` where the usual one holds. In a stage that
    `qualifies` qualification is reached, in one that `proposes` a proposal is made.
    """

    key: str
    name: str
    buyer: str
    criteria: list[StageCriterionOut]
    weight: float | int | None
    days: int | None
    policy: str | None
    words: list[str]
    proposes: bool
    qualifies: bool


class StagesVersionOut(Strict):
    """A published version of a pipeline."""

    id: UUID
    number: int
    effective: date
    note: str
    published: datetime
    publisher: str


class StagesOut(Strict):
    """A pipeline: `grace` in working days; `early` is null where early proposals are let pass."""

    name: str
    early: Literal["refuse", "reason"] | None
    grace: int
    version: StagesVersionOut | None
    stages: list[StageOut]


class StagesToComeOut(StagesOut):
    """A pipeline that will hold, and what it changes, in sentences; its stages have their own keys."""

    changes: list[str]


class RulesOut(Strict):
    """The pipelines of a day, and those to come after it; `written` once somebody published any."""

    at: date
    written: bool
    pipelines: list[StagesOut]
    to_come: list[StagesToComeOut]
