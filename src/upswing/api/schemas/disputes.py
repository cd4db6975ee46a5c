"""Numbers that look wrong to somebody."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from upswing.api.schemas.targets import Period, Words
from upswing.api.schemas.values import PageOut, Strict


class DisputeOut(Strict):
    """What somebody said about a number, and what was answered; open while `settled` is null."""

    id: UUID
    rep: str
    rep_id: UUID
    metric: str
    period: str
    day: date
    shown: str
    text: str
    said_by: str
    said: datetime
    answer: str
    settled_by: str
    settled: datetime | None
    may_settle: bool


class DisputesOut(PageOut):
    """The disputes."""

    disputes: list[DisputeOut]


class DisputeIn(Strict):
    """What looks wrong about the number of a period, as it stands today or stood at the close of `at`."""

    period: Period
    at: date | None = None
    text: Words


class RaisedOut(Strict):
    """The number is marked from now on."""

    dispute: UUID
    state: Literal["open"]


class SettledOut(Strict):
    """The mark is gone."""

    dispute: UUID
    state: Literal["settled"]
