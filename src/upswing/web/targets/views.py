"""Read the targets of a period; set one by hand, with a reason; take that back."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from upswing.actions import targeting
from upswing.actions.permission import NotAllowed
from upswing.queries.formulas import named
from upswing.queries.freshness import latest_day
from upswing.queries.organisation import organisation
from upswing.queries.targeting import one_target, sheet, waiting
from upswing.web.shared.landing import landing
from upswing.web.shared.request import link, moment, now, organisation_of, part, period, today, viewer
from upswing.web.shared.typed import Untyped, amount
from upswing.web.targets import page, reading


@require_safe
def landed(request: HttpRequest) -> HttpResponse:
    """The period at hand."""
    fiscal = organisation_of(request).fiscal_start
    found, at = landing(latest_day(viewer(request)), today(request), fiscal)
    return redirect(link(request, "targets_of", at, slug=found.slug))


@require_safe
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """Everybody's targets of a period."""
    who = viewer(request)
    found = sheet(who, period(request, slug), moment(request))
    shown = page.page_of(request, found, len(waiting(who)))
    return render(request, part(request, "targets/sheet.html"), {"page": shown})


@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, slug: str, person: UUID, key: str) -> HttpResponse:
    """One target in steps; a POST sets it."""
    if request.method != "POST":
        return one_page(request, slug, person, key)
    asked, sent = named(key, viewer(request).at), request.POST
    try:
        value = amount(sent.get("value", ""), asked.unit, organisation().currency)
        targeting.set_override(
            viewer(request), person, key, period(request, slug), value, sent.get("reason", ""), now(request)
        )
    except (NotAllowed, Untyped) as error:
        return one_page(request, slug, person, key, setting=str(error))
    return redirect(link(request, "target", slug=slug, person=person, key=key))


@require_POST
def withdraw(request: HttpRequest, slug: str, person: UUID, key: str, override: UUID) -> HttpResponse:
    """Take back what was set by hand."""
    try:
        targeting.withdraw_override(viewer(request), override, request.POST.get("reason", ""), now(request))
    except NotAllowed as error:
        return one_page(request, slug, person, key, withdrawing=str(error))
    return redirect(link(request, "target", slug=slug, person=person, key=key))


def one_page(
    request: HttpRequest, slug: str, person: UUID, key: str, setting: str = "", withdrawing: str = ""
) -> HttpResponse:
    """The page of one target; `setting` or `withdrawing` says what was refused, and the form keeps what was sent."""
    who = viewer(request)
    found = one_target(who, person, key, period(request, slug), moment(request))
    shown = reading.page_of(request, found, targeting.may_set_targets(who, person), setting, withdrawing)
    return render(request, "targets/one.html", {"page": shown}, status=422 if setting or withdrawing else 200)
