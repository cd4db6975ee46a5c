"""Rows of invoices and credit notes to records."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from upswing.connectors.files.build import Build
from upswing.connectors.files.money import bounded, rate_of
from upswing.connectors.files.nearest import nearest_id
from upswing.connectors.files.refused import Refused
from upswing.connectors.files.sheet import Sheet
from upswing.core.records import InvoiceKind, InvoiceRecord


def invoices(sheet: Sheet) -> Build:
    """What accounting booked, with account, deal and quote as accounting writes them: they may come later."""

    def build(cells: Sequence[Any]) -> InvoiceRecord:
        key, day, net, kind, account, deal, rep, tax, currency, corrects, due, paid, quote = cells
        sheet.claim_id(key)
        kind = _kind(sheet, kind, net)
        net, tax = _size(sheet, "net", kind, net), _size(sheet, "tax", kind, tax)
        _tell(sheet, kind, key, deal, rep or quote or corrects)
        rate = rate_of(sheet, currency, day, key, net, "net")
        return InvoiceRecord(
            key, kind, day, rate.minor(net), sheet.origin, rate.minor(tax), account, deal, rep, corrects, due, paid,
            currency, rate.stated(net), quote, rate.conversion(net, tax=tax),
        )  # fmt: skip

    return build


def _tell(sheet: Sheet, kind: InvoiceKind, key: str, deal: str, other: str) -> None:
    """What may keep the invoice from being anybody's."""
    named = f"the {kind.replace('_', ' ')} {key}"
    if deal and deal not in sheet.known.deals:
        hint = sheet.hint(lambda: nearest_id(deal, sheet.known.deals))
        sentence = (
            f"no deal has the id “{deal}”. {hint} The invoice counts for whose deal it is once there is one."
        )
        sheet.tell("unknown_deal", key, "deal", deal, sentence.replace("  ", " "))
    elif not deal and not other:
        sentence = (
            f"{named} names neither rep, deal nor quote; its account tells whose it is, or somebody decides."
        )
        sheet.tell("unattributed_invoice", key, "deal", "", sentence)


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
