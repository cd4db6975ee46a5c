"""Targets: what is asked of whom, and why."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from upswing.api.schemas.values import FactorOut, PageOut, Strict, ValueOut


class AimOut(Strict):
    """One target: `base` times the factors; `expected` is due by the day. Without a target `reason` says why.

    `habit` is of how many periods before `expected` is made, beside the days.
    """

    metric: str
    base: ValueOut
    factors: list[FactorOut]
    target: ValueOut
    expected: ValueOut
    reason: str
    habit: int


class AimedOut(Strict):
    """What is asked of one rep; `left` is their last day, where it lies before the end of the period."""

    rep: str
    rep_id: UUID
    left: date | None
    aims: list[AimOut]


class SheetOut(PageOut):
    """The targets of a period, of everybody you may see, by name."""

    period: str
    at: date
    metrics: list[str]
    rows: list[AimedOut]


class ChangeOut(Strict):
    """A target that was set by hand; taken back where `withdrawn` says when."""

    id: UUID
    value: ValueOut
    reason: str
    by: str
    at: datetime
    withdrawn: datetime | None
    withdrawer: str
    withdrawal: str


class HappenedOut(Strict):
    """Something that changed the target since its period began."""

    kind: str
    was: str
    becomes: str
    reason: str
    by: str
    at: datetime


class TargetOut(Strict):
    """One target in steps, all that was set by hand, and what happened to it, newest first."""

    rep: str
    rep_id: UUID
    period: str
    at: date
    aim: AimOut
    changes: list[ChangeOut]
    happened: list[HappenedOut]


class MoneyIn(Strict):
    """An exact amount in the organisation's currency."""

    amount: Annotated[Decimal, Field(max_digits=18, decimal_places=3)]
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]


Period = Annotated[str, Field(min_length=1, max_length=32)]
Words = Annotated[str, Field(max_length=5_000)]
"""Texts that people read; each action says how long they may be."""


class TargetIn(Strict):
    """A target for one period: money as amount and currency, a share as 0.25, anything else as a number."""

    period: Period
    value: MoneyIn | Annotated[Decimal, Field(max_digits=18, decimal_places=6)]
    reason: Words


class ReasonIn(Strict):
    """Why; the rep reads it."""

    reason: Words


class TakenBackOut(Strict):
    """The change that counts no more."""

    change: UUID
    state: Literal["taken back"]


class ProposalOut(Strict):
    """A proposal for one rep, from their `own` weeks (`n` with any) or the `team`'s; `target` is asked already."""

    rep: str
    rep_id: UUID
    value: ValueOut
    basis: str
    n: int
    own: ValueOut
    team: ValueOut
    target: ValueOut
    reason: str


class ProposalsOut(PageOut):
    """A proposal for everybody you may see, by name."""

    metric: str
    period: str
    at: date
    proposals: list[ProposalOut]


class TableOut(Strict):
    """A dated table as it was made.

    `shares` are weights of months, shares by month of tenure, one share, or weekdays (Monday 0 to Sunday 6).
    """

    role: str
    starts: date
    shares: list[float | int]
    learned: bool
    note: str
    by: str
    at: datetime
    current: bool


class TablesOut(Strict):
    """Every table of a kind, those that begin last first."""

    tables: list[TableOut]
