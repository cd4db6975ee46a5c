"""Write a metric: a draft kept at every step, each step a button of its form; publish it, or throw it away."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from upswing.actions import formulas as actions
from upswing.actions.permission import Incomplete
from upswing.core.expressions import Wording
from upswing.queries import formula_setup
from upswing.web.formulas.building import form_of
from upswing.web.formulas.sent import put, written
from upswing.web.shared.request import now, viewer
from upswing.web.shared.typed import NoDay, day_sent


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, key: str) -> HttpResponse:
    """The draft; with a form, kept as it was sent, and then whatever its button says."""
    if request.method != "POST":
        return _page(request, key)
    who, sent, do = viewer(request), request.POST, request.POST.get("do", "")
    wording, unread = written(sent, formula_setup.draft(who, key).wording)
    if unread:
        return _page(request, key, wording, unread)
    deed, _, piece = do.partition(":")
    if deed == "put":
        wording = replace(wording, text=put(wording.text, piece))
    try:
        actions.save_draft(who, key, wording)
    except Incomplete as error:
        return _page(request, key, wording, error.sentences)
    if do == "publish":
        return _publish(request, key)
    return redirect(f"{reverse('formula_draft', args=[key])}#{'expression' if deed == 'put' else 'preview'}")


def _publish(request: HttpRequest, key: str) -> HttpResponse:
    """The draft is kept by now, whether it can be published or not."""
    sent = request.POST
    try:
        effective = day_sent(sent, "effective")
        actions.publish(viewer(request), key, effective, sent.get("note", ""), now(request))
    except Incomplete as error:
        return _page(request, key, refused=error.sentences, saved=True)
    except NoDay as error:
        return _page(request, key, refused=(str(error),), saved=True)
    return redirect("formula", key)


def _page(
    request: HttpRequest,
    key: str,
    sent: Wording | None = None,
    refused: tuple[str, ...] = (),
    saved: bool = False,
) -> HttpResponse:
    """The builder; `sent` is what could not be kept, `refused` why, `saved` that it was kept all the same."""
    who = viewer(request)
    draft = formula_setup.draft(who, key)
    wording = sent or draft.wording
    tried = formula_setup.preview(who, key, wording) if wording.text.strip() else None
    form = form_of(draft, wording, tried, request.POST, refused, saved)
    return render(request, "formulas/draft.html", {"form": form}, status=422 if refused else 200)


@require_POST
def begin_again(request: HttpRequest, key: str) -> HttpResponse:
    """The draft of the next version, or the one there is."""
    actions.begin_again(viewer(request), key, now(request))
    return redirect("formula_draft", key)


@require_POST
def discard(request: HttpRequest, key: str) -> HttpResponse:
    """Throw the draft away."""
    actions.discard(viewer(request), key)
    return redirect("formulas")
