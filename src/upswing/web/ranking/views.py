"""Rankings of a team: what it decided, switching one on or off, and one of a period."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from upswing.actions import ranking as actions
from upswing.actions.permission import Incomplete
from upswing.queries.ranking import open_to, ranking, rankings
from upswing.queries.viewers import NotVisible
from upswing.web.ranking.page import deciding_page, line_of, page_of
from upswing.web.shared.request import moment, now, part, period, viewer


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """The rankings that are on of one's own teams; without any there is no such page."""
    found = open_to(viewer(request))
    if not found:
        raise NotVisible("There is no such ranking.")
    teams = [(each.name, [line_of(request, each.team, one) for one in each.on]) for each in found]
    return render(request, "ranking/mine.html", {"teams": teams})


@require_safe
def deciding(request: HttpRequest, team: UUID) -> HttpResponse:
    """What the team decided; whoever leads it switches on and off here."""
    return _deciding(request, team)


@require_POST
def switch_on(request: HttpRequest, team: UUID) -> HttpResponse:
    """From today on."""
    basis, _, key = request.POST.get("metric", "").partition(":")
    reason = request.POST.get("reason", "")
    try:
        actions.switch_on(viewer(request), team, key, basis, reason, now(request))
    except Incomplete as error:
        return _deciding(request, team, error.sentences)
    return redirect("rankings", team)


@require_POST
def switch_off(request: HttpRequest, team: UUID, key: str) -> HttpResponse:
    """No more, from now on."""
    actions.switch_off(viewer(request), team, key, now(request))
    return redirect("rankings", team)


@require_safe
def show(request: HttpRequest, team: UUID, key: str, slug: str) -> HttpResponse:
    """Who is clearly ahead, and the reader's own row."""
    found = ranking(viewer(request), team, key, period(request, slug), moment(request))
    return render(request, part(request, "ranking/page.html"), {"page": page_of(request, found)})


def _deciding(request: HttpRequest, team: UUID, refused: tuple[str, ...] = ()) -> HttpResponse:
    page = deciding_page(request, rankings(viewer(request), team), refused)
    return render(request, "ranking/deciding.html", {"page": page}, status=422 if refused else 200)
