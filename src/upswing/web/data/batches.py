"""The imports: all of them, one of them, and taking one back."""

from __future__ import annotations

from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from upswing.actions import rejected
from upswing.actions.again import again as bring_again
from upswing.actions.drafts import TRIAL
from upswing.actions.permission import NotAllowed
from upswing.actions.undoing import stands_on
from upswing.connectors.connector import Unreadable
from upswing.jobs import tasks
from upswing.queries import intake
from upswing.queries.batch_rates import rates_of
from upswing.queries.intake import State
from upswing.queries.viewers import NotVisible
from upswing.web.data.batch import list_of, page_of, reasons
from upswing.web.shared.operators import asked_page, operator
from upswing.web.shared.progress import ended
from upswing.web.shared.request import now, part


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Every import, the latest first."""
    who, place = operator(request), asked_page(request)
    page = list_of(intake.batches(who, place, now=now(request)), place, now(request))
    return render(request, part(request, "data/batches.html"), {"page": page})


@require_safe
def show(request: HttpRequest, batch: UUID) -> HttpResponse:
    """What one import brought, and what it could not use."""
    who = operator(request)
    found = intake.batch(who, batch, now(request))
    groups, kept = intake.problems_of(who, batch), rejected.kept_files(who, batch)
    page = page_of(found, groups, kept, now(request), rates_of(who, batch))
    answer = render(request, part(request, "data/batch.html", _wanted(request, found.state)), {"page": page})
    return answer if found.state is State.UNDOING else ended(request, answer)


def _wanted(request: HttpRequest, state: State) -> str:
    return "job" if state is State.UNDOING else "content"


@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: HttpRequest, batch: UUID) -> HttpResponse:
    """What taking it back would do; with a form, have it done."""
    who = operator(request)
    found = intake.batch(who, batch)
    if found.state is State.UNDONE:
        return redirect("batch", batch=batch)
    if request.method == "POST":
        try:
            tasks.ask_undo(who, batch)
        except NotAllowed:
            return redirect("batch_undo", batch=batch)
        return redirect("batch", batch=batch)
    page = page_of(found, (), frozenset(), now(request), rates_of(who, batch))
    standing = reasons(stands_on(who, batch, now(request)))
    return render(request, part(request, "data/undo.html"), {"page": page, "reasons": standing})


@require_POST
def again(request: HttpRequest, batch: UUID) -> HttpResponse:
    """Its kept files once more, tried out with the same mapping."""
    who = operator(request)
    try:
        draft = bring_again(who, batch, now(request), request.user.pk)
        tasks.ask(who, draft, TRIAL)
    except Unreadable as error:
        raise NotVisible(str(error)) from error
    return redirect("import_preview", draft=draft.uid)


@require_safe
def refused(request: HttpRequest, batch: UUID) -> HttpResponse:
    """The rows it refused, as a file to mend and bring again."""
    try:
        found = rejected.rejected_of_batch(operator(request), batch)
    except Unreadable as error:
        raise NotVisible(str(error)) from error
    headers = {"Content-Disposition": str(content_disposition_header(True, found.name))}
    return HttpResponse(found.content, content_type=found.kind, headers=headers)


@require_safe
def toml(request: HttpRequest, batch: UUID) -> HttpResponse:
    """Its mapping as a file."""
    found = intake.batch(operator(request), batch)
    headers = {"Content-Disposition": str(content_disposition_header(True, f"{found.source_key}.toml"))}
    return HttpResponse(found.toml, content_type="application/toml; charset=utf-8", headers=headers)


@require_safe
def file(request: HttpRequest, batch: UUID) -> HttpResponseBase:
    """One of its files, as it was given."""
    try:
        name, place = rejected.kept_file(operator(request), batch, request.GET.get("name", ""))
    except Unreadable as error:
        raise NotVisible(str(error)) from error
    return FileResponse(
        place.open("rb"), as_attachment=True, filename=name, content_type="application/octet-stream"
    )
