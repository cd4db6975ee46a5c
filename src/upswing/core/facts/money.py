"""Settle what was offered and what accounting booked: credited as the deal it belongs to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from upswing.core.facts.fact import WHOLE, Fact, FactKind, split
from upswing.core.records import InvoiceKind, InvoiceRecord, QuoteRecord, QuoteStatus

Credit = Sequence[tuple[str, int]]
NEW_FOR = 365
"""Days from the day of its first invoice on that an account is new."""


def settle_quotes(quotes: Sequence[QuoteRecord], credit: Credit, source: str = "") -> tuple[Fact, ...]:
    """Facts of all revisions of one deal's quote: one proposal, on the day the first was sent.

    Later revisions add what they change in value (a fact without credit, so that the proposal counts once): the sum
    up to a day is the latest revision of that day; none counts from before one that it replaces.
    Drafts and revisions that were never sent say nothing.
    """
    return tuple(
        part._replace(source=source)
        for fact, before in _offered(quotes)
        for part in split(fact, credit, before)
    )


def _offered(quotes: Sequence[QuoteRecord]) -> Iterator[tuple[Fact, int]]:
    """The first sent revision, then each change of value, with the value that stood before it."""
    value, day = None, date.min
    for number, quote in enumerate(sorted(quotes, key=lambda quote: (quote.revision, quote.id))):
        if quote.sent is None or quote.status is QuoteStatus.DRAFT:
            continue
        amount, day = quote.amount_minor or 0, max(quote.sent, day)
        if value is None:
            yield Fact(FactKind.PROPOSAL_SENT, day, "", WHOLE, amount), 0
        elif amount != value:
            yield Fact(FactKind.PROPOSAL_SENT, day, "", 0, amount - value, ordinal=number), value
        value = amount


def settle_invoice(
    invoice: InvoiceRecord, credit: Credit, source: str = "", *, new: bool = False
) -> tuple[Fact, ...]:
    """What accounting booked, without tax: an invoice adds, a credit note takes away. No amount, no fact.

    Of a `new` account the same is told once more, as new business.
    """
    if invoice.net_minor is None or not credit:
        return ()
    takes = invoice.kind is InvoiceKind.CREDIT_NOTE
    share, amount = (0, -invoice.net_minor) if takes else (WHOLE, invoice.net_minor)
    booked = Fact(
        FactKind.REVENUE_BOOKED, invoice.day, "", share, amount, outcome=invoice.kind, source=source
    )
    told = (booked, booked._replace(kind=FactKind.NEW_BUSINESS)) if new else (booked,)
    return tuple(part for fact in told for part in split(fact, credit))


def is_new(day: date, first: date | None) -> bool:
    """Whether an account is new on a day, its first invoice being of the day `first`: for NEW_FOR days from it on."""
    return first is not None and 0 <= (day - first).days < NEW_FOR
