"""The page of a deal, and its end as lost."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from upswing.actions import losing
from upswing.actions.categorising import categorise
from upswing.actions.looking import looked
from upswing.actions.permission import NotAllowed
from upswing.core.forecast.categories import Category
from upswing.people.looks import What
from upswing.queries.deal import deal as found_deal
from upswing.queries.quotes import of_deal
from upswing.web.pipeline.deal_page import page_of
from upswing.web.shared.request import now, viewer


@require_safe
def show(request: HttpRequest, deal: UUID) -> HttpResponse:
    """Everything about one deal."""
    return _page(request, deal)


@require_POST
def lose(request: HttpRequest, deal: UUID) -> HttpResponse:
    """It is lost, and why."""
    reason = request.POST.get("reason", "")
    return _done(request, deal, lambda: losing.lose(viewer(request), deal, reason, now(request)))


@require_POST
def take_back(request: HttpRequest, deal: UUID) -> HttpResponse:
    """The loss was a slip."""
    return _done(request, deal, lambda: losing.take_back_loss(viewer(request), deal, now(request)))


@require_POST
def say(request: HttpRequest, deal: UUID) -> HttpResponse:
    """It is counted on, possible, nothing of both, or left out."""
    said, reason = request.POST.get("category", ""), request.POST.get("reason", "")
    if said not in set(Category):
        return _page(
            request, deal, _("Nothing is said like “{text}”. Choose one of the words.").format(text=said[:40])
        )
    return _done(
        request, deal, lambda: categorise(viewer(request), deal, Category(said), reason, now(request))
    )


def _done(request: HttpRequest, deal: UUID, deed: Callable[[], None]) -> HttpResponse:
    """Do it; refused, the page says why."""
    try:
        deed()
    except NotAllowed as error:
        return _page(request, deal, str(error))
    return redirect("deal", deal)


def _page(request: HttpRequest, deal: UUID, trouble: str = "") -> HttpResponse:
    found = found_deal(viewer(request), deal)
    looked(viewer(request), [rep for _, rep, _ in found.reps], What.PIPELINE, now(request))
    page = page_of(request, found, of_deal(viewer(request), deal))
    shown = {
        "page": page, "trouble": trouble, "reason": request.POST.get("reason", ""),
        "losing": bool(trouble) and "category" not in request.POST,
    }  # fmt: skip
    return render(request, "pipeline/deal.html", shown, status=422 if trouble else 200)
