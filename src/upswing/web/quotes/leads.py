"""Who brings how many leads to a quote, what each source brings, and why buyers say no."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from upswing.core.averages import FEWEST, FEWEST_AMOUNTS, Average
from upswing.core.money import Money
from upswing.queries.quote_leads import Brought, LeadsToQuotes, leads_to_quotes
from upswing.web.quotes.words import REACTIONS, REASONS
from upswing.web.shared import format as fmt
from upswing.web.shared.request import period, viewer
from upswing.web.shared.stepper import stepper

FINEST = 6
"""Decimals of a percentage at the most; for more leads than anybody has they tell two shares apart."""


@dataclass(frozen=True, slots=True)
class Row:
    """One rep or source in words; a share or a mean is empty, with its range, where there is too little to say one."""

    name: str
    url: str
    leads: str
    quoted: str
    share: str
    range: str
    sent: str
    value: str
    accepted: str
    booked: str
    per_lead: str
    per_lead_range: str


@require_safe
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """Both tables of a period."""
    of, who = period(request, slug), viewer(request)
    found = leads_to_quotes(who, of)
    page = {
        "headline": _headline(found), "period": fmt.period_name(of), "slug": of.slug,
        "stepper": stepper(request, of, who.at, "quote_leads"),
        "tables": [
            (_("By rep"), _("Rep"), "reps", [_row(row, of.slug, _("Unknown")) for row in found.reps]),
            (_("By source of the lead"), _("Source"), "sources",
             [_row(row, of.slug, _("No source told")) for row in found.sources]),
        ],
        "reasons": [(_(REASONS.get(key, key)), fmt.number(count)) for key, count in found.reasons],
        "reactions": [(_(REACTIONS.get(key, key)), fmt.number(count)) for key, count in found.reactions],
        "fewest": FEWEST, "fewest_booked": FEWEST_AMOUNTS,
    }  # fmt: skip
    return render(request, "quotes/leads.html", page)


def _headline(found: LeadsToQuotes) -> str:
    leads, quoted = sum(row.leads for row in found.reps), sum(row.quoted for row in found.reps)
    if not leads:
        return _("No lead came in this period.")
    words = ngettext(
        "{quoted} of {leads} lead that came in this period has a quote by now.",
        "{quoted} of {leads} leads that came in this period have a quote by now.",
        leads,
    )
    return words.format(quoted=fmt.number(quoted), leads=fmt.number(leads))


def _row(row: Brought, slug: str, unknown: str) -> Row:
    url = f"{reverse('quotes')}?{urlencode({'rep': row.rep, 'period': slug})}" if row.rep else ""
    share, likely = _share(row.rate) if row.rate else ("", "")
    return Row(
        row.name or unknown, url, fmt.number(row.leads), fmt.number(row.quoted), share, likely, fmt.number(row.sent),
        fmt.money_whole(row.value), fmt.money_whole(row.accepted), fmt.money_whole(row.booked), *_per_lead(row),
    )  # fmt: skip


def _share(rate: Average) -> tuple[str, str]:
    """A share and its likely range, with as few decimals as tell apart whatever differs, also from none and all."""
    shares = [Fraction(each) for each in (0, rate.low, rate.mean, rate.high, 1)]
    for decimals in range(FINEST + 1):
        _none, low, share, high, _all = told = [_percent(each, decimals) for each in shares]
        if len(set(told)) == len(set(shares)):
            break
    return share, _range(low, high)


def _percent(share: Fraction, decimals: int) -> str:
    """None and all need no decimals."""
    return fmt.percent(share, decimals if 0 < share < 1 else 0)


def _per_lead(row: Brought) -> tuple[str, str]:
    """What one lead brought, and its likely range; neither for too few, no range where all brought the same."""
    if row.per_lead is None:
        return "", ""
    mean, low, high = (
        fmt.money_whole(Money(round(minor), row.booked.currency))
        for minor in (row.per_lead.mean, row.per_lead.low, row.per_lead.high)
    )
    return mean, _range(low, high) if low != high else ""


def _range(low: str, high: str) -> str:
    return _("likely {low} to {high}").format(low=low, high=high)
