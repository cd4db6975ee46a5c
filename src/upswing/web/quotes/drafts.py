"""One quote: a draft is a form kept at every step, each step a button; what was sent is read, and printed."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from upswing.actions import quoting
from upswing.actions.looking import looked_at_deals
from upswing.actions.permission import Incomplete, NotAllowed
from upswing.core.money import Money, minor_units
from upswing.core.pipelines import Early
from upswing.core.quoting import changed, refusals
from upswing.core.quoting.standing import Standing
from upswing.queries.pipelines import early
from upswing.queries.quote_pages import QuoteShown, quote_shown
from upswing.web.quotes.beside import beside
from upswing.web.quotes.paper import WRITING, chip_of, paper_page
from upswing.web.quotes.pdf import may_be_pdf
from upswing.web.quotes.sent import BLANK, CELLS, Sent, as_kept, changed_by, head_sent, read, rows_of
from upswing.web.quotes.views import row_of
from upswing.web.quotes.words import OPTIONS
from upswing.web.shared import format as fmt
from upswing.web.shared.request import now, organisation_of, viewer


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, quote: UUID) -> HttpResponse:
    """The draft, kept as it was sent and then whatever its button says; or the quote as it went out."""
    found = quote_shown(viewer(request), quote)
    looked_at_deals(viewer(request), [found.deal.id] if found.deal else [], now(request))
    if request.method == "POST":
        return _kept(request, found)
    if found.standing is Standing.DRAFT:
        return _form(request, found, as_kept(found))
    return out(request, found)


def _kept(request: HttpRequest, found: QuoteShown) -> HttpResponse:
    deed = request.POST.get("do", "")
    rows = changed_by(rows_of(request.POST), deed, found.prices)
    sent = read(head_sent(request.POST), rows, found)
    if sent.sheet is None:
        return _form(request, found, sent, sent.wrong)
    try:
        quoting.save(viewer(request), found.id, sent.sheet, now(request))
        if deed == "send":
            quoting.send(viewer(request), found.id, now(request), request.POST.get("early", ""))
    except Incomplete as error:
        return _form(request, found, sent, error.sentences)
    except NotAllowed as error:
        again = quote_shown(viewer(request), found.id)
        if again.standing is not Standing.DRAFT:
            return out(request, again, str(error))
        return _form(request, again, sent, (str(error),))
    if deed == "print":
        return redirect("quote_print", found.id)
    place = "" if deed == "send" else "#sums" if deed == "save" else "#next"
    return redirect(f"{reverse('quote', args=[found.id])}{place}")


def _form(request: HttpRequest, found: QuoteShown, sent: Sent, refused: tuple[str, ...] = ()) -> HttpResponse:
    """The draft as a form; `refused` is what keeps it from being kept or sent."""
    currency, own = found.quotation.currency, organisation_of(request).currency
    lines = paper_page(found).lines if not sent.wrong else ()
    rows = [
        (
            place,
            row,
            *((lines[place - 1].total, lines[place - 1].counted) if place <= len(lines) else ("", True)),
        )
        for place, row in enumerate([*sent.rows, dict.fromkeys(CELLS, "") | BLANK], 1)
    ]
    page = {
        "quote": found, "head": sent.head, "rows": rows, "count": len(rows), "refused": refused,
        "chip": chip_of(found.standing), "currency": currency, "own": own if own != currency else "",
        "options": tuple((key, _(words)) for key, (_kind, _taken, words) in OPTIONS.items()),
        "sums": paper_page(found).sums, "missing": () if refused else refusals(found.quotation, viewer(request).at),
        "differences": changed(found.former, found.quotation, WRITING) if found.former else (),
        "prices": [(place, price.product, fmt.money(price.unit))
                   for place, price in enumerate(found.prices.prices if found.prices else (), 1)],
        "expected": fmt.money_whole(found.deal.amount) if found.deal and found.deal.amount else "",
        "own_total": _own(found, own), "early": request.POST.get("early", ""),
        "asks_why": bool(found.deal and early(found.deal.id, viewer(request).at) is Early.REASON),
    }  # fmt: skip
    return render(request, "quotes/draft.html", page, status=422 if refused else 200)


def _own(found: QuoteShown, own: str) -> str:
    """The total in the organisation's currency, where it is offered in another."""
    currency = found.quotation.currency
    if currency == own:
        return ""
    value = Money(found.totals.net, currency).decimal * found.rate
    return fmt.money(Money(minor_units(value, own), own))


def out(request: HttpRequest, found: QuoteShown, trouble: str = "") -> HttpResponse:
    """A quote that was sent; `trouble` is why what was asked for was not done."""
    page = {
        "quote": found, "paper": paper_page(found), "beside": beside(found), "trouble": trouble,
        "sent": request.POST, "versions": [row_of(row) for row in found.versions],
        "deal_open": bool(found.deal and found.deal.open), "pdf": may_be_pdf(found),
    }  # fmt: skip
    return render(request, "quotes/page.html", page, status=422 if trouble else 200)


@require_safe
def printed(request: HttpRequest, quote: UUID) -> HttpResponse:
    """The quote alone, on its letterhead."""
    found = quote_shown(viewer(request), quote)
    page = {"quote": found, "paper": paper_page(found), "pdf": may_be_pdf(found)}
    return render(request, "quotes/print.html", page)


@require_POST
def discard(request: HttpRequest, quote: UUID) -> HttpResponse:
    """Throw the draft away."""
    found = quote_shown(viewer(request), quote)
    try:
        quoting.discard(viewer(request), quote)
    except NotAllowed as error:
        return out(request, found, str(error))
    former = [row for row in found.versions if row.here and row.id != quote]
    return redirect("quote", former[0].id) if former else redirect("quotes")
