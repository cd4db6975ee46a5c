"""Open deals, one deal, the rules of stages, quotes; say what a deal is for the forecast, move it, lose it."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router
from ninja.errors import HttpError

from upswing.actions import losing, moving
from upswing.actions.categorising import categorise
from upswing.actions.looking import looked, looked_at_deals
from upswing.api import pages
from upswing.api.callers import viewer_for
from upswing.api.moment import MONTH, asked, now
from upswing.api.once import Key, answered
from upswing.api.pages import Page
from upswing.api.proofs import proofs_of
from upswing.api.refusals import READING, WRITING, mended_by
from upswing.api.schemas.deals import (
    CategoryIn,
    DealOut,
    LossIn,
    MoveIn,
    SaidsOfOut,
    StandsOut,
)
from upswing.api.schemas.pipeline import PipelineOut
from upswing.api.schemas.quotes import QuotesOut
from upswing.api.schemas.stages import RulesOut
from upswing.core.forecast.categories import Category
from upswing.people.looks import What
from upswing.people.tokens import Scope
from upswing.people.viewer import Viewer
from upswing.queries import pipeline as open_deals
from upswing.queries import quotes as quoted
from upswing.queries.deal import deal as shown
from upswing.queries.deal_now import DealNow, deal_now
from upswing.queries.organisation import organisation
from upswing.queries.plain import plain_cell, plain_record
from upswing.queries.plain_deals import plain_deal, plain_pipeline, plain_rules, plain_stage
from upswing.queries.stage_rules import rules

router = Router(tags=["deals"])


@router.get("/pipeline", response={200: PipelineOut, **READING}, summary="The open deals")
def read_pipeline(
    request: HttpRequest,
    period: str = MONTH,
    at: date | None = None,
    team: UUID | None = None,
    rep: UUID | None = None,
    state: open_deals.State | None = None,
    stage: str = "",
    said: Category | None = None,
    page: Page = 1,
) -> Any:
    """Of a rep, a team, or everybody you may see, 50 a page; `state`, `stage` and `said` choose among the tiles."""
    viewer, (span, day) = viewer_for(request, Scope.READ), asked(period, at)
    wanted = open_deals.Asked(state, stage, said, page)
    found = open_deals.pipeline(viewer, span, day, rep, team, wanted)
    if stage and stage not in (keys := [tile.key for tile in found.stages]):
        raise HttpError(422, f"stage: no stage has the key “{stage[:100]}”. Choose one of {', '.join(keys)}.")
    looked(viewer, [person.uid for person in found.circle.people], What.PIPELINE, now())
    more = found.first + open_deals.PAGE < found.chosen.deals
    place = pages.said(found.first // open_deals.PAGE + 1, more)
    return plain_pipeline(found, organisation().currency) | place


@router.get("/deals/{uuid:deal}", response={200: DealOut, **READING}, summary="One deal")
def read_deal(request: HttpRequest, deal: UUID) -> Any:
    """As it stands today: its path, what it was worth, what was said of it, and what each stage asks."""
    viewer = viewer_for(request, Scope.READ)
    found = shown(viewer, deal)
    looked_at_deals(viewer, [deal], now())
    return plain_deal(found, quoted.of_deal(viewer, deal), organisation().currency)


@router.get("/stages", response={200: RulesOut, **READING}, summary="When a deal counts")
def read_stages(request: HttpRequest, at: date | None = None) -> Any:
    """The pipelines in force on a day, stage by stage, for everybody; and those to come."""
    viewer, (_, day) = viewer_for(request, Scope.READ), asked(MONTH, at)
    return plain_rules(rules(viewer, day), day)


@router.get("/quotes", response={200: QuotesOut, **READING}, summary="The quotes")
def list_quotes(
    request: HttpRequest,
    pile: quoted.Pile | None = None,
    period: str = "",
    rep: UUID | None = None,
    page: Page = 1,
) -> Any:
    """Those of the deals you may see, the last sent first, 50 a page; `period` is that in which they were sent."""
    viewer = viewer_for(request, Scope.READ)
    sent = asked(period, None)[0] if period else None
    found = quoted.quotes(viewer, quoted.Asked(pile, sent, rep), page)
    looked_at_deals(viewer, [row.deal_id for row in found.rows if row.deal_id], now())
    told, more = plain_record(found), found.first + quoted.PAGE < found.found
    told["quotes"] = told.pop("rows")
    return told | pages.said(told.pop("first") // quoted.PAGE + 1, more)


@router.post(
    "/deals/{uuid:deal}/category", response={200: SaidsOfOut, **WRITING}, summary="Say what it is for the forecast"
)  # fmt: skip
def say(request: HttpRequest, deal: UUID, body: CategoryIn, key: Key = "") -> HttpResponse:
    """Counted on or possible changes no computed figure; what is left out counts nowhere."""
    viewer = viewer_for(request, Scope.DEALS)

    def work() -> tuple[int, SaidsOfOut]:
        with mended_by(_may_say(deal_now(viewer, deal), body.category)):
            categorise(viewer, deal, body.category, body.reason, now())
        looked_at_deals(viewer, [deal], now())
        return 200, SaidsOfOut(deal=deal, said=plain_cell(deal_now(viewer, deal).said))

    return answered(request, viewer, key, work)


def _may_say(found: DealNow, category: Category) -> bool:
    """Whoever leads leaves a deal out of the forecast, and takes it in again; the rest is whose deal it is, too."""
    before = [said.category for said in found.said[:1]]
    return found.hands.leads or (found.hands.own and Category.OMITTED not in [category, *before])


@router.post("/deals/{uuid:deal}/move", response={200: StandsOut, **WRITING}, summary="Move it into a stage")
def move(request: HttpRequest, deal: UUID, body: MoveIn, key: Key = "") -> HttpResponse:
    """With what shows that it may, or with a reason where something is missing; where it stands, only that is kept."""
    viewer = viewer_for(request, Scope.DEALS)

    def work() -> tuple[int, StandsOut]:
        proofs = proofs_of(deal_now(viewer, deal).ways.into(body.stage), body, organisation().currency)
        with mended_by():
            moving.move(viewer, deal, body.stage, proofs, body.reason, now())
        return 200, _stands(viewer, deal)

    return answered(request, viewer, key, work)


@router.post("/deals/{uuid:deal}/loss", response={200: StandsOut, **WRITING}, summary="It is lost")
def lose(request: HttpRequest, deal: UUID, body: LossIn, key: Key = "") -> HttpResponse:
    """Closed as lost today, and why."""
    viewer = viewer_for(request, Scope.DEALS)

    def work() -> tuple[int, StandsOut]:
        with mended_by():
            losing.lose(viewer, deal, body.reason, now())
        return 200, _stands(viewer, deal)

    return answered(request, viewer, key, work)


def _stands(viewer: Viewer, deal: UUID) -> StandsOut:
    found = deal_now(viewer, deal)
    looked_at_deals(viewer, [deal], now())
    stands = plain_stage(found.stage, found.ways)
    return StandsOut(deal=deal, outcome=found.outcome.value, closed=found.closed, **stands)
