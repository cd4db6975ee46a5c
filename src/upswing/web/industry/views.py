"""Figures of an industry: everybody reads them; revenue operations enter, bring and withdraw them."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from upswing.actions import industry as actions
from upswing.actions.packs import COLUMNS, LARGEST, Written, empty_pack
from upswing.actions.permission import Incomplete
from upswing.connectors.connector import Unreadable
from upswing.queries.industry import figures
from upswing.web.industry.page import brought, page_of
from upswing.web.shared.operators import operator
from upswing.web.shared.request import now, organisation_of, viewer

PAGE = "industry/page.html"


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """All of them."""
    return _page(request)


@require_POST
def enter(request: HttpRequest) -> HttpResponse:
    """One figure, from the form."""
    written = Written(**{column: request.POST.get(column, "") for column in COLUMNS})
    try:
        actions.enter(operator(request), written, now(request))
    except Incomplete as error:
        return _page(request, refused=error.sentences)
    return redirect("industry")


@require_POST
def bring(request: HttpRequest) -> HttpResponse:
    """What a pack would add, before anything is taken."""
    who, file = operator(request), request.FILES.get("pack")
    if file is None:
        return _page(request, trouble=_("Choose a pack first: a file of figures as CSV or TOML."))
    name, content = file.name or "pack.csv", file.read(LARGEST + 1)
    try:
        pack = brought(name, content.decode("utf-8-sig", "replace"), actions.propose(who, name, content))
    except Unreadable as error:
        return _page(request, trouble=str(error))
    return render(request, "industry/pack.html", {"pack": pack}, status=422 if pack.problems else 200)


@require_POST
def take(request: HttpRequest) -> HttpResponse:
    """Take the pack that was shown."""
    name, text = request.POST.get("name", ""), request.POST.get("pack", "")
    try:
        actions.take_pack(operator(request), name, text.encode(), now(request))
    except (Unreadable, Incomplete) as error:
        return _page(request, trouble=str(error))
    return redirect("industry")


@require_safe
def empty(request: HttpRequest) -> HttpResponse:
    """A pack to fill in."""
    viewer(request)
    headers = {"Content-Disposition": 'attachment; filename="industry pack.csv"'}
    return HttpResponse(empty_pack(), content_type="text/csv; charset=utf-8", headers=headers)


@require_POST
def withdraw(request: HttpRequest, figure: UUID) -> HttpResponse:
    """Compare with it no more."""
    actions.withdraw(operator(request), figure, now(request))
    return redirect("industry")


def _page(request: HttpRequest, refused: tuple[str, ...] = (), trouble: str = "") -> HttpResponse:
    """The list; `refused` is why a figure was not entered, `trouble` why a pack cannot be read."""
    who, zone = viewer(request), now(request).tzinfo
    page = page_of(figures(who), request.POST.dict(), organisation_of(request).currency, zone)
    shown = {"page": page, "operates": who.operates, "refused": refused, "trouble": trouble}
    return render(request, PAGE, shown, status=422 if refused or trouble else 200)
