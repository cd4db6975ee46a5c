"""The list of quotes, in piles that add up to it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from upswing.actions.looking import looked_at_deals
from upswing.core.money import Money
from upswing.queries.freshness import latest_day
from upswing.queries.quotes import (
    PAGE,
    Asked,
    Pile,
    QuoteList,
    QuoteRow,
    quotes,
)
from upswing.web.quotes.paper import Chip, chip_of
from upswing.web.quotes.words import PILES, REACTIONS, REASONS
from upswing.web.shared import format as fmt
from upswing.web.shared.landing import landing
from upswing.web.shared.operators import asked_page
from upswing.web.shared.request import UnknownChoice, now, organisation_of, period, today, viewer


@dataclass(frozen=True, slots=True)
class Tile:
    """A pile to look into."""

    label: str
    count: str
    value: str
    url: str
    here: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One quote in words."""

    number: str
    url: str
    deal: str
    deal_url: str
    account: str
    reps: str
    chip: Chip
    day: str
    amount: str
    note: str


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """All quotes one may see, a pile at a time."""
    asked, who = _asked(request), viewer(request)
    found = quotes(who, asked, asked_page(request))
    looked_at_deals(who, [row.deal_id for row in found.rows if row.deal_id], now(request))
    page = asked_page(request)
    shown = {
        "tiles": _tiles(request, asked, found), "rows": [row_of(row) for row in found.rows],
        "headline": _headline(found), "replaced": found.replaced, "asked": asked,
        "pile": _(PILES[asked.pile]) if asked.pile else _("All quotes"), "found": found.found,
        "sent": fmt.period_name(asked.sent) if asked.sent else "", "all": _here(request, pile="", period=""),
        "replaced_url": _here(request, pile=Pile.REPLACED),
        "before": _here(request, page=page - 1) if found.first else "",
        "leads": reverse("quote_leads", args=[_landing(request)]),
        "after": _here(request, page=page + 1) if found.first + PAGE < found.found else "",
    }  # fmt: skip
    return render(request, "quotes/list.html", shown)


def _landing(request: HttpRequest) -> str:
    """The period that the tables of leads open with."""
    fiscal = organisation_of(request).fiscal_start
    return landing(latest_day(viewer(request)), today(request), fiscal)[0].slug


def _asked(request: HttpRequest) -> Asked:
    pile, slug, rep = (request.GET.get(name, "") for name in ("pile", "period", "rep"))
    if pile and pile not in set(Pile):
        raise UnknownChoice(
            _("No quotes lie under “{text}”. Choose one of the tiles.").format(text=pile[:40])
        )
    try:
        of = UUID(rep) if rep else None
    except ValueError:
        raise UnknownChoice(_("There is no such rep.")) from None
    return Asked(Pile(pile) if pile else None, period(request, slug) if slug else None, of)


def _here(request: HttpRequest, **parts: object) -> str:
    """The list with these choices changed, the others kept."""
    kept = {name: request.GET[name] for name in ("pile", "period", "rep") if request.GET.get(name)}
    wanted = {name: str(value) for name, value in (kept | parts).items() if value}
    return reverse("quotes") + (f"?{urlencode(wanted)}" if wanted else "")


def _tiles(request: HttpRequest, asked: Asked, found: QuoteList) -> list[Tile]:
    tiles = [
        Tile(_(PILES[tile.pile]), fmt.number(tile.count), fmt.money_compact(tile.value),
             _here(request, pile=tile.pile), asked.pile is tile.pile)
        for tile in found.tiles
    ]  # fmt: skip
    whole = Money(sum(tile.value.minor for tile in found.tiles), found.tiles[0].value.currency)
    first = Tile(
        _("All quotes"),
        fmt.number(found.total),
        fmt.money_compact(whole),
        _here(request, pile=""),
        not asked.pile,
    )
    return [first, *tiles]


def _headline(found: QuoteList) -> str:
    piles = {tile.pile: tile for tile in found.tiles}
    out, over = piles[Pile.OUT], piles[Pile.EXPIRED]
    if not found.total:
        return _("No quotes yet.")
    if not out.count and not over.count:
        return _("Every quote that was sent has its answer.")
    words = ngettext(
        "{count} quote over {value} waits for an answer.",
        "{count} quotes over {value} wait for an answer.",
        out.count,
    )
    said = words.format(count=fmt.number(out.count), value=fmt.money_whole(out.value))
    if not over.count:
        return said
    words = ngettext("{count} more has run out.", "{count} more have run out.", over.count)
    return f"{said} {words.format(count=fmt.number(over.count))}"


def row_of(row: QuoteRow) -> Row:
    """A quote in a list."""
    note = row.reason or row.reaction
    words: dict[str, str] = {**REASONS, **REACTIONS}
    if row.standing == "expired" and row.valid_until:
        note = _("on {day}").format(day=fmt.day(row.valid_until))
    elif row.standing in ("sent", "seen") and row.valid_until and not note:
        note = _("valid until {day}").format(day=fmt.day(row.valid_until))
    return Row(
        row.number, reverse("quote", args=[row.id]) if row.here else "", row.deal,
        reverse("deal", args=[row.deal_id]) if row.deal_id else "", row.account, fmt.listed(row.reps),
        chip_of(row.standing), fmt.day(row.sent) if row.sent else "–",
        fmt.money_whole(row.amount) if row.amount else "–", _(words[note]) if note in words else note,
    )  # fmt: skip
