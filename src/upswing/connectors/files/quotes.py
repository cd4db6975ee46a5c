"""Rows of quotes to records, with the lines that another file tells."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from upswing.connectors.files.build import Build
from upswing.connectors.files.money import rate_of
from upswing.connectors.files.parts import taken
from upswing.connectors.files.refused import Refused
from upswing.connectors.files.sheet import Sheet
from upswing.core.records import QuoteLine, QuoteRecord, QuoteStatus


def quotes(sheet: Sheet) -> Build:
    """One revision of what was offered for a deal."""
    known, revisions = sheet.known.deals, sheet.parts.revisions

    def build(cells: Sequence[Any]) -> QuoteRecord:
        key, deal, revision, sent, amount, currency, status, reason = cells
        sheet.claim_id(key)
        sheet.linked("deal", deal, known, key, "The quote")
        revision = _revision(sheet, key, deal, revision)
        lines = taken(sheet.parts.lines, key)
        stated = amount if amount is not None or not lines else sum((line[2] for line in lines), Decimal(0))
        rate = rate_of(sheet, currency, sent, key, stated)
        status = status or (QuoteStatus.SENT if sent else QuoteStatus.DRAFT)
        _tell(sheet, key, stated, sent is None and status is not QuoteStatus.DRAFT)
        offered = ((product, quantity, rate.minor(price)) for product, quantity, price, *_ in lines)
        revisions.setdefault(deal, {})[revision] = key
        return QuoteRecord(
            key, deal, revision, sheet.origin, sent, rate.minor(stated), status, reason,
            tuple(QuoteLine(product, quantity, price) for product, quantity, price in offered if price is not None),
            currency, rate.stated(stated), rate.conversion(stated),
        )  # fmt: skip

    return build


def _revision(sheet: Sheet, key: str, deal: str, told: int | None) -> int:
    """The revision's number, one more than the deal's last where none is told; refused if the deal has it."""
    there = sheet.parts.revisions.get(deal, {})
    if told is None:
        return max(there, default=0) + 1
    if told in there:
        sentence = (
            f"the deal {deal} has revision {told} already, in the quote {there[told]}; that one was kept."
        )
        raise Refused("repeated_revision", "revision", str(told), sentence)
    return told


def _tell(sheet: Sheet, key: str, amount: Decimal | None, undated: bool) -> None:
    if amount is None:
        sheet.tell(
            "quote_without_value", key, "amount", "", f"the quote {key} states no amount; it counts as 0."
        )
    if undated:
        sentence = f"no day says when the quote {key} was sent; it cannot be counted."
        sheet.tell("no_sent", key, "sent", "", sentence)
