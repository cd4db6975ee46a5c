"""Exchange rates, for revenue operations: look at them, and enter one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from upswing.actions.permission import Incomplete
from upswing.actions.rates import enter_rate
from upswing.queries.rates import currencies, gaps, rates
from upswing.web.rates.page import Form, page_of
from upswing.web.rates.sent import read
from upswing.web.shared.operators import asked_page, operator
from upswing.web.shared.request import now, organisation_of, today


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """All of them, and what waits; the address may say what the form begins with."""
    form = Form(
        request.GET.get("currency", "")[:10],
        request.GET.get("day", "")[:10] or today(request).isoformat(),
        "",
    )
    return _page(request, form)


@require_POST
def enter(request: HttpRequest) -> HttpResponse:
    """Keep a rate; what waited for it is converted."""
    form = Form(*(request.POST.get(name, "")[:40] for name in ("currency", "day", "rate")))
    written, wrong = read(form.currency, form.day, form.rate)
    try:
        if written:
            enter_rate(operator(request), written, now(request))
    except Incomplete as error:
        wrong = error.sentences
    return _page(request, form, wrong) if wrong else redirect("rates")


def _page(request: HttpRequest, form: Form, refused: tuple[str, ...] = ()) -> HttpResponse:
    who, own = operator(request), organisation_of(request).currency
    known, asked, place = currencies(who), request.GET.get("of", ""), asked_page(request)
    of = asked if asked in known else ""
    page = page_of(own, gaps(who), known, of, place, rates(who, of, place), now(request).tzinfo)
    shown = {"page": page, "form": form, "refused": refused}
    return render(request, "rates/page.html", shown, status=422 if refused else 200)
