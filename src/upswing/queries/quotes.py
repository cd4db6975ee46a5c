"""Quotes, made here or brought in: the list with its tiles, and those of a deal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet, Sum

from upswing.book.models import Quote
from upswing.core.money import Money
from upswing.core.period import Period
from upswing.core.quoting import Standing, standing
from upswing.core.records import QuoteStatus
from upswing.people.viewer import Viewer
from upswing.queries.organisation import organisation
from upswing.queries.quote_deals import WHY, account_of, called, credited, deal_shown

PAGE = 50


class Pile(StrEnum):
    """Where a quote lies in the list. Versions that were replaced lie in none but their own."""

    DRAFT = "draft"
    OUT = "out"
    EXPIRED = "expired"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"


@dataclass(frozen=True, slots=True)
class Asked:
    """Which quotes to list: of one pile, sent within a period, of one rep. Drafts were sent on no day."""

    pile: Pile | None = None
    sent: Period | None = None
    rep: UUID | None = None


@dataclass(frozen=True, slots=True)
class QuoteRow:
    """One version in a list; `here` says whether it was made in the product, and so can be opened."""

    id: UUID
    number: str
    here: bool
    deal_id: UUID | None
    deal: str
    account: str
    reps: tuple[str, ...]
    standing: Standing
    sent: date | None
    valid_until: date | None
    amount: Money | None
    reason: str
    reaction: str


@dataclass(frozen=True, slots=True)
class Tile:
    """How many quotes lie in a pile, and what they are worth together."""

    pile: Pile
    count: int
    value: Money


@dataclass(frozen=True, slots=True)
class QuoteList:
    """A page of the list. The tiles, whichever pile is asked for, add up to `total` without the replaced ones."""

    tiles: tuple[Tile, ...]
    replaced: int
    rows: tuple[QuoteRow, ...]
    total: int
    found: int
    first: int


def quotes(viewer: Viewer, asked: Asked, page: int = 1) -> QuoteList:
    """The quotes the viewer may see, the last sent first, drafts before all."""
    within = _within(viewer, asked)
    piles = {pile: _lies_in(pile, viewer.at) for pile in Pile}
    told = within.aggregate(
        **{f"{pile}_count": Count("pk", filter=where) for pile, where in piles.items()},
        **{f"{pile}_value": Sum("amount_minor", filter=where) for pile, where in piles.items()},
    )
    currency = organisation().currency
    tiles = tuple(
        Tile(pile, told[f"{pile}_count"], Money(told[f"{pile}_value"] or 0, currency))
        for pile in Pile
        if pile is not Pile.REPLACED
    )
    total = sum(tile.count for tile in tiles)
    wanted = within.filter(piles[asked.pile]) if asked.pile else within.exclude(piles[Pile.REPLACED])
    found = told[f"{asked.pile}_count"] if asked.pile else total
    first = min(PAGE * (page - 1), max(0, (found - 1) // PAGE * PAGE))
    ordered = wanted.order_by("sent", "-pk") if asked.pile is Pile.DRAFT else wanted.order_by(*_newest())
    return QuoteList(
        tiles, told["replaced_count"], _rows(ordered[first : first + PAGE], viewer.at), total, found, first
    )


def _newest() -> tuple[Any, ...]:
    return F("sent").desc(nulls_first=True), "-pk"


def _within(viewer: Viewer, asked: Asked) -> QuerySet[Quote]:
    seen = Quote.objects.seen_by(viewer)
    if asked.rep:
        seen = seen.filter(deal__credits__person__uid=asked.rep)
    found = Quote.objects.unscoped(WHY).filter(pk__in=seen.order_by().values("pk"))
    if asked.sent:
        found = found.filter(sent__gte=asked.sent.start, sent__lte=asked.sent.last)
    return found


def _lies_in(pile: Pile, on: date) -> Q:
    """The piles part the quotes: each lies in exactly one."""
    taken_back = Q(offer__withdrawn__isnull=False)
    out = Q(status=QuoteStatus.SENT.value) & ~taken_back
    over = Q(offer__valid_until__isnull=False, offer__valid_until__lt=on)
    match pile:
        case Pile.WITHDRAWN:
            return taken_back
        case Pile.EXPIRED:
            return out & over
        case Pile.OUT:
            return out & ~over
        case _:
            return Q(status=pile.value) & ~taken_back


def standing_of(quote: Quote, on: date) -> Standing:
    """Where a quote stands on a day; of those made elsewhere the last day is not known."""
    offer = getattr(quote, "offer", None)
    status = QuoteStatus(quote.status)
    if offer is None:
        return standing(status, on)
    return standing(
        status, on, offer.valid_until, seen=offer.seen is not None, withdrawn=offer.withdrawn is not None
    )


def of_deal(viewer: Viewer, deal: UUID) -> tuple[QuoteRow, ...]:
    """All quotes of a deal, the last version first; raises NotVisible."""
    deal_shown(viewer, deal)
    rows = Quote.objects.unscoped("the deal is seen").filter(deal__uid=deal).order_by("-revision", "-pk")
    return _rows(rows, viewer.at)


def _rows(found: QuerySet[Quote], on: date) -> tuple[QuoteRow, ...]:
    rows = list(found.select_related("offer", "deal", "deal__account"))
    reps, currency = credited([row.deal_id for row in rows if row.deal_id]), organisation().currency
    return tuple(
        QuoteRow(
            row.uid, row.external_id, hasattr(row, "offer"), row.deal.uid if row.deal else None,
            called(row.deal), account_of(row.deal),
            reps.get(row.deal_id or 0, ()), standing_of(row, on), row.sent,
            row.offer.valid_until if hasattr(row, "offer") else None,
            None if row.amount_minor is None else Money(row.amount_minor, currency), row.reason,
            row.offer.reaction if hasattr(row, "offer") else "",
        )
        for row in rows
    )  # fmt: skip
