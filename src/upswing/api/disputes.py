"""Numbers that look wrong: read what was said, say it, answer it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router

from upswing.actions.disputing import Number, dispute, settle
from upswing.api.callers import viewer_for
from upswing.api.moment import MONTH, asked, now
from upswing.api.once import Key, answered
from upswing.api.pages import Page, page_of
from upswing.api.refusals import READING, WRITING, mended_by
from upswing.api.schemas.disputes import DisputeIn, DisputesOut, RaisedOut, SettledOut
from upswing.api.schemas.standards import AnswerIn
from upswing.core.people import AccessRole
from upswing.people.tokens import Scope
from upswing.queries.disputes import disputes, open_disputes
from upswing.queries.formulas import named
from upswing.queries.plain import plain_cell, plain_text
from upswing.queries.records import records

router = Router(tags=["disputes"])
NUMBER = "/scorecards/{uuid:person}/records/{metric}/disputes"


@router.get("/disputes", response={200: DisputesOut, **READING}, summary="Disputes that wait for you")
def list_disputes(request: HttpRequest, page: Page = 1) -> Any:
    """Those that you may settle, the oldest first."""
    shown, place = page_of(open_disputes(viewer_for(request, Scope.READ)), page)
    return {"disputes": plain_cell(shown), **place}


@router.get(NUMBER, response={200: DisputesOut, **READING}, summary="What was said about one number")
def list_of_number(
    request: HttpRequest, person: UUID, metric: str, period: str = MONTH, page: Page = 1
) -> Any:
    """The latest first, settled ones too."""
    viewer, (span, day) = viewer_for(request, Scope.READ), asked(period, None)
    shown, place = page_of(disputes(viewer, person, named(metric, day).key, span.slug), page)
    return {"disputes": plain_cell(shown), **place}


@router.post(NUMBER, response={201: RaisedOut, **WRITING}, summary="Say that a number looks wrong")
def raise_dispute(
    request: HttpRequest, person: UUID, metric: str, body: DisputeIn, key: Key = ""
) -> HttpResponse:
    """It is marked until a manager or revenue operations answers."""
    viewer, (span, day) = viewer_for(request, Scope.DISPUTES), asked(body.period, body.at)

    def work() -> tuple[int, RaisedOut]:
        shown = plain_text(records(viewer, person, metric, span, day, 1).value)
        number = Number(person, metric, span.slug, min(day, span.last), shown)
        with mended_by():
            made = dispute(viewer, number, body.text, now())
        return 201, RaisedOut(dispute=made, state="open")

    return answered(request, viewer, key, work)


@router.post("/disputes/{uuid:said}/settlement", response={200: SettledOut, **WRITING}, summary="Settle one")
def settle_dispute(request: HttpRequest, said: UUID, body: AnswerIn, key: Key = "") -> HttpResponse:
    """Answer it; the mark goes. Nobody settles what they said themselves."""
    viewer = viewer_for(request, Scope.DISPUTES)

    def work() -> tuple[int, SettledOut]:
        with mended_by(viewer.role is not AccessRole.REP):
            settle(viewer, said, body.answer, now())
        return 200, SettledOut(dispute=said, state="settled")

    return answered(request, viewer, key, work)
