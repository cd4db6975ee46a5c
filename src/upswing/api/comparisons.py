"""Read figures from outside, and the rankings that a team decided for."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router

from upswing.api.callers import viewer_for
from upswing.api.moment import MONTH, asked
from upswing.api.refusals import READING
from upswing.api.schemas.comparisons import IndustriesOut, RankingOut, RankingsOut, TeamRankingsOut
from upswing.people.tokens import Scope
from upswing.queries.industry import figures
from upswing.queries.plain import Plain, plain_cell
from upswing.queries.ranking import Rankings, open_to, ranking, rankings

router = Router(tags=["comparisons"])


@router.get("/industry", response={200: IndustriesOut, **READING}, summary="Figures of an industry")
def list_figures(request: HttpRequest) -> Any:
    """Each with its source, date, number of cases and definition, as they were entered."""
    return {"figures": plain_cell(figures(viewer_for(request, Scope.READ)))}


@router.get("/rankings", response={200: RankingsOut, **READING}, summary="Rankings of your teams")
def list_rankings(request: HttpRequest) -> Any:
    """Those that are on in the teams you belong to."""
    return {"rankings": [_decided(one) for one in open_to(viewer_for(request, Scope.READ))]}


@router.get("/rankings/{uuid:team}", response={200: TeamRankingsOut, **READING}, summary="Rankings of a team")
def read_rankings(request: HttpRequest, team: UUID) -> Any:
    """What the team decided; for its people and those above it."""
    return _decided(rankings(viewer_for(request, Scope.READ), team))


@router.get(
    "/rankings/{uuid:team}/{metric}", response={200: RankingOut, **READING}, summary="One ranking of a period"
)
def read_ranking(
    request: HttpRequest, team: UUID, metric: str, period: str = MONTH, at: date | None = None
) -> Any:
    """Who is clearly ahead, and where you stand: no places, and nobody below."""
    viewer, (span, day) = viewer_for(request, Scope.READ), asked(period, at)
    found = ranking(viewer, team, metric, span, day)
    told = {
        "ahead": list(found.ahead), "silence": plain_cell(found.told.silence), "own": plain_cell(found.told.own),
        "placed": found.told.placed,
    }  # fmt: skip
    names = ("team", "name", "decided", "period", "at", "in_team", "early")
    return {name: plain_cell(getattr(found, name)) for name in names} | {"told": told}


def _decided(found: Rankings) -> Plain:
    return {name: plain_cell(getattr(found, name)) for name in ("team", "name", "may", "on", "ended")}
