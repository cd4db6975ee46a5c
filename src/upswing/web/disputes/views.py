"""Say that a number looks wrong; see what waits for an answer; answer it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from upswing.actions.disputing import LONGEST, Number, dispute, settle
from upswing.actions.permission import NotAllowed
from upswing.core.people import AccessRole
from upswing.queries.disputes import disputes, open_disputes
from upswing.queries.records import records
from upswing.queries.viewers import NotVisible
from upswing.web.shared import format as fmt
from upswing.web.shared.disputed import shown
from upswing.web.shared.request import link, moment, now, part, period, viewer


@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """What the viewer may settle, the oldest first."""
    who = viewer(request)
    if who.role is AccessRole.REP:
        raise NotVisible("There is no such page for you.")
    rows = [shown(one, now(request)) for one in open_disputes(who)]
    return render(request, part(request, "disputes/waiting.html"), {"rows": rows, "longest": LONGEST})


@require_http_methods(["GET", "HEAD", "POST"])
def say(request: HttpRequest, rep: UUID, key: str, slug: str) -> HttpResponse:
    """The number once more with what looks wrong about it; with a form, it is marked."""
    who, asked, day = viewer(request), period(request, slug), moment(request)
    found = records(who, rep, key, asked, day, 1)
    value, error = fmt.value(found.value, found.metric.unit), ""
    text = request.POST.get("text", "")
    back = link(request, "metric", rep=rep, key=key, slug=asked.slug)
    if request.method == "POST":
        try:
            dispute(who, Number(rep, key, asked.slug, min(day, asked.last), value), text, now(request))
        except NotAllowed as refused:
            error = str(refused)
        else:
            return redirect(back)
    page = {
        "rep": found.rep, "metric": found.metric, "period": fmt.period_name(asked), "value": value, "back": back,
        "text": text, "error": error, "longest": LONGEST,
        "before": [shown(one, now(request)) for one in disputes(who, rep, key, asked.slug)],
    }  # fmt: skip
    return render(request, part(request, "disputes/say.html"), page, status=422 if error else 200)


@require_POST
def settle_one(request: HttpRequest, dispute: UUID) -> HttpResponse:
    """Answer one, and go back to where it was answered."""
    who, error = viewer(request), ""
    try:
        settle(who, dispute, request.POST.get("answer", ""), now(request))
    except NotAllowed as refused:
        error = str(refused)
    if error:
        page = {
            "rows": [shown(one, now(request)) for one in open_disputes(who)],
            "longest": LONGEST,
            "error": error,
            "about": str(dispute),
            "answer": request.POST.get("answer", ""),
        }
        return render(request, part(request, "disputes/waiting.html"), page, status=422)
    back = request.POST.get("back", "")
    allowed = url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure())
    return redirect(back if allowed else reverse("disputes"))
