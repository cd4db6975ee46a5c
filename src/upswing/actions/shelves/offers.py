"""Quotes and invoices: credited as the deal they belong to."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from upswing.actions.bulk import insert
from upswing.actions.desk import Desk
from upswing.actions.posting import Posting
from upswing.actions.settling import facts_of_invoices, facts_of_quotes, notes_on
from upswing.actions.shelf import Shelf
from upswing.book.models import Account, Credit, Deal, Invoice, Product, Quote, QuoteLine
from upswing.core.records import InvoiceRecord, QuoteRecord
from upswing.ledger.kinds import INVOICE, QUOTES


class Quotes(Shelf[QuoteRecord]):
    """Revisions of what was offered. They make the facts of their deal's quote together; without a deal they wait."""

    model = Quote
    columns = ("deal", "revision", "sent", "amount_minor", "status", "reason", "currency", "stated")
    links = ("deal",)
    fact_kind = QUOTES
    chunk = 500

    def __init__(self) -> None:
        self.former: dict[int, int] = {}

    def values(self, desk: Desk, record: QuoteRecord) -> tuple[Any, ...]:
        """The deal is looked up."""
        return (
            desk.find(Deal, record.deal), record.revision, record.sent, record.amount_minor, record.status.value,
            record.reason, record.currency, record.stated,
        )  # fmt: skip

    def holders(self, desk: Desk, records: Iterable[QuoteRecord]) -> set[int]:
        """Who is credited with the deals."""
        return _credited(_deals(desk, records))

    def credited(self, known: Collection[int]) -> set[int]:
        """Who is credited with the deals they belonged to until now."""
        rows = Quote.objects.unscoped("an import writes").filter(id__in=known)
        self.former = dict(rows.exclude(deal=None).values_list("id", "deal_id"))
        return _credited(set(self.former.values()))

    def write_parts(self, desk: Desk, written: Mapping[int, QuoteRecord], changed: Collection[int]) -> None:
        """Lines are replaced."""
        if changed:
            QuoteLine.objects.filter(quote__in=changed).delete()
        lines = [
            (quote, number, desk.find(Product, line.product), line.quantity, line.price_minor)
            for quote, record in written.items()
            for number, line in enumerate(record.lines)
        ]
        insert(QuoteLine, ("quote", "number", "product", "quantity", "price_minor"), lines)

    def settle(
        self, desk: Desk, posting: Posting, written: Mapping[int, QuoteRecord], fresh: Collection[int]
    ) -> None:
        """All revisions of the deals concerned, old ones too."""
        deals = _deals(desk, written.values()) | {
            self.former[number] for number in written if number in self.former
        }
        posting.put(QUOTES, dict(facts_of_quotes(deals)))


class Invoices(Shelf[InvoiceRecord]):
    """What accounting booked. One without deal and rep is kept, and counts for nobody yet."""

    model = Invoice
    columns = (
        "kind", "day", "net_minor", "tax_minor", "account_name", "account", "deal", "person", "corrects", "due",
        "paid", "currency", "stated",
    )  # fmt: skip
    links = ("account", "deal")
    fact_kind = INVOICE
    chunk = 500

    def values(self, desk: Desk, record: InvoiceRecord) -> tuple[Any, ...]:
        """References are looked up."""
        return (
            record.kind.value, record.day, record.net_minor, record.tax_minor, record.account,
            desk.find(Account, record.account), desk.find(Deal, record.deal),
            desk.person(record.rep) if record.rep else None, record.corrects, record.due, record.paid,
            record.currency, record.stated,
        )  # fmt: skip

    def holders(self, desk: Desk, records: Iterable[InvoiceRecord]) -> set[int]:
        """Who is credited with the deals; without a deal the rep accounting names."""
        deals = _deals(desk, records)
        named = {desk.person(record.rep) for record in records if record.rep}
        return named | _credited(deals)

    def settle(
        self, desk: Desk, posting: Posting, written: Mapping[int, InvoiceRecord], fresh: Collection[int]
    ) -> None:
        """One booking each; the notes that correct them follow."""
        posting.put(INVOICE, dict(facts_of_invoices(written)), fresh)
        posting.put(INVOICE, dict(facts_of_invoices(set(notes_on(written)) - written.keys())))


def _deals(desk: Desk, records: Iterable[QuoteRecord | InvoiceRecord]) -> set[int]:
    """The deals of those that have one."""
    found = {desk.find(Deal, record.deal) for record in records}
    return {deal for deal in found if deal is not None}


def _credited(deals: Collection[int]) -> set[int]:
    return set(Credit.objects.filter(deal__in=deals).values_list("person_id", flat=True))
