"""Write standards: begin a draft, work on it, publish it or throw it away."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from upswing.actions import standard_drafts as drafting
from upswing.actions.permission import Incomplete, NotAllowed
from upswing.actions.standards import publish
from upswing.core.rubrics import MOST_CRITERIA
from upswing.queries.drafted import draft as draft_of
from upswing.web.shared.request import now, viewer
from upswing.web.shared.spoken import spoken
from upswing.web.standards.views import list_page, version_page
from upswing.web.standards.writing import form_of, text_sent, with_one_more


@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """A new standard: a starter pack, or a name and nothing else."""
    who, pack = viewer(request), request.POST.get("pack", "")
    try:
        if pack:
            standard = drafting.take_over(who, pack, now(request), spoken)
        else:
            standard = drafting.begin(who, request.POST.get("name", ""), now(request))
    except NotAllowed as error:
        return list_page(request, str(error))
    return redirect("standard_draft", standard)


@require_POST
def begin_again(request: HttpRequest, standard: UUID) -> HttpResponse:
    """The draft of the next version, or the one there is."""
    try:
        drafting.begin_again(viewer(request), standard, now(request))
    except NotAllowed as error:
        sent = request.POST.get("number", "")
        number = int(sent) if sent.isdecimal() and len(sent) < 9 else 0
        return version_page(request, standard, number, writing=str(error))
    return redirect("standard_draft", standard)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, standard: UUID) -> HttpResponse:
    """The draft; with a form, kept as it was sent, and then whatever its button says."""
    who = viewer(request)
    if request.method != "POST":
        return render(request, "standards/draft.html", {"form": form_of(draft_of(who, standard))})
    text, do = text_sent(request.POST), request.POST.get("do", "")
    try:
        kept = with_one_more(text) if do == "add" and len(text.criteria) < MOST_CRITERIA else text
        drafting.save_draft(who, standard, kept)
    except Incomplete as error:
        form = form_of(draft_of(who, standard), text, request.POST, error.sentences)
        return render(request, "standards/draft.html", {"form": form}, status=422)
    if do == "publish":
        return _publish(request, standard)
    place = {"add": f"#criterion-{len(kept.criteria)}", "save": "#saved"}.get(do, "#criteria")
    return redirect(reverse("standard_draft", args=[standard]) + place)


def _publish(request: HttpRequest, standard: UUID) -> HttpResponse:
    """The draft is kept by now, whether it can be published or not."""
    who, day = viewer(request), request.POST.get("effective", "")
    try:
        number = publish(who, standard, date.fromisoformat(day), request.POST.get("note", ""), now(request))
    except Incomplete as error:
        refused = error.sentences
    except NotAllowed as error:
        refused = (str(error),)
    except ValueError:
        said = _("No day reads “{text}”. Write the day from which it holds like 2026-12-01.")
        refused = (said.format(text=day[:40]),)
    else:
        return redirect("standard", standard, number)
    form = form_of(draft_of(who, standard), None, request.POST, refused, saved=True)
    return render(request, "standards/draft.html", {"form": form}, status=422)


@require_POST
def discard(request: HttpRequest, standard: UUID) -> HttpResponse:
    """Throw the draft away."""
    drafting.discard_draft(viewer(request), standard)
    return redirect("standards")
