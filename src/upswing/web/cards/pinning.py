"""What is pinned to one rep's card: read by the rep, written by their manager."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from upswing.actions import pins as actions
from upswing.actions.permission import Incomplete
from upswing.queries import card_setup
from upswing.web.cards.reading import pins_of
from upswing.web.shared.request import now, viewer
from upswing.web.shared.typed import NoDay, day_sent


@require_http_methods(["GET", "HEAD", "POST"])
def pins(request: HttpRequest, rep: UUID) -> HttpResponse:
    """One person's card and what is pinned to it; with a form, one more."""
    who, sent = viewer(request), request.POST
    if request.method != "POST":
        return _page(request, rep)
    try:
        starts, until = day_sent(sent, "starts"), day_sent(sent, "until")
        actions.pin(who, rep, sent.get("metric", ""), sent.get("reason", ""), starts, until, now(request))
    except Incomplete as error:
        return _page(request, rep, error.sentences)
    except NoDay as error:
        return _page(request, rep, (str(error),))
    return redirect("card_pins", rep)


@require_POST
def take_off(request: HttpRequest, rep: UUID, pin: UUID) -> HttpResponse:
    """Take a pinned line off from today on."""
    return redirect("card_pins", actions.take_off(viewer(request), pin))


def _page(request: HttpRequest, rep: UUID, refused: tuple[str, ...] = ()) -> HttpResponse:
    who = viewer(request)
    shown = pins_of(card_setup.pins(who, rep), who.at, request.POST)
    return render(
        request, "cards/pins.html", {"page": shown, "refused": refused}, status=422 if refused else 200
    )
