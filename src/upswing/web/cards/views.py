"""Who has which card: the list, one template, its end."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from upswing.actions import cards as actions
from upswing.actions.permission import Incomplete, NotAllowed
from upswing.queries import card_setup
from upswing.web.cards.page import list_of
from upswing.web.cards.reading import page_of
from upswing.web.shared.request import now, viewer
from upswing.web.shared.spoken import spoken
from upswing.web.shared.typed import NoDay, day_sent


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Who has which card."""
    return list_page(request)


def list_page(request: HttpRequest, trouble: str = "") -> HttpResponse:
    """The list; `trouble` is why no draft was begun."""
    found = list_of(card_setup.overview(viewer(request)), now(request).tzinfo)
    told = {"page": found, "trouble": trouble, "name": request.POST.get("name", "")}
    return render(request, "cards/list.html", told, status=422 if trouble else 200)


@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """A new template: from a starter, or a name and nothing else."""
    sent = request.POST
    try:
        made = actions.begin(
            viewer(request), sent.get("name", ""), now(request), sent.get("starter", ""), spoken
        )
    except NotAllowed as error:
        return list_page(request, str(error))
    return redirect("card_draft", made)


@require_safe
def show(request: HttpRequest, template: UUID, number: int | None = None) -> HttpResponse:
    """One version in full."""
    return template_page(request, template, number)


def template_page(
    request: HttpRequest, template: UUID, number: int | None = None, refused: tuple[str, ...] = ()
) -> HttpResponse:
    """The page of a version; `refused` is why it does not end, and the form comes back filled in."""
    shown = page_of(
        card_setup.version(viewer(request), template, number), viewer(request).at, now(request).tzinfo
    )
    kept = {"effective": request.POST.get("effective", shown.earliest), "note": request.POST.get("note", "")}
    told = {"page": shown, "refused": refused, **kept}
    return render(request, "cards/page.html", told, status=422 if refused else 200)


@require_POST
def end(request: HttpRequest, template: UUID) -> HttpResponse:
    """Let it end."""
    who, sent = viewer(request), request.POST
    try:
        actions.end(who, template, day_sent(sent, "effective"), sent.get("note", ""), now(request))
    except Incomplete as error:
        return template_page(request, template, refused=error.sentences)
    except NoDay as error:
        return template_page(request, template, refused=(str(error),))
    return redirect("card_template", template)
