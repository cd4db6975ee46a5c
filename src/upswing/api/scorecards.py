"""Read scorecards: of a team, of one rep, how its period runs, its funnel, and the records behind a number."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router

from upswing.actions.looking import looked
from upswing.api.callers import viewer_for
from upswing.api.moment import MONTH, asked, now
from upswing.api.pages import Page, said
from upswing.api.refusals import READING
from upswing.api.schemas.scorecards import BoardOut, LineOut, PaceOut, RecordsOut, ScorecardOut, StepsOut
from upswing.core.benchmarks import BenchmarkKind
from upswing.people.looks import What
from upswing.people.tokens import Scope
from upswing.queries import records
from upswing.queries.formulas import named
from upswing.queries.funnel import steps
from upswing.queries.plain import plain_board, plain_cell, plain_line, plain_record, plain_scorecard
from upswing.queries.scorecard import number, scorecard, scorecard_and_pacing
from upswing.queries.team import PAGE
from upswing.queries.team import team as board_of

router = Router(tags=["scorecards"])


class Versus(StrEnum):
    """What the lines are compared with, beside the rep's own past."""

    TEAM = "team"
    PEERS = "peers"
    ORGANISATION = "organisation"
    TOP = "top"
    INDUSTRY = "industry"
    OWN = "own"
    NONE = "none"


OTHERS = {
    Versus.TEAM: BenchmarkKind.TEAM, Versus.PEERS: BenchmarkKind.ROLE_PEERS,
    Versus.ORGANISATION: BenchmarkKind.ORGANISATION, Versus.TOP: BenchmarkKind.TOP_QUARTILE,
    Versus.INDUSTRY: BenchmarkKind.INDUSTRY,
}  # fmt: skip
SHOWN = {Versus.OWN: {BenchmarkKind.OWN_PAST}, Versus.NONE: set[BenchmarkKind]()}
"""Benchmarks that are told; all of them where nothing stands here."""


@router.get("/scorecards", response={200: BoardOut, **READING}, summary="The scorecards of a team")
def read_board(
    request: HttpRequest,
    team: UUID | None = None,
    period: str = MONTH,
    at: date | None = None,
    page: Page = 1,
) -> Any:
    """Of a team with the teams below it, or of everybody you lead, by name, 60 a page. A rep's own has their id."""
    viewer, (span, day) = viewer_for(request, Scope.READ), asked(period, at)
    board = board_of(viewer, span, day, team, page=page)
    looked(viewer, [card.rep_id for card in board.cards], What.TEAM, now())
    more = board.first + len(board.cards) < board.people
    return plain_board(board) | said(board.first // PAGE + 1, more)


@router.get(
    "/scorecards/{uuid:person}", response={200: ScorecardOut, **READING}, summary="One rep's scorecard"
)
def read_scorecard(
    request: HttpRequest, person: UUID, period: str = MONTH, at: date | None = None, vs: Versus = Versus.TEAM
) -> Any:
    """Actual against target for each line, with band, evidence and benchmarks.

    `period`: 2017-Q3, 2017-07, 2017-W30, 2017, this-month, last-quarter …; `at`: as known at the close of that day.
    """
    viewer, (span, day) = viewer_for(request, Scope.READ), asked(period, at)
    card = scorecard(viewer, person, span, day, OTHERS.get(vs, BenchmarkKind.TEAM))
    looked(viewer, [person], What.SCORECARD, now())
    return plain_scorecard(card, SHOWN.get(vs, frozenset(BenchmarkKind)))


@router.get("/scorecards/{uuid:person}/pace", response={200: PaceOut, **READING}, summary="How a period runs")
def read_pace(request: HttpRequest, person: UUID, period: str = MONTH, at: date | None = None) -> Any:
    """Day by day what was due of the main line and what was there, and where the period is likely to end."""
    viewer, (span, day) = viewer_for(request, Scope.READ), asked(period, at)
    _, found = scorecard_and_pacing(viewer, person, span, day)
    looked(viewer, [person], What.SCORECARD, now())
    return {"pace": plain_record(found) if found else None}


@router.get(
    "/scorecards/{uuid:person}/funnel", response={200: StepsOut, **READING}, summary="The rep's own funnel"
)
def read_funnel(request: HttpRequest, person: UUID, period: str = MONTH, at: date | None = None) -> Any:
    """Each step as a share of the one before, beside what was usual in the three periods before."""
    viewer, (span, day) = viewer_for(request, Scope.READ), asked(period, at)
    found = steps(viewer, person, span, day)
    looked(viewer, [person], What.SCORECARD, now())
    return {"period": span.slug, "at": day, "steps": plain_cell(found)}


@router.get(
    "/scorecards/{uuid:person}/lines/{metric}", response={200: LineOut, **READING}, summary="One number of a rep"
)  # fmt: skip
def read_line(
    request: HttpRequest, person: UUID, metric: str, period: str = MONTH, at: date | None = None
) -> Any:
    """Of any metric, on the card or not, beside everything it can be compared with."""
    viewer, (span, day) = viewer_for(request, Scope.READ), asked(period, at)
    line = number(viewer, person, named(metric, min(day, span.last)), span, day)
    looked(viewer, [person], What.METRIC, now())
    return plain_line(line)


@router.get(
    "/scorecards/{uuid:person}/records/{metric}", response={200: RecordsOut, **READING},
    summary="The records behind a number",
)  # fmt: skip
def read_records(
    request: HttpRequest,
    person: UUID,
    metric: str,
    period: str = MONTH,
    at: date | None = None,
    page: Page = 1,
) -> Any:
    """Exactly those that were counted, 100 a page; a page beyond the last is the last."""
    viewer, (span, day) = viewer_for(request, Scope.READ), asked(period, at)
    found = records.records(viewer, person, metric, span, day, page)
    looked(viewer, [person], What.METRIC, now())
    told = plain_record(found)
    more = found.first + len(found.rows) < found.total
    return told | {"records": told.pop("rows")} | said(found.first // records.PAGE + 1, more)
