"""One number and exactly its records."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from upswing.actions.looking import looked
from upswing.people.looks import What
from upswing.queries.disputes import disputes
from upswing.queries.excluded import left_out
from upswing.queries.records import records
from upswing.queries.scorecard import number
from upswing.web.metric.page import page_of
from upswing.web.shared import disputed
from upswing.web.shared.operators import asked_page
from upswing.web.shared.request import moment, now, part, period, viewer


@require_safe
def show(request: HttpRequest, rep: UUID, key: str, slug: str) -> HttpResponse:
    """What the number is made of."""
    listed = records(viewer(request), rep, key, period(request, slug), moment(request), asked_page(request))
    line = number(viewer(request), rep, listed.metric, listed.period, listed.at)
    files = {row.file for row in listed.rows if row.file}
    left = left_out(viewer(request), rep, listed.metric, listed.period, listed.at, files)
    looked(viewer(request), [rep], What.METRIC, now(request))
    said = disputes(viewer(request), rep, key, listed.period.slug)
    shown = {
        "page": page_of(request, listed, line, left),
        "disputes": [disputed.shown(one, now(request)) for one in said],
    }
    return render(request, part(request, "metric/page.html"), shown)
