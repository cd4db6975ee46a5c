"""Deals, with who is credited, how they moved and what changed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any

from upswing.actions.bulk import insert
from upswing.actions.desk import Desk
from upswing.actions.posting import Posting
from upswing.actions.settling import facts_of_invoices, facts_of_quotes, notes_on
from upswing.actions.shelf import Shelf
from upswing.book.models import (
    Account,
    AmountChange,
    CloseChange,
    Credit,
    Deal,
    Invoice,
    Lead,
    Product,
    StageMove,
)
from upswing.connectors.connector import folded
from upswing.core.facts import settle_deal
from upswing.core.records import DealRecord
from upswing.ledger.kinds import DEAL, INVOICE, QUOTES


class Deals(Shelf[DealRecord]):
    """Chances to sell."""

    model = Deal
    referred = True
    columns = (
        "name", "account", "product", "stage", "outcome", "lead", "lead_source", "created", "closed", "observed",
        "amount_minor", "expected_minor", "expected_close", "currency", "stated",
    )  # fmt: skip
    links = ("account", "product", "lead")
    fact_kind = DEAL
    chunk = 300

    def order(self, record: DealRecord) -> Any:
        """A rep's together."""
        return record.credit, record.id

    def values(self, desk: Desk, record: DealRecord) -> tuple[Any, ...]:
        """References are looked up."""
        return (
            record.name, desk.find(Account, record.account), desk.find(Product, record.product), record.stage,
            record.outcome.value, desk.find(Lead, record.lead), record.source, record.created, record.closed,
            record.observed, record.amount_minor, record.expected_minor, record.expected_close, record.currency,
            record.stated,
        )  # fmt: skip

    def holders(self, desk: Desk, records: Iterable[DealRecord]) -> set[int]:
        """Who is credited."""
        return {desk.person(rep) for record in records for rep, _ in record.credit}

    def credited(self, known: Collection[int]) -> set[int]:
        """Who has it until now: also where the deal itself says nothing, its quotes and invoices are theirs."""
        return set(Credit.objects.filter(deal__in=known).values_list("person_id", flat=True))

    def write_parts(self, desk: Desk, written: Mapping[int, DealRecord], changed: Collection[int]) -> None:
        """Credits, moves, amounts and expectations are replaced."""
        for part in (Credit, StageMove, AmountChange, CloseChange):
            if changed:
                part._default_manager.filter(deal__in=changed).delete()
        deals = written.items()
        _insert(Credit, [(d, desk.person(rep), weight) for d, r in deals for rep, weight in r.credit])
        _insert(
            StageMove,
            [
                (d, n, move.stage, move.day, move.outcome.value)
                for d, r in deals
                for n, move in enumerate(r.moves)
            ],
        )
        _insert(AmountChange, [(d, n, *change) for d, r in deals for n, change in enumerate(r.amounts)])
        _insert(CloseChange, [(d, n, *change) for d, r in deals for n, change in enumerate(r.closes)])

    def settle(
        self, desk: Desk, posting: Posting, written: Mapping[int, DealRecord], fresh: Collection[int]
    ) -> None:
        """The deal's own facts; where it changed, also those of its quotes and invoices: they are credited as it is."""
        made = {number: settle_deal(keyed(record)) for number, record in written.items()}
        posting.put(self.fact_kind, made, fresh)
        changed = [number for number in written if number not in fresh]
        if changed:
            posting.put(QUOTES, dict(facts_of_quotes(changed)))
            invoices = Invoice.objects.unscoped("an import writes").filter(deal__in=changed)
            ids = set(invoices.values_list("id", flat=True))
            posting.put(INVOICE, dict(facts_of_invoices(ids | set(notes_on(ids)))))


PARTS = {
    Credit: ("deal", "person", "weight"),
    StageMove: ("deal", "number", "stage", "day", "outcome"),
    AmountChange: ("deal", "number", "day", "amount_minor"),
    CloseChange: ("deal", "number", "day", "expected_close"),
}


def _insert(part: Any, rows: list[tuple[Any, ...]]) -> None:
    insert(part, PARTS[part], rows)


def keyed(deal: DealRecord) -> DealRecord:
    """The deal with its reps by key, as the book names them: how a cent is split depends on their order."""
    return replace(deal, credit=tuple((folded(rep), weight) for rep, weight in deal.credit))
