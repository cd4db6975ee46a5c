"""One price list as a form: its rows as they are typed, and kept once all of them can be read."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from upswing.actions import pricing
from upswing.actions.permission import Incomplete
from upswing.queries.offers import MOST_PRICES, PriceListShown, catalogue_prices, price_list
from upswing.web.quotes.sent import typed
from upswing.web.quotes.typed import Untyped, amount, day, minor
from upswing.web.shared.operators import operator
from upswing.web.shared.request import now, organisation_of

HEAD = ("name", "currency", "starts", "ends")
BLANKS = 3
"""Empty rows at the end of a list."""
Row = tuple[str, str, str]


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A new price list."""
    operator(request)
    if request.method == "POST":
        return _save(request, None)
    head = dict.fromkeys(HEAD, "") | {"currency": organisation_of(request).currency}
    return _form(request, None, head, [])


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, prices: UUID) -> HttpResponse:
    """A price list; quotes that were made of it stay as they are."""
    found = price_list(operator(request), prices)
    if request.method == "POST":
        return _save(request, found)
    head = {
        "name": found.name, "currency": found.currency, "starts": found.starts.isoformat() if found.starts else "",
        "ends": found.ends.isoformat() if found.ends else "",
    }  # fmt: skip
    return _form(request, found, head, [(p.product, p.description, amount(p.unit)) for p in found.prices])


@require_POST
def delete(request: HttpRequest, prices: UUID) -> HttpResponse:
    """Take it away."""
    pricing.delete_prices(operator(request), prices)
    return redirect("prices")


def _save(request: HttpRequest, found: PriceListShown | None) -> HttpResponse:
    """Keep the list as it was sent; the buttons of its rows only change the form."""
    sent = request.POST.dict()
    head, rows, deed = {name: typed(sent, name) for name in HEAD}, _rows(sent), sent.get("do", "")
    if deed.startswith("remove:"):
        place = deed.removeprefix("remove:")
        rows = [row for number_, row in enumerate(rows, 1) if str(number_) != place]
    if deed == "catalogue":
        rows += _catalogue(request, head["currency"], {row[0].casefold() for row in rows})
    if deed != "save":
        return _form(request, found, head, rows)
    wrong: list[str] = []
    written = _written(head, rows, wrong)
    try:
        if not wrong:
            pricing.save_prices(operator(request), found.id if found else None, written, now(request))
    except Incomplete as error:
        wrong += error.sentences
    return _form(request, found, head, rows, tuple(wrong)) if wrong else redirect("prices")


def _rows(sent: dict[str, str]) -> list[Row]:
    count = sent.get("rows", "0")
    most = (
        min(int(count), MOST_PRICES + BLANKS)
        if count.isascii() and count.isdecimal() and len(count) < 6
        else 0
    )
    rows = [
        (typed(sent, f"product-{place}"), typed(sent, f"description-{place}"), typed(sent, f"price-{place}"))
        for place in range(1, most + 1)
    ]
    return [row for row in rows if any(cell.strip() for cell in row)]


def _catalogue(request: HttpRequest, currency: str, known: set[str]) -> list[Row]:
    """The products that were brought in with a list price, for a list in the organisation's currency."""
    own = organisation_of(request).currency
    if currency.strip().upper() != own:
        return []
    found = catalogue_prices(operator(request))
    return [(name, told, amount(price)) for name, told, price in found if name.casefold() not in known]


def _written(head: dict[str, str], rows: list[Row], wrong: list[str]) -> pricing.Written:
    def tried(reading: Any, fallback: Any, *told: Any) -> Any:
        try:
            return reading(*told)
        except Untyped as error:
            wrong.append(str(error))
            return fallback

    currency = head["currency"].strip().upper()
    return pricing.Written(
        head["name"], currency, tried(day, None, head["starts"], _("First day")),
        tried(day, None, head["ends"], _("Last day")),
        tuple(
            (product, told, tried(minor, 0, price, currency, _("Price, line {place}").format(place=place)))
            for place, (product, told, price) in enumerate(rows, 1)
        ),
    )  # fmt: skip


def _form(
    request: HttpRequest,
    found: PriceListShown | None,
    head: dict[str, str],
    rows: list[Row],
    refused: tuple[str, ...] = (),
) -> HttpResponse:
    shown_rows = list(enumerate([*rows, *[("", "", "")] * BLANKS], 1))
    page = {
        "list": found, "head": head, "rows": shown_rows, "count": len(shown_rows), "refused": refused,
        "catalogue": bool(catalogue_prices(operator(request))), "own": organisation_of(request).currency,
    }  # fmt: skip
    return render(request, "quotes/price_list.html", page, status=422 if refused else 200)
