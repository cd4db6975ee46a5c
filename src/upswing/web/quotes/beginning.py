"""The deals to make a quote for, and the beginning of one."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from upswing.actions import quoting
from upswing.actions.looking import looked_at_deals
from upswing.actions.permission import NotAllowed
from upswing.queries.offers import price_lists
from upswing.queries.quote_deals import deal_shown, deals_to_quote
from upswing.queries.quotes import of_deal
from upswing.web.quotes.views import row_of
from upswing.web.shared import format as fmt
from upswing.web.shared.request import now, viewer
from upswing.web.shared.typed import uid


@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """The deal that a quote is for."""
    text = request.GET.get("q", "").strip()[:100]
    found = deals_to_quote(viewer(request), text)
    deals = [
        (deal, fmt.listed(deal.reps), fmt.money_whole(deal.amount) if deal.amount else "–") for deal in found
    ]
    return render(request, "quotes/choose.html", {"deals": deals, "text": text})


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest, deal: UUID) -> HttpResponse:
    """The quotes of a deal, and a new one for it."""
    who, trouble = viewer(request), ""
    if request.method == "POST":
        try:
            return redirect(
                "quote", quoting.begin(who, deal, uid(request.POST.get("prices", "")), now(request))
            )
        except NotAllowed as error:
            trouble = str(error)
    shown, rows = deal_shown(who, deal), of_deal(who, deal)
    looked_at_deals(who, [deal], now(request))
    page = {
        "deal": shown, "reps": fmt.listed(shown.reps), "rows": [row_of(row) for row in rows], "trouble": trouble,
        "amount": fmt.money_whole(shown.amount) if shown.amount else "", "again": any(row.here for row in rows),
        "drafted": any(row.here and row.standing == "draft" for row in rows),
        "lists": [one for one in price_lists(who) if one.holds], "operates": who.operates,
    }  # fmt: skip
    return render(request, "quotes/new.html", page, status=422 if trouble else 200)
