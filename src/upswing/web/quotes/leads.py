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

from upswing.core.averages import FEWEST_AMOUNTS
from upswing.core.money import Money
from upswing.queries.quote_leads import FEWEST, Brought, LeadsToQuotes, leads_to_quotes
from upswing.web.quotes.words import REACTIONS, REASONS
from upswing.web.shared import format as fmt
from upswing.web.shared.request import period, viewer
from upswing.web.shared.stepper import stepper


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
    share, likely = "", ""
    if row.rate:
        share = fmt.percent(Fraction(row.quoted, row.leads))
        words = _("likely {low} to {high}")
        likely = words.format(low=_percent(row.rate.low), high=_percent(row.rate.high))
    return Row(
        row.name or unknown, url, fmt.number(row.leads), fmt.number(row.quoted), share, likely, fmt.number(row.sent),
        fmt.money_whole(row.value), fmt.money_whole(row.accepted), fmt.money_whole(row.booked), *_per_lead(row),
    )  # fmt: skip


def _per_lead(row: Brought) -> tuple[str, str]:
    """What one lead brought, and its likely range; nothing of either for too few."""
    if row.per_lead is None:
        return "", ""

    def money(minor: float) -> str:
        return fmt.money_whole(Money(round(minor), row.booked.currency))

    words = _("likely {low} to {high}")
    return money(row.per_lead.mean), words.format(low=money(row.per_lead.low), high=money(row.per_lead.high))


def _percent(share: float) -> str:
    return fmt.percent(Fraction(share))
