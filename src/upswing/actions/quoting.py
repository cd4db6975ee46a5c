"""Make a quote: begin one for a deal, keep its draft, send it, throw it away. A change after that is a new version."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from fractions import Fraction
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from upswing.actions.desk import everybodys
from upswing.actions.permission import Incomplete, NotAllowed
from upswing.actions.quote_amounts import amount_of
from upswing.actions.quote_sheets import Sheet, exact, keep_sheet, unkeepable
from upswing.actions.quoted import batch_of_chain, change, deal_for, note, quote_for, settling
from upswing.actions.written import one_line, signed_by
from upswing.book.models import Deal, Quote
from upswing.book.offered import LONGEST_LINE, Offer, OfferLine, PriceList
from upswing.core.pipelines import Early
from upswing.core.quoting import refusals, totals
from upswing.core.records import Outcome, QuoteStatus
from upswing.core.wording import worded
from upswing.people.viewer import NotVisible, Viewer
from upswing.queries.offers import letterhead, paper, quotation_of
from upswing.queries.organisation import organisation
from upswing.queries.pipelines import early
from upswing.queries.rates import kept_rates

COPIED = (
    "currency", "rate", "price_list", "company", "recipient", "introduction", "terms", "discount", "tax", "tax_name",
)  # fmt: skip
LINE = ("number", "product", "description", "quantity", "unit_minor", "discount", "choice", "group", "chosen")


@transaction.atomic
def begin(viewer: Viewer, deal: UUID, prices: UUID | None, now: datetime) -> UUID:
    """A draft for the deal: the one there is, else a copy of the last version, else an empty one at these prices.

    Raises NotVisible, and NotAllowed for a deal that is decided.
    """
    found = deal_for(viewer, deal)
    refuse_decided(found)
    made = everybodys(Quote).filter(deal=found).exclude(offer=None).select_related("offer", "batch")
    former = made.order_by("-offer__version").first()
    if former is not None and former.status == QuoteStatus.DRAFT:
        return former.uid  # type: ignore[no-any-return]
    quote = _next(viewer, found, former, now)
    if former is not None:
        _copy(viewer, former, quote, now)
    else:
        _fresh(viewer, found, quote, prices, now)
    note(viewer, quote, "begun", now)
    return quote.uid


def refuse_decided(deal: Deal) -> None:
    """Raises NotAllowed for a deal of which nothing is open."""
    if deal.outcome != Outcome.OPEN:
        words = (
            worded("“{deal}” was won on {day}: nothing is left to offer. Open a new deal for what comes after.",
                   deal=deal.name or deal.external_id, day=deal.closed or worded("a day nobody told"))
            if deal.outcome == Outcome.WON
            else worded("“{deal}” was lost on {day}. Open it again before you make a quote for it.",
                        deal=deal.name or deal.external_id, day=deal.closed or worded("a day nobody told"))
        )  # fmt: skip
        raise NotAllowed(words)


def _next(viewer: Viewer, deal: Deal, former: Quote | None, now: datetime) -> Quote:
    """The row of a new version, numbered after every quote of the deal; who has the lock numbers alone."""
    told = everybodys(Quote).filter(deal=deal).aggregate(last=Max("revision"))["last"]
    chain, version = (former.offer.chain, former.offer.version + 1) if former else (_chain(), 1)
    first = f"{letterhead().prefix}{chain:04}"
    name = first if version == 1 else f"{first}-{version}"
    batch = batch_of_chain(viewer, first, former, now)
    quote = everybodys(Quote).create(
        source=batch.source, external_id=name, batch=batch, file=name, row=0, digest="", deal=deal,
        deal_key=deal.external_id, revision=(told or 0) + 1, status=QuoteStatus.DRAFT.value,
    )  # fmt: skip
    quote.offer = Offer(quote=quote, chain=chain, version=version, by=signed_by(viewer), at=now)
    return quote  # type: ignore[no-any-return]


def _chain() -> int:
    return (Offer.objects.aggregate(last=Max("chain"))["last"] or 0) + 1


def _copy(viewer: Viewer, former: Quote, quote: Quote, now: datetime) -> None:
    for name in COPIED:
        setattr(quote.offer, name, getattr(former.offer, name))
    quote.offer.valid_until = _valid_until(viewer.at)
    quote.offer.save()
    lines = OfferLine.objects.filter(quote=former).order_by("number").values(*LINE)
    OfferLine.objects.bulk_create(OfferLine(quote=quote, **line) for line in lines)


def _fresh(viewer: Viewer, deal: Deal, quote: Quote, prices: UUID | None, now: datetime) -> None:
    found, offer = letterhead(), quote.offer
    chosen = PriceList.objects.filter(uid=prices).first() if prices else None
    if prices and chosen is None:
        raise NotVisible(worded("There is no such price list."))
    offer.price_list, offer.currency = chosen, chosen.currency if chosen else organisation().currency
    known = kept_rates(codes={offer.currency}).on(offer.currency, viewer.at)
    offer.rate = (exact(Fraction(known), 10) if known else 0) or offer.rate
    offer.company = deal.account.name if deal.account else ""
    offer.terms, offer.tax, offer.tax_name = found.terms, found.tax, found.tax_name
    offer.valid_until = _valid_until(viewer.at)
    offer.save()


def _valid_until(day: date) -> date:
    return day + timedelta(days=letterhead().days)


@transaction.atomic
def save(viewer: Viewer, quote: UUID, sheet: Sheet, now: datetime) -> None:
    """Keep the draft as it is written, ready or not. Raises NotVisible, NotAllowed once it is sent, and Incomplete."""
    found = quote_for(viewer, quote)
    _refuse_sent(found)
    if sentences := unkeepable(sheet):
        raise Incomplete(sentences)
    keep_sheet(found, sheet)
    amount_of(found, totals(sheet.quotation).net)


@transaction.atomic
def send(viewer: Viewer, quote: UUID, now: datetime, reason: str = "") -> None:
    """Freeze the draft as sent today; the version before it is replaced. Twice is once.

    A `reason` says why it goes out before the deal is qualified, where the pipeline asks for one. Raises NotVisible,
    NotAllowed for a deal that is decided, and Incomplete with everything to mend.
    """
    found = quote_for(viewer, quote)
    if found.status == QuoteStatus.SENT:
        return
    _refuse_sent(found)
    if found.deal is None:
        raise NotAllowed(
            worded("The deal of this quote is not in the book any more. Bring it in again first.")
        )
    refuse_decided(found.deal)
    offered = quotation_of(found)
    reason = one_line(reason)[:LONGEST_LINE]
    if sentences := (*refusals(offered, viewer.at), *_too_early(viewer, found.deal, reason)):
        raise Incomplete(sentences)
    net = totals(offered).net
    with settling(found.deal_id):
        _replace_former(viewer, found, now)
        amount_of(found, net)
        change(found, status=QuoteStatus.SENT.value, sent=viewer.at)
        change(found.offer, letterhead=paper(letterhead()))
        note(viewer, found, "sent", now, reason)


def _too_early(viewer: Viewer, deal: Deal, reason: str) -> Iterator[str]:
    """Whether the proposal comes before the deal is qualified."""
    meets = early(deal.uid, viewer.at)
    if meets is Early.REFUSE:
        yield worded(
            "This deal is not qualified yet, and its pipeline allows no proposal before that. Move it by the "
            "checklist of its stage first."
        )
    elif meets is Early.REASON and not reason:
        yield worded(
            "This deal is not qualified yet. Say in a sentence why the quote goes out now; it is kept with it."
        )


def _replace_former(viewer: Viewer, quote: Quote, now: datetime) -> None:
    former = everybodys(Quote).filter(offer__chain=quote.offer.chain, status=QuoteStatus.SENT.value)
    for each in former.filter(offer__withdrawn=None).exclude(pk=quote.pk):
        change(each, status=QuoteStatus.REPLACED.value)
        note(viewer, each, "replaced", now, quote.external_id)


def _refuse_sent(quote: Quote) -> None:
    if quote.status != QuoteStatus.DRAFT:
        raise NotAllowed(
            worded(
                "{number} was sent on {day} and stays as it was. Begin a new version: it starts as a copy.",
                number=quote.external_id,
                day=quote.sent or worded("a day nobody told"),
            )
        )


@transaction.atomic
def discard(viewer: Viewer, quote: UUID) -> None:
    """Throw a draft away; versions that were sent stay. Raises NotVisible, and NotAllowed once it is sent."""
    found = quote_for(viewer, quote)
    _refuse_sent(found)
    batch = found.batch
    found.delete()
    if not everybodys(Quote).filter(batch=batch).exists():
        batch.delete()
