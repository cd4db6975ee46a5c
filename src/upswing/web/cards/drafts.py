"""Build a card: a draft step by step, each step a button of its form; publish it, or throw it away."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from upswing.actions import cards as actions
from upswing.actions.permission import Incomplete
from upswing.core.period import period_of
from upswing.core.templates import Template
from upswing.queries.card_drafts import draft as draft_of
from upswing.queries.card_preview import preview
from upswing.queries.freshness import latest_day
from upswing.web.cards.building import Tried, form_of
from upswing.web.cards.sent import Written, moved, written
from upswing.web.shared.request import now, organisation_of, viewer
from upswing.web.shared.typed import NoDay, day_sent


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, template: UUID) -> HttpResponse:
    """The draft; with a form, kept as it was sent, and then whatever its button says."""
    if request.method != "POST":
        return _page(request, template)
    who, sent, do = viewer(request), request.POST, request.POST.get("do", "")
    before = draft_of(who, template).card
    found = written(sent, before)
    if found.unread:
        return _page(request, template, found, found.unread)
    try:
        actions.save_draft(who, template, moved(found.card, do))
    except Incomplete as error:
        return _page(request, template, found, error.sentences)
    if do == "publish":
        return _publish(request, template)
    query = urlencode({"rep": sent["rep"]}) if sent.get("rep") else ""
    place = {"save": "saved", "look": "preview"}.get(do, "lines")
    return redirect(f"{reverse('card_draft', args=[template])}{'?' if query else ''}{query}#{place}")


def _publish(request: HttpRequest, template: UUID) -> HttpResponse:
    """The draft is kept by now, whether it can be published or not."""
    who, sent = viewer(request), request.POST
    try:
        actions.publish(
            who,
            template,
            day_sent(sent, "effective"),
            sent.get("note", ""),
            sent.getlist("read"),
            now(request),
        )
    except Incomplete as error:
        return _page(request, template, refused=error.sentences, saved=True)
    except NoDay as error:
        return _page(request, template, refused=(str(error),), saved=True)
    return redirect("card_template", template)


def _page(
    request: HttpRequest,
    template: UUID,
    sent: Written | None = None,
    refused: tuple[str, ...] = (),
    saved: bool = False,
) -> HttpResponse:
    """The builder; `sent` is what could not be kept, `refused` why, `saved` that it was kept all the same."""
    who = viewer(request)
    draft = draft_of(who, template)
    rep, card = request.POST.get("rep", request.GET.get("rep", "")), sent.card if sent else draft.card
    tried = _tried(request, card, rep, [str(uid) for uid, _ in draft.people])
    form = form_of(draft, sent, request.POST, refused, saved, tried)
    return render(request, "cards/draft.html", {"form": form}, status=422 if refused else 200)


def _tried(request: HttpRequest, card: Template, rep: str, meant: list[str]) -> Tried | None:
    """What the card would show of one of those it is meant for; of none while it is for nobody."""
    if not meant:
        return None
    who, chosen = viewer(request), rep if rep in meant else meant[0]
    at = latest_day(who) or who.at
    period = period_of(card.period, at, organisation_of(request).fiscal_start)
    return Tried(chosen, period, preview(who, card, UUID(chosen), period, at))


@require_POST
def begin_again(request: HttpRequest, template: UUID) -> HttpResponse:
    """The draft of the next version, or the one there is."""
    actions.begin_again(viewer(request), template, now(request))
    return redirect("card_draft", template)


@require_POST
def discard(request: HttpRequest, template: UUID) -> HttpResponse:
    """Throw the draft away."""
    actions.discard(viewer(request), template)
    return redirect("cards")
