"""Which invoices are new business: those of an account within a year of its first one.

An account is who accounting names, as it writes the name; an invoice that names nobody is never new business.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import NamedTuple

from django.db.models import Min, QuerySet

from upswing.book.models import Invoice
from upswing.core.facts import is_new
from upswing.core.records import InvoiceKind

WHY = "whether an account is new follows from everybody's invoices"


class _Row(NamedTuple):
    id: int
    source: int
    kind: str
    day: date
    account: str
    corrects: str


def new_business(invoices: Collection[int]) -> set[int]:
    """Those of these that are new business; a credit note is what the invoice is that it takes back.

    A note that names no invoice we know goes by its own day.
    """
    rows = _rows(invoices)
    corrected = _corrected(rows)
    told = {row.id: corrected.get(row.id, (row.account, row.day)) for row in rows}
    first = first_invoices({account for account, _ in told.values() if account})
    return {number for number, (account, day) in told.items() if is_new(day, first.get(account))}


def first_invoices(accounts: Collection[str]) -> dict[str, date]:
    """Account → the day of its first invoice, the earliest that is known."""
    rows = _invoices().filter(account_key__in=accounts, kind=InvoiceKind.INVOICE.value).order_by()
    return dict(rows.values("account_key").annotate(first=Min("day")).values_list("account_key", "first"))


def beside(invoices: Collection[int]) -> set[int]:
    """All invoices of the accounts whose first one is among these: how long they are new hangs on it."""
    kept = _invoices().filter(id__in=invoices, kind=InvoiceKind.INVOICE.value).exclude(account_key="")
    rows = set(kept.values_list("account_key", "day"))
    first = first_invoices({account for account, _ in rows})
    led = {account for account, day in rows if day == first[account]}
    return set(_invoices().filter(account_key__in=led).values_list("id", flat=True)) if led else set()


def _corrected(rows: Iterable[_Row]) -> dict[int, tuple[str, date]]:
    """Credit note → account and day of the invoice it takes back, where its source tells of one."""
    notes = [row for row in rows if row.kind == InvoiceKind.CREDIT_NOTE and row.corrects]
    if not notes:
        return {}
    taken = _invoices().filter(kind=InvoiceKind.INVOICE.value, external_id__in={n.corrects for n in notes})
    columns = ("source_id", "external_id", "account_key", "day")
    told = {(source, key): (account, day) for source, key, account, day in taken.values_list(*columns)}
    return {
        note.id: told[note.source, note.corrects] for note in notes if (note.source, note.corrects) in told
    }


def _rows(invoices: Collection[int]) -> list[_Row]:
    found = _invoices().filter(id__in=invoices)
    return [
        _Row(*row) for row in found.values_list("id", "source_id", "kind", "day", "account_key", "corrects")
    ]


def _invoices() -> QuerySet[Invoice]:
    return Invoice.objects.unscoped(WHY)
