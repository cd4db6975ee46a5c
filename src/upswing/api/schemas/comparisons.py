"""Figures from outside, and rankings that a team decided for."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from upswing.api.schemas.values import Strict, ValueOut


class IndustryOut(Strict):
    """A figure of an industry; the one that `holds` is what cards are compared with."""

    id: UUID
    metric: str
    value: ValueOut
    source: str
    published: date
    n: int
    definition: str
    segment: str
    by: str
    at: datetime
    withdrawer: str
    withdrawn: datetime | None
    holds: bool


class IndustriesOut(Strict):
    """Every figure that was ever entered."""

    figures: list[IndustryOut]


class DecidedOut(Strict):
    """A ranking that was switched on: of what, since when, why, by whom; and who ended it when."""

    metric: str
    basis: str
    reason: str
    since: date
    by: str
    ender: str
    ended: datetime | None


class TeamRankingsOut(Strict):
    """The rankings of a team: those that are on, and for whoever decides those that have ended."""

    team: UUID
    name: str
    may: bool
    on: list[DecidedOut]
    ended: list[DecidedOut]


class RankingsOut(Strict):
    """The rankings that are on in the teams you belong to; none by default."""

    rankings: list[TeamRankingsOut]


class ToldOut(Strict):
    """Who is clearly ahead, in alphabetical order, else why nobody is named (`silence`); and where you stand.

    `placed` people could be compared.
    """

    ahead: list[str]
    silence: str | None
    own: str | None
    placed: int


class RankingOut(Strict):
    """One ranking of a period; an `early` one was over before it was switched on, and ranks nobody."""

    team: UUID
    name: str
    decided: DecidedOut
    period: str
    at: date
    told: ToldOut
    in_team: bool
    early: bool
