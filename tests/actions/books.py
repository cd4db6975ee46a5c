"""Invoices and what they are attributed by, as the cast's sources would tell them; and how they stand attributed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

from tests.actions.told import HERE, day, invoice
from tests.world import deal, person
from upswing.book.models import Invoice
from upswing.core.records import AccountOwnerRecord, AccountRecord, DealRecord, InvoiceRecord
from upswing.ledger.models import Fact

ACME = AccountRecord("A1", "Acme", HERE)
BOLT = AccountRecord("A2", "Bolt", HERE)


def booked(key: str, on: str, net: int | None, account: str = "", **more: object) -> InvoiceRecord:
    """An invoice in whole euros, to an account."""
    return replace(invoice(key, on, net), account=account, **more)  # type: ignore[arg-type]


def won(key: str, rep: str, on: str, amount: int, account: str = "A1", **more: object) -> DealRecord:
    """A deal of September that was won."""
    return deal(key, rep, "2026-09-01", on, "won", amount, account=account, **more)


def owner(account: str, rep: str, start: str = "", end: str = "") -> AccountOwnerRecord:
    """A rep owns an account from one day until another."""
    return AccountOwnerRecord(account, rep, HERE, day(start), day(end))


def attributed() -> dict[str, tuple[str, dict[str, int]]]:
    """Invoice → the rule that decided, and who has it."""
    rows = Invoice.objects.unscoped("test").prefetch_related("shares__person")
    return {
        row.external_id: (row.rule, {share.person.name: share.weight for share in row.shares.all()})
        for row in rows
    }


def revenue(name: str) -> dict[str, int]:
    """Invoice → what it adds to a rep's booked revenue, in cents."""
    keys = dict(Invoice.objects.unscoped("test").values_list("id", "external_id"))
    facts = Fact.objects.filter(kind="revenue_booked", record_kind="invoice", rep=person(name))
    return {keys[record]: amount for record, amount in facts.values_list("record", "amount")}


def uid(key: str) -> UUID:
    """The invoice of that number."""
    return Invoice.objects.unscoped("test").values_list("uid", flat=True).get(external_id=key)


def on(text: str) -> date:
    """A day."""
    return date.fromisoformat(text)
