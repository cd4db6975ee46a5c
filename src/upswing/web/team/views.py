"""The team board."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from upswing.actions.looking import looked
from upswing.people.looks import What
from upswing.queries import team as teams
from upswing.queries.disputes import open_disputes
from upswing.web.shared.operators import asked_page
from upswing.web.shared.request import moment, now, part, period, viewer
from upswing.web.team.page import page_of


@require_safe
def show(request: HttpRequest, slug: str, team: UUID | None = None) -> HttpResponse:
    """One team, with the teams below it."""
    board = teams.team(
        viewer(request), period(request, slug), moment(request), team, page=asked_page(request)
    )
    looked(viewer(request), [card.rep_id for card in board.cards], What.TEAM, now(request))
    shown = {"page": page_of(request, board), "disputes": len(open_disputes(viewer(request)))}
    return render(request, part(request, "team/page.html"), shown)


@require_safe
def everybody(request: HttpRequest, slug: str) -> HttpResponse:
    """Everybody the viewer may see."""
    return show(request, slug)
