"""Prices and the letterhead: read and written by whoever runs the product for everybody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from upswing.actions import pricing
from upswing.actions.permission import Incomplete
from upswing.queries.offers import (
    Heading,
    PriceListShown,
    letterhead_shown,
    price_lists,
)
from upswing.web.quotes.sent import typed
from upswing.web.quotes.typed import Untyped, number, percent, shown
from upswing.web.shared import format as fmt
from upswing.web.shared.operators import operator
from upswing.web.shared.request import now

LETTER = (
    "name", "address", "registration", "email", "phone", "footer", "prefix", "days", "tax", "tax_name", "terms",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Listed:
    """A price list in words."""

    name: str
    url: str
    currency: str
    count: str
    when: str
    holds: bool


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """All price lists, and the letterhead."""
    return _overview(request)


def _overview(request: HttpRequest, refused: tuple[str, ...] = ()) -> HttpResponse:
    found, by, at = letterhead_shown(operator(request))
    kept = {name: str(getattr(found, name)) for name in LETTER} | {
        "tax": shown(found.tax) if found.tax else ""
    }
    page = {
        "lists": [_listed(one) for one in price_lists(operator(request))], "refused": refused,
        "letter": {name: typed(request.POST.dict(), name) for name in LETTER} if refused else kept,
        "entered": by, "day": fmt.day(at.date()) if at else "",
    }  # fmt: skip
    return render(request, "quotes/prices.html", page, status=422 if refused else 200)


def _listed(one: PriceListShown) -> Listed:
    words = ngettext("{count} product", "{count} products", len(one.prices))
    return Listed(
        one.name, reverse("price_list", args=[one.id]), one.currency, words.format(count=fmt.number(len(one.prices))),
        _when(one.starts, one.ends), one.holds,
    )  # fmt: skip


def _when(starts: date | None, ends: date | None) -> str:
    if starts and ends:
        return _("from {start} until {end}").format(start=fmt.day(starts), end=fmt.day(ends))
    if starts:
        return _("from {start} on").format(start=fmt.day(starts))
    return _("until {end}").format(end=fmt.day(ends)) if ends else _("without an end")


@require_POST
def letterhead(request: HttpRequest) -> HttpResponse:
    """What stands on quotes from now on."""
    sent = {name: typed(request.POST.dict(), name) for name in LETTER}
    wrong: list[str] = []
    days, tax = _whole(sent["days"], wrong), _tax(sent["tax"], wrong)
    heading = Heading(**{**sent, "days": days, "tax": tax})  # type: ignore[arg-type]
    try:
        if not wrong:
            pricing.save_letterhead(operator(request), heading, now(request))
    except Incomplete as error:
        wrong += error.sentences
    return _overview(request, tuple(wrong)) if wrong else redirect("prices")


def _whole(text: str, wrong: list[str]) -> int:
    try:
        found = number(text, _("Days a quote is valid"))
    except Untyped as error:
        wrong.append(str(error))
        return 1
    if found.denominator != 1:
        wrong.append(_("Write whole days."))
    return int(found)


def _tax(text: str, wrong: list[str]) -> Decimal:
    try:
        found = percent(text, _("Tax"))
    except Untyped as error:
        wrong.append(str(error))
        return Decimal(0)
    if (found * 10_000).denominator != 1:
        wrong.append(_("A percentage has at most four digits after the point."))
    return Decimal(round(found * 10_000)).scaleb(-4)
