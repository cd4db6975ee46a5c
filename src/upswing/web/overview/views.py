"""A period at a glance."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from upswing.actions.looking import looked
from upswing.people.looks import What
from upswing.queries.overview import overview
from upswing.web.overview.page import page_of
from upswing.web.shared.request import moment, now, part, period, viewer


@require_safe
def show(request: HttpRequest, slug: str, rep: UUID | None = None, team: UUID | None = None) -> HttpResponse:
    """Of one rep, of a team with the teams below it, or of everybody the viewer may see."""
    who, asked = viewer(request), period(request, slug)
    found = overview(who, asked, moment(request), rep, team)
    looked(
        who,
        [person.uid for person in found.circle.people],
        What.TEAM if rep is None else What.SCORECARD,
        now(request),
    )
    return render(request, part(request, "overview/page.html"), {"page": page_of(request, found)})
