"""Stalled deals: proposals to set them aside, and their answers."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from upswing.api.schemas.deals import HandsOut, LimitOut
from upswing.api.schemas.targets import Words
from upswing.api.schemas.values import MoneyOut, PageOut, Strict

Pile = Literal["open", "waits", "aside"]
Ended = Literal["waits", "aside", "moved_on", "dropped"]


class StageRuleOut(Strict):
    """The stage’s rule today: its limit, what stalled deals count for, and the grace in working days."""

    key: str
    name: str
    pipeline: str
    limit: LimitOut
    policy: str
    chosen: bool
    grace: int


class CaseStepOut(Strict):
    """One line of a case’s log; `by` is empty where nobody did it."""

    kind: str
    at: datetime
    by: str
    day: date | None
    words: str


class CaseOut(Strict):
    """A proposal to set a deal aside, which is in its stage since `since`, with its log; ages and limits in days.

    `age`, `limit` and `rule` are those of the proposal, `days` the age today, `now` the rule today. `due` is the last
    day to answer, `left` the working days until then; `outcome` is null while it is open, `rests` until when it waits.
    """

    id: UUID
    deal_id: UUID
    deal: str
    account: str
    reps: list[str]
    stage: str
    since: date
    days: int
    age: int
    limit: int
    rule: str
    now: StageRuleOut | None
    amount: MoneyOut
    proposed: datetime
    due: date
    left: int
    outcome: Ended | None
    rests: date | None
    stands: bool
    steps: list[CaseStepOut]
    hands: HandsOut
    re_entries: int


class PileOfCasesOut(Strict):
    """How many cases lie in a pile, and what their deals are worth."""

    pile: Pile
    count: int
    value: MoneyOut


class StalledOut(PageOut):
    """Every pile, and a page of the cases of the one that was asked for."""

    piles: list[PileOfCasesOut]
    pile: Pile
    cases: list[CaseOut]


class CaseLogOut(Strict):
    """The case after an answer, with its whole log: `outcome` is null while it is open."""

    case: UUID
    deal_id: UUID
    due: date
    outcome: Ended | None
    rests: date | None
    steps: list[CaseStepOut]


class StepIn(Strict):
    """What the buyer does, or did, and on which day."""

    day: date
    what: Words


class WaitIn(Strict):
    """Until when it waits, and why."""

    until: date
    reason: Words
