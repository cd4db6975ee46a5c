"""Names in the files that no rep has: saying who they are, taking that back, and making one person of two."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from upswing.actions import owners
from upswing.actions.permission import NotAllowed
from upswing.queries.owners import aliases, strangers
from upswing.queries.people import reps
from upswing.queries.viewers import NotVisible
from upswing.web.data.strangers import page_of
from upswing.web.shared.operators import operator
from upswing.web.shared.request import now, part

MERGING = "merging"
"""Beside the trouble of a merge, in place of a name."""


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest) -> HttpResponse:
    """The names; with a form, one of them decided."""
    who = operator(request)
    if request.method != "POST":
        return _page(request)
    written = request.POST.get("written", "")
    try:
        if person := request.POST.get("person", ""):
            owners.alias(who, written, UUID(person), now(request), _since(request), request.user.pk)
        else:
            owners.new_person(who, written)
    except (NotAllowed, NotVisible, ValueError) as error:
        return _page(request, (written, str(error)))
    return redirect("owners")


@require_POST
def forget(request: HttpRequest) -> HttpResponse:
    """A name means nobody else any more."""
    written = request.POST.get("written", "")
    try:
        owners.forget_alias(operator(request), written, _since(request))
    except (NotAllowed, ValueError) as error:
        return _page(request, (written, str(error)))
    return redirect("owners")


@require_POST
def merge(request: HttpRequest) -> HttpResponse:
    """Two people are one."""
    who = operator(request)
    try:
        gone, kept = (UUID(request.POST.get(name, "")) for name in ("gone", "kept"))
    except ValueError:
        return _page(request, (MERGING, _("Say both: who is somebody else, and who that is.")))
    if not request.POST.get("sure"):
        return _page(request, (MERGING, _("Tick that you know it cannot be undone.")))
    try:
        owners.merge(who, gone, kept, now(request), request.user.pk)
    except (NotAllowed, NotVisible) as error:
        return _page(request, (MERGING, str(error)))
    return redirect("owners")


def _since(request: HttpRequest) -> date | None:
    """The day in the form; raises ValueError."""
    return date.fromisoformat(request.POST["since"]) if request.POST.get("since") else None


def _page(request: HttpRequest, trouble: tuple[str, str] = ("", "")) -> HttpResponse:
    who = operator(request)
    page = page_of(strangers(who), aliases(who), reps(who), trouble)
    shown = {
        "page": page,
        "merging": trouble[1] if trouble[0] == MERGING else "",
        "gone": request.POST.get("gone", ""),
        "kept": request.POST.get("kept", ""),
    }
    return render(request, part(request, "data/owners.html"), shown, status=422 if trouble[0] else 200)
