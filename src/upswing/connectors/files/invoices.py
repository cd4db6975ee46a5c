"""Rows of invoices and credit notes to records."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from upswing.connectors.files.build import Build
from upswing.connectors.files.money import bounded, rate_of
from upswing.connectors.files.refused import Refused
from upswing.connectors.files.sheet import Sheet
from upswing.core.records import InvoiceKind, InvoiceRecord


def invoices(sheet: Sheet) -> Build:
    """What accounting booked, with the account's name as accounting writes it."""
    deals = sheet.known.deals

    def build(cells: Sequence[Any]) -> InvoiceRecord:
        key, day, net, kind, account, deal, rep, tax, currency, corrects, due, paid = cells
        sheet.claim_id(key)
        kind = _kind(sheet, kind, net)
        net, tax = _size(sheet, "net", kind, net), _size(sheet, "tax", kind, tax)
        deal = sheet.linked("deal", deal, deals, key, "The invoice")
        if not deal and not rep:
            sentence = f"the {kind.replace('_', ' ')} {key} names neither deal nor rep; nobody's revenue changes by it."
            sheet.tell("unattributed_invoice", key, "deal", sheet.raw("deal").strip(), sentence)
        rate = rate_of(sheet, currency, day, key, net, "net")
        return InvoiceRecord(
            key, kind, day, rate.minor(net), sheet.origin, rate.minor(tax), account, deal, rep, corrects, due, paid,
            currency, rate.stated(net),
        )  # fmt: skip

    return build


def _kind(sheet: Sheet, told: InvoiceKind | None, net: Decimal) -> InvoiceKind:
    """What the row says; without a word an amount below 0 is a credit note."""
    if told is None:
        return InvoiceKind.CREDIT_NOTE if net < 0 else InvoiceKind.INVOICE
    if told is InvoiceKind.INVOICE and net < 0:
        sentence = "an invoice is for 0 or more. If this takes one back, its kind is credit_note."
        raise Refused("bad_net", "net", sheet.raw("net"), sentence)
    return told


def _size(sheet: Sheet, field: str, kind: InvoiceKind, amount: Decimal | None) -> Decimal | None:
    """The amount from 0 up: credit notes may be written with a minus."""
    if amount is None:
        return None
    size = abs(amount) if kind is InvoiceKind.CREDIT_NOTE else amount
    return bounded(size, field, sheet.raw(field), f"an invoice's {field}")
