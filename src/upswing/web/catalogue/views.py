"""Every metric, what it counts and how it helps."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from upswing.queries.catalogue import catalogue
from upswing.web.catalogue.page import page_of
from upswing.web.shared.request import part, viewer


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """All of them, or those of one kind."""
    who = viewer(request)
    page = page_of(catalogue(who), request.GET.get("kind", ""))
    return render(request, part(request, "catalogue/page.html"), {"page": page, "operates": who.operates})
