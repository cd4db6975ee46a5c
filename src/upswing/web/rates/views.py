"""Exchange rates, for revenue operations: look at them, and enter one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from upswing.actions.permission import Incomplete
from upswing.actions.rates import enter_rate
from upswing.queries.rate_gaps import entered, gaps
from upswing.queries.rates import currencies, rates
from upswing.web.rates.page import Form, page_of
from upswing.web.rates.sent import read
from upswing.web.shared.operators import asked_page, operator
from upswing.web.shared.request import now, organisation_of, today
from upswing.web.shared.typed import uid


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
    """Keep a rate; what waited for it is converted, and the page says how much that was."""
    form = Form(*(request.POST.get(name, "")[:40] for name in ("currency", "day", "rate")))
    written, wrong = read(form.currency, form.day, form.rate)
    try:
        if written:
            batch = enter_rate(operator(request), written, now(request))
            return redirect(f"{reverse('rates')}?entered={batch}")
    except Incomplete as error:
        wrong = error.sentences
    return _page(request, form, wrong)


def _page(request: HttpRequest, form: Form, refused: tuple[str, ...] = ()) -> HttpResponse:
    who, own = operator(request), organisation_of(request).currency
    known, asked, place = currencies(who), request.GET.get("of", ""), asked_page(request)
    of = asked if asked in known else ""
    done = uid(request.GET.get("entered", ""))
    page = page_of(
        own, entered(who, done) if done else None, gaps(who), known, of, place, rates(who, of, place),
        now(request).tzinfo,
    )  # fmt: skip
    shown = {"page": page, "form": form, "refused": refused}
    return render(request, "rates/page.html", shown, status=422 if refused else 200)
