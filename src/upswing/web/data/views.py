"""The home of revenue operations."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from upswing.queries import intake
from upswing.queries.disputes import open_disputes
from upswing.queries.unattributed import unattributed
from upswing.web.data.page import page_of
from upswing.web.shared.operators import operator
from upswing.web.shared.request import now, part


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Can the numbers be trusted?"""
    who = operator(request)
    page = page_of(
        intake.sources(who),
        intake.batches(who, now=now(request)),
        intake.drafts(who),
        intake.standing_problems(who),
        unattributed(who),
        now(request),
        len(open_disputes(who)),
    )
    return render(request, part(request, "data/page.html"), {"page": page})
