"""Standards: what is expected, signatures, questions."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from upswing.api.schemas.targets import Words
from upswing.api.schemas.values import Strict


class IssueOut(Strict):
    """A published version."""

    standard: UUID
    key: str
    number: int
    name: str
    effective: date
    note: str
    published: datetime
    publisher: str


class StandardOut(Strict):
    """A version that holds or will. Of `asked` people whom you lead or operate for, `missing` did not sign."""

    version: IssueOut
    state: str
    concerns_me: bool
    signed: datetime | None
    asked: int
    missing: list[str]
    open_questions: int


class StandardsOut(Strict):
    """The versions that you may read: those that wait for your signature first."""

    standards: list[StandardOut]


class AudienceOut(Strict):
    """For whom: within these roles, levels and teams; where one is empty, all."""

    roles: list[str]
    levels: list[str]
    teams: list[str]


class CriterionOut(Strict):
    """One thing that is looked at, with the behaviours of each level, and the metrics it belongs to."""

    name: str
    meets: list[str]
    below: list[str]
    exceeds: list[str]
    metrics: list[str]


class SignatureOut(Strict):
    """Who signed, and when."""

    person: str
    at: datetime


class QuestionOut(Strict):
    """What somebody said against a version; open while `answered` is null."""

    id: UUID
    person: str
    mine: bool
    criterion: str
    text: str
    at: datetime
    answer: str
    answered: datetime | None
    answerer: str


class VersionOut(Strict):
    """One version in full. `holds` is the number in force today; `others` are further ones that you may open."""

    version: IssueOut
    purpose: str
    what: str
    example: str
    audience: AudienceOut
    criteria: list[CriterionOut]
    state: str
    holds: int | None
    others: list[int]
    concerns_me: bool
    signed: datetime | None
    may_sign: bool
    asked: int
    signatures: list[SignatureOut]
    missing: list[str]
    questions: list[QuestionOut]
    may_answer: bool


class SignatureIn(Strict):
    """Your name, as it stands here."""

    name: Annotated[str, Field(max_length=400)]


class QuestionIn(Strict):
    """What you do not agree with, or ask; of one criterion by its name, or of the whole."""

    criterion: Annotated[str, Field(max_length=400)] = ""
    text: Words


class AnswerIn(Strict):
    """The answer; it closes what it answers."""

    answer: Words
