"""Quotes, credited as the deal they belong to, and invoices, attributed by the clues the book holds."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from upswing.actions.bulk import insert
from upswing.actions.crediting import ATTRIBUTION, account_key, concerned, credit_and_post
from upswing.actions.desk import Desk, everybodys
from upswing.actions.posting import Posting
from upswing.actions.settling import facts_of_quotes
from upswing.actions.shelf import Shelf
from upswing.actions.shelves.stated import keep_conversions
from upswing.book.models import Account, Credit, Deal, Invoice, Product, Quote, QuoteLine
from upswing.book.rates import InvoiceRate, QuoteRate
from upswing.core.records import InvoiceRecord, QuoteRecord
from upswing.ledger.kinds import INVOICE, QUOTES


class Quotes(Shelf[QuoteRecord]):
    """Revisions of what was offered. They make the facts of their deal's quote together; without a deal they wait."""

    model = Quote
    columns = (
        "deal",
        "deal_key",
        "revision",
        "sent",
        "amount_minor",
        "status",
        "reason",
        "currency",
        "stated",
    )
    fact_kind = QUOTES
    chunk = 500

    def __init__(self) -> None:
        self.former: dict[int, int] = {}

    def values(self, desk: Desk, record: QuoteRecord) -> tuple[Any, ...]:
        """The deal is looked up, and kept as the source writes it."""
        return (
            desk.find(Deal, record.deal), record.deal, record.revision, record.sent, record.amount_minor,
            record.status.value, record.reason, record.currency, record.stated,
        )  # fmt: skip

    def holders(self, desk: Desk, records: Iterable[QuoteRecord]) -> set[int]:
        """Who is credited with the deals."""
        return {ATTRIBUTION} | _credited(_deals(desk, records))

    def credited(self, known: Collection[int]) -> set[int]:
        """Who is credited with the deals they belonged to until now."""
        rows = everybodys(Quote).filter(id__in=known)
        self.former = dict(rows.exclude(deal=None).values_list("id", "deal_id"))
        return _credited(set(self.former.values()))

    def write_parts(self, desk: Desk, written: Mapping[int, QuoteRecord], changed: Collection[int]) -> None:
        """Lines are replaced."""
        keep_conversions(QuoteRate, written, changed)
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
        """All revisions of the deals concerned, old ones too; then the invoices that name these quotes."""
        deals = _deals(desk, written.values()) | {
            self.former[number] for number in written if number in self.former
        }
        posting.put(QUOTES, dict(facts_of_quotes(deals)))
        credit_and_post(posting, concerned(Quote, written.keys()))


class Invoices(Shelf[InvoiceRecord]):
    """What accounting booked. Whose it is follows from what the book holds; until it does it counts for nobody."""

    model = Invoice
    columns = (
        "kind", "day", "net_minor", "tax_minor", "account_name", "account_key", "account", "deal_key", "quote_key",
        "person", "corrects", "due", "paid", "currency", "stated",
    )  # fmt: skip
    fact_kind = INVOICE
    chunk = 500

    def __init__(self) -> None:
        self.names: dict[str, int] = {}
        self.beside: set[int] = set()

    def values(self, desk: Desk, record: InvoiceRecord) -> tuple[Any, ...]:
        """The account is looked up, by id or name; deal and quote are kept as accounting writes them."""
        key = account_key(record.account)
        return (
            record.kind.value, record.day, record.net_minor, record.tax_minor, record.account, key,
            desk.find(Account, record.account) or self._named(desk, key), record.deal, record.quote,
            desk.person(record.rep) if record.rep else None, record.corrects, record.due, record.paid,
            record.currency, record.stated,
        )  # fmt: skip

    def _named(self, desk: Desk, key: str) -> int | None:
        if key and not self.names:
            own_last = sorted(
                Account.objects.values_list("id", "name", "source_id"),
                key=lambda row: (row[2] == desk.batch.source_id, -row[0]),
            )
            self.names = {account_key(name): number for number, name, _ in own_last}
        return self.names.get(key)

    def holders(self, desk: Desk, records: Iterable[InvoiceRecord]) -> set[int]:
        """The reps accounting names; who else has a part shows when it is decided."""
        return {ATTRIBUTION} | {desk.person(record.rep) for record in records if record.rep}

    def amended(self, desk: Desk, changed: Mapping[int, InvoiceRecord]) -> Mapping[int, InvoiceRecord]:
        """What hangs on these as they stand is remembered: their account may be new from another day on."""
        self.beside = concerned(Invoice, changed.keys())
        return changed

    def write_parts(self, desk: Desk, written: Mapping[int, InvoiceRecord], changed: Collection[int]) -> None:
        """How it was converted, where it was."""
        keep_conversions(InvoiceRate, written, changed)

    def settle(
        self, desk: Desk, posting: Posting, written: Mapping[int, InvoiceRecord], fresh: Collection[int]
    ) -> None:
        """One booking each; the notes that correct them follow, and later invoices of a new account."""
        credit_and_post(posting, self.beside | concerned(Invoice, written.keys()), fresh)


def _deals(desk: Desk, records: Iterable[QuoteRecord]) -> set[int]:
    """The deals of those that have one."""
    found = {desk.find(Deal, record.deal) for record in records}
    return {deal for deal in found if deal is not None}


def _credited(deals: Collection[int]) -> set[int]:
    return set(Credit.objects.filter(deal__in=deals).values_list("person_id", flat=True))
