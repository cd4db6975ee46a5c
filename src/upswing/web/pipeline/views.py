"""The pipeline: open deals as a list or a board, tiles that add up to them, and the way to one's own."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from upswing.actions.looking import looked
from upswing.core.forecast.categories import Category
from upswing.core.people import AccessRole
from upswing.people.looks import What
from upswing.queries.freshness import latest_day
from upswing.queries.pipeline import Asked, Pipeline, State, pipeline
from upswing.queries.viewers import NotVisible
from upswing.web.pipeline.page import page_of
from upswing.web.shared.landing import landing
from upswing.web.shared.operators import asked_page
from upswing.web.shared.request import (
    UnknownChoice,
    link,
    moment,
    now,
    organisation_of,
    part,
    period,
    today,
    viewer,
)

VIEWS = ("list", "board")
DUE = "due"
"""Moving or stalled: what the forecast counts as open and due."""


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """One's own: a rep's deals, else those of everybody one sees."""
    who, fiscal = viewer(request), organisation_of(request).fiscal_start
    over, at = landing(latest_day(who), today(request), fiscal)
    if who.role is not AccessRole.REP:
        return redirect(link(request, "pipeline_all", at, slug=over.slug))
    if who.person_id is None:
        raise NotVisible("There is no such page for you.")
    return redirect(link(request, "pipeline_rep", at, rep=who.person_id, slug=over.slug))


@require_safe
def show(request: HttpRequest, slug: str, rep: UUID | None = None, team: UUID | None = None) -> HttpResponse:
    """The open deals of a rep, a team or everybody one sees, from a period."""
    asked = _asked(request)
    found = pipeline(viewer(request), period(request, slug), moment(request), rep, team, asked)
    _refuse_unknown(asked, found)
    looked(viewer(request), [person.uid for person in found.circle.people], What.PIPELINE, now(request))
    return render(request, part(request, "pipeline/page.html"), {"page": page_of(request, found)})


def _asked(request: HttpRequest) -> Asked:
    state, look = request.GET.get("state", ""), request.GET.get("view", "list")
    if state and state not in {*State, DUE}:
        raise UnknownChoice(
            _("No deals lie under “{text}”. Choose one of the tiles.").format(text=state[:40])
        )
    if look not in VIEWS:
        raise UnknownChoice(
            _("Deals are shown as a list or as a board, not as “{text}”.").format(text=look[:40])
        )
    stage = request.GET.get("stage", "")
    said = request.GET.get("said", "")
    if said and said not in set(Category):
        raise UnknownChoice(
            _("Nothing is said like “{text}”. Choose one of the tiles.").format(text=said[:40])
        )
    return Asked(
        State(state) if state and state != DUE else None, stage, Category(said) if said else None,
        asked_page(request), look == "board", state == DUE,
    )  # fmt: skip


def _refuse_unknown(asked: Asked, found: Pipeline) -> None:
    if asked.stage and asked.stage not in {tile.key for tile in found.stages}:
        raise UnknownChoice(
            _("No stage is called “{text}”. Choose one of the tiles.").format(text=asked.stage[:40])
        )
