"""Where a viewer arrives: their own scorecard, or the team."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from upswing.core.people import AccessRole
from upswing.queries.freshness import latest_day
from upswing.web.shared.landing import landing
from upswing.web.shared.request import link, organisation_of, today, viewer


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """On to the home of the viewer's role; without any data, where it is brought in."""
    who = viewer(request)
    latest = latest_day(who)
    if latest is None and who.operates:
        return redirect("data")
    if latest is None:
        return render(request, "home/empty.html")
    period, at = landing(latest, today(request), organisation_of(request).fiscal_start)
    if who.role is AccessRole.REP and who.person_id:
        return redirect(link(request, "scorecard", at, rep=who.person_id, slug=period.slug))
    return redirect(link(request, "team_all", at, slug=period.slug))
