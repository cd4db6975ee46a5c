"""Open deals: tiles that add up to them, and a page of the list."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from upswing.api.schemas.scorecards import TeamOut
from upswing.api.schemas.values import MoneyOut, PageOut, Strict


class TileOut(Strict):
    """Open deals that have something in common; `weighted` counts their chances."""

    key: str
    name: str
    deals: int
    value: MoneyOut
    weighted: MoneyOut


class OpenDealOut(Strict):
    """An open deal; of its amount the part of the people asked about, ages and limits in days.

    `over` says that it has been in its stage for longer than the limit, and does not rest. `weight` is what its stage
    counts, `chance` how likely it is won in the period, both 0-1. `contact` is the last one, `meeting` the next.
    """

    id: UUID
    name: str
    account: str
    reps: list[str]
    stage: str
    stage_name: str
    state: str
    age: int
    stage_age: int
    limit: int
    over: bool
    said: str
    amount: MoneyOut
    weight: float
    chance: float
    expected: date | None
    rests: date | None
    contact: datetime | None
    meeting: datetime | None


class PipelineOut(PageOut):
    """The open deals: `states`, `stages` and `said` are tiles that each add up to `whole`.

    `chosen` is what was asked for, `deals` a page of it, the greatest first. Of the whole `undated` have no expected
    day, `worthless` no amount, and `waiting` wait for an exchange rate.
    """

    name: str
    rep: UUID | None
    team: UUID | None
    teams: list[TeamOut]
    period: str
    at: date
    whole: TileOut
    states: list[TileOut]
    stages: list[TileOut]
    said: list[TileOut]
    chosen: TileOut
    deals: list[OpenDealOut]
    undated: int
    worthless: int
    waiting: int
