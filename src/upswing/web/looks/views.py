"""Who looked at a rep's figures, and when."""

from __future__ import annotations

from itertools import groupby
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from upswing.queries.looks import LookShown, looks
from upswing.web.shared import format as fmt
from upswing.web.shared.marks import marked
from upswing.web.shared.operators import asked_page
from upswing.web.shared.request import now, part, viewer

WHATS = {
    "scorecard": marked("the scorecard"),
    "metric": marked("the records behind a number"),
    "team": marked("the team board"),
    "forecast": marked("the forecast"),
    "pipeline": marked("the pipeline"),
}
DOORS = {
    "api": marked("{what}, by a program"),
    "token": marked("{what}, by a program"),
    "feed": marked("{what}, by a spreadsheet"),
}
COMMAND = marked("{what}, by a command on the server")


@require_safe
def show(request: HttpRequest, rep: UUID) -> HttpResponse:
    """The latest day first."""
    place, zone = asked_page(request), now(request).tzinfo
    found = looks(viewer(request), rep, place)
    days = groupby(found.rows, key=lambda look: look.first.astimezone(zone).date())
    shown = {
        "looks": found,
        "own": viewer(request).person_id == rep,
        "days": [(fmt.day(day), [_said(look, zone) for look in told]) for day, told in days],
        "before": place - 1,
        "after": place + 1 if found.more else 0,
    }
    return render(request, part(request, "looks/page.html"), shown)


def _said(look: LookShown, zone: object) -> tuple[str, str, str]:
    """Who, at what, when."""
    what = _(WHATS[look.what.value])
    if look.via != "web":
        what = _(DOORS.get(look.via, COMMAND)).format(what=what)
    return look.by, what, f"{look.first.astimezone(zone):%H:%M}"  # type: ignore[arg-type]
