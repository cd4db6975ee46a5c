"""The import from its trial run on: what it would do, doing it, and what it did."""

from __future__ import annotations

from contextlib import suppress
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from upswing.actions import drafts
from upswing.actions.drafts import Draft
from upswing.actions.founding import found
from upswing.actions.permission import NotAllowed
from upswing.actions.rejected import rejected_of_draft
from upswing.connectors.connector import Unreadable
from upswing.jobs import tasks
from upswing.queries import intake
from upswing.queries.batch_rates import rates_of
from upswing.queries.viewers import NotVisible, Viewer
from upswing.web.imports.trial import preview_of
from upswing.web.shared.marks import marked
from upswing.web.shared.operators import operator
from upswing.web.shared.progress import ended, progress
from upswing.web.shared.request import now, organisation_of, part, today

TITLES = {drafts.TRIAL: marked("Reading your files"), drafts.IMPORT: marked("Bringing your data in")}
PREVIEW, RUN = "imports/preview.html", "imports/run.html"


@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: HttpRequest, draft: UUID) -> HttpResponse:
    """What the import would do; with a form, do it."""
    who = operator(request)
    at_hand = drafts.draft_of(who, draft)
    if request.method == "POST":
        return _import(request, who, at_hand)
    if at_hand.batch_id or at_hand.job == drafts.IMPORT:
        return _to(request, "import_run", at_hand)
    if at_hand.job:
        return _running(request, PREVIEW, at_hand)
    if not at_hand.trial and not at_hand.failure:
        return _to(request, "import_map", at_hand)
    currency = _currency(request, at_hand)
    shown: dict[str, object] = {
        "draft": at_hand,
        "preview": preview_of(at_hand, currency) if at_hand.trial else None,
    }
    return _whole(request, PREVIEW, shown)


@require_http_methods(["GET", "HEAD", "POST"])
def run(request: HttpRequest, draft: UUID) -> HttpResponse:
    """How far the import is, then what it did; with a form, go on where it was cut off."""
    who = operator(request)
    at_hand = drafts.draft_of(who, draft)
    if request.method == "POST":
        return _import(request, who, at_hand)
    if at_hand.job:
        return _running(request, RUN, at_hand)
    if not at_hand.batch_id and not at_hand.failure:
        return _to(request, "import_preview", at_hand)
    batch = intake.batch(who, at_hand.batch.uid) if at_hand.batch else None
    rates = rates_of(who, batch.id).count if batch else 0
    shown: dict[str, object] = {"draft": at_hand, "batch": batch, "rates": rates}
    return _whole(request, RUN, shown | {"done": bool(batch and batch.finished)})


@require_safe
def refused(request: HttpRequest, draft: UUID) -> HttpResponse:
    """The rows that would be refused, as a file to mend."""
    who = operator(request)
    try:
        file = rejected_of_draft(who, drafts.draft_of(who, draft), today(request))
    except Unreadable as error:
        raise NotVisible(str(error)) from error
    answer = HttpResponse(file.content, content_type=file.kind)
    answer.headers["Content-Disposition"] = str(content_disposition_header(True, file.name))
    return answer


def _import(request: HttpRequest, who: Viewer, draft: Draft) -> HttpResponse:
    """Ask for the import; whoever asks twice sees how far it is. What was not tried as it stands is looked at first."""
    if not draft.trial and not draft.batch_id:
        return redirect("import_map", draft=draft.uid)
    with suppress(NotAllowed):
        found(who, drafts.mapping_in(draft))
        tasks.ask(who, draft, drafts.IMPORT)
    return redirect("import_run", draft=draft.uid)


def _currency(request: HttpRequest, draft: Draft) -> str:
    with suppress(Unreadable):
        return drafts.mapping_in(draft).currency or organisation_of(request).currency
    return organisation_of(request).currency


def _running(request: HttpRequest, template: str, draft: Draft) -> HttpResponse:
    """The page while a job runs; the fragment alone when it asks for itself."""
    at, row = now(request), draft.batch or draft
    begun = draft.batch.started if draft.batch else None
    bar = progress(_(TITLES[draft.job]), row.done, row.expected, row.alive, at, begun)
    return render(request, part(request, template, "job"), {"draft": draft, "progress": bar})


def _whole(request: HttpRequest, template: str, shown: dict[str, object]) -> HttpResponse:
    """The page once no job runs."""
    return ended(request, render(request, part(request, template), shown))


def _to(request: HttpRequest, name: str, draft: Draft) -> HttpResponse:
    """On to another step, also where a fragment asked."""
    answer = redirect(name, draft=draft.uid)
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(headers={"HX-Redirect": answer["Location"]})
    return answer
