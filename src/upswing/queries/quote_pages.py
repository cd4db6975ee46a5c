"""One quote made here, with everything its page and its print show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from upswing.book.models import Quote
from upswing.core.quoting import Quotation, Standing, Totals, totals
from upswing.people.viewer import NotVisible, Viewer
from upswing.queries.offers import Paper, PriceListShown, accepted_of, paper_of, price_list, quotation_of
from upswing.queries.organisation import local
from upswing.queries.quote_deals import QuotedDeal, deal_shown
from upswing.queries.quotes import QuoteRow, of_deal, standing_of


@dataclass(frozen=True, slots=True)
class Deed:
    """What somebody did with it."""

    deed: str
    words: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class QuoteShown:
    """A version. `former` is the version before it; `later` whether another came after it; `prices` what it is made of.

    `by` is who made it; `rate` what one of its currency is worth in the organisation's; `accepted` what the buyer took.
    `batch` takes the quote back as a whole.
    """

    id: UUID
    number: str
    version: int
    deal: QuotedDeal | None
    standing: Standing
    quotation: Quotation
    totals: Totals
    company: str
    recipient: str
    introduction: str
    tax_name: str
    rate: Decimal
    sent: date | None
    seen: date | None
    reaction: str
    reaction_words: str
    decided: date | None
    withdrawn: date | None
    reason: str
    words: str
    by: str
    paper: Paper
    prices: PriceListShown | None
    versions: tuple[QuoteRow, ...]
    former: Quotation | None
    former_number: str
    later: bool
    accepted: Quotation | None
    batch: UUID
    deeds: tuple[Deed, ...]


def quote_shown(viewer: Viewer, uid: UUID) -> QuoteShown:
    """One quote that was made here; raises NotVisible."""
    seen = (
        Quote.objects.seen_by(viewer)
        .exclude(offer=None)
        .select_related("offer", "deal", "offer__price_list", "batch")
    )
    row = seen.filter(uid=uid).first()
    if row is None:
        raise NotVisible("There is no such quote.")
    offer, offered = row.offer, quotation_of(row)
    former, later = _beside(row)
    return QuoteShown(
        row.uid, row.external_id, offer.version, deal_shown(viewer, row.deal.uid) if row.deal else None,
        standing_of(row, viewer.at), offered, totals(offered), offer.company, offer.recipient, offer.introduction,
        offer.tax_name, offer.rate.normalize(), row.sent, offer.seen, offer.reaction, offer.reaction_words,
        offer.decided, offer.withdrawn, row.reason, offer.words, offer.by, paper_of(offer),
        price_list(viewer, offer.price_list.uid) if offer.price_list else None,
        of_deal(viewer, row.deal.uid) if row.deal else (), quotation_of(former) if former else None,
        former.external_id if former else "", later, accepted_of(row), row.batch.uid,
        tuple(Deed(d.deed, d.words, d.by, local(d.at)) for d in row.deeds.order_by("pk")),
    )  # fmt: skip


def _beside(row: Quote) -> tuple[Quote | None, bool]:
    """The version before, and whether there is one after."""
    others = Quote.objects.unscoped("versions of a quote that is seen").filter(offer__chain=row.offer.chain)
    former = others.filter(offer__version__lt=row.offer.version).select_related("offer")
    return (
        former.order_by("-offer__version").first(),
        others.filter(offer__version__gt=row.offer.version).exists(),
    )
