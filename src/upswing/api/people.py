"""Read whom you may open, which card they have, and who looked at their figures."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router

from upswing.api.callers import viewer_for
from upswing.api.pages import Page, page_of, said
from upswing.api.refusals import READING
from upswing.api.schemas.people import CardOut, LooksOut, PeopleOut
from upswing.people.tokens import Scope
from upswing.queries.card_setup import pins
from upswing.queries.looks import looks
from upswing.queries.people import reps
from upswing.queries.plain import plain_cell, plain_record
from upswing.queries.plain_standards import plain_card

router = Router(tags=["people"])


@router.get("/people", response={200: PeopleOut, **READING}, summary="Whose scorecards you may open")
def list_people(request: HttpRequest, page: Page = 1) -> Any:
    """By name, with the id by which everything else is asked for."""
    shown, place = page_of(reps(viewer_for(request, Scope.READ)), page)
    return {"people": plain_cell(shown), **place}


@router.get(
    "/people/{uuid:person}/card", response={200: CardOut, **READING}, summary="What their card is made of"
)
def read_card(request: HttpRequest, person: UUID) -> Any:
    """The template in force for the person today, its lines, and what is pinned."""
    return plain_card(pins(viewer_for(request, Scope.READ), person))


@router.get("/people/{uuid:person}/looks", response={200: LooksOut, **READING}, summary="Who looked")
def list_looks(request: HttpRequest, person: UUID, page: Page = 1) -> Any:
    """At whose figures, for the person themselves and revenue operations; the latest first."""
    found = looks(viewer_for(request, Scope.READ), person, page)
    told = plain_record(found)
    return {"rep": told["rep"], "rep_id": told["rep_id"], "looks": told["rows"], **said(page, found.more)}
