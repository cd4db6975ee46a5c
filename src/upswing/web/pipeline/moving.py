"""Moving a deal into a stage: its checklist as a form, or at once where there is nothing to show."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from upswing.actions import moving
from upswing.actions.looking import looked_at_deals
from upswing.actions.permission import Incomplete, NotAllowed
from upswing.core.records import Outcome
from upswing.queries.deal import DealShown, deal
from upswing.queries.viewers import NotVisible
from upswing.queries.ways import Way
from upswing.web.pipeline.checklist import checklist, sent_proofs
from upswing.web.shared.back import back
from upswing.web.shared.request import now, viewer


@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, deal: UUID, stage: str) -> HttpResponse:
    """The checklist, what was typed into it, and the move; from the board at once where nothing is missing."""
    found, way = _found(request, deal, stage)
    looked_at_deals(viewer(request), [deal], now(request))
    if request.method != "POST":
        return _form(request, found, way)
    if "drop" in request.POST:
        return _dropped(request, found, way)
    proofs, wrong = sent_proofs(request, way)
    if wrong:
        return _form(request, found, way, wrong)
    try:
        if request.POST.get("do") == "keep":
            moving.confirm(viewer(request), deal, stage, proofs, now(request))
        else:
            moving.move(viewer(request), deal, stage, proofs, request.POST.get("reason", ""), now(request))
    except NotAllowed as error:
        return _form(request, found, way, error.sentences if isinstance(error, Incomplete) else (str(error),))
    return redirect("deal", deal)


def _found(request: HttpRequest, uid: UUID, stage: str) -> tuple[DealShown, Way]:
    found = deal(viewer(request), uid)
    way = found.ways.into(stage)
    if way is None:
        raise NotVisible("There is no such stage.")
    return found, way


def _dropped(request: HttpRequest, found: DealShown, way: Way) -> HttpResponse:
    """Moved, and back to the board; where something is to be shown or said, on to the form."""
    try:
        moving.move(viewer(request), found.id, way.key, {}, "", now(request))
    except NotAllowed:
        return redirect("deal_move", found.id, way.key)
    return back(request)


def _form(request: HttpRequest, found: DealShown, way: Way, wrong: tuple[str, ...] = ()) -> HttpResponse:
    entry = way.entry
    shown = {
        "deal": found, "way": way, "list": checklist(request, found.ways, way), "wrong": wrong,
        "open": found.outcome is Outcome.OPEN, "reason": request.POST.get("reason", ""),
        "asks": entry.needs_reason and not way.here and not entry.refused,
    }  # fmt: skip
    return render(request, "pipeline/move.html", shown, status=422 if wrong else 200)
