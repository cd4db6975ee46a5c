"""Rows of deals to records. What is unusual is said; only what cannot be used is refused."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from upswing.connectors.files.build import Build
from upswing.connectors.files.deal_history import amounts_of, closes_of, moves_of
from upswing.connectors.files.deal_notices import tell_about_days, tell_about_value, tell_no_account
from upswing.connectors.files.money import rate_of
from upswing.connectors.files.references import account_of, product_of
from upswing.connectors.files.refused import Refused
from upswing.connectors.files.sheet import Sheet
from upswing.core.records import DealRecord, History, Outcome
from upswing.core.worth import Sold, worth_of

TELLING = {
    "stage_moves": History.MOVES, "amount_changes": History.AMOUNTS, "close_changes": History.CLOSES,
}  # fmt: skip
"""The kinds of tables that tell a part of a deal's history."""


def deals(sheet: Sheet) -> Build:
    """One deal, with the parts that other files tell of it."""
    known = sheet.known
    told = frozenset(part for table, part in TELLING.items() if table in sheet.mapping.tables)

    def build(cells: Sequence[Any]) -> DealRecord:
        (
            key, (stage, outcome, _), rep, created, closed, product, account, amount, name, lead, source,
            expected_close, currency, _, pipeline, reason,
        ) = cells  # fmt: skip
        sheet.claim_id(key)
        closed = _closed(outcome, created, closed)
        sold = product_of(sheet, product, key, "The deal")
        buyer = account_of(sheet, account, key, "The deal") or tell_no_account(sheet, account, key, outcome)
        lead = sheet.linked("lead", lead, known.leads, key, "The deal")
        rate = rate_of(sheet, currency, closed if outcome is Outcome.WON else created, key, amount)
        minor, told_amounts = rate.minor(amount), amounts_of(sheet, key)
        terms = Sold(outcome, created, product.price, sheet.table.values_at_list_price)
        worth = worth_of(minor, rate.all_minor(told_amounts), terms)
        if amount is None or minor is not None:
            tell_about_value(sheet, key, outcome, minor, worth.expected)
        tell_about_days(sheet, key, outcome, created, closed)
        known.deals[key] = rep
        return DealRecord(
            id=key, origin=sheet.origin, credit=((rep, 1),), stage=stage, outcome=outcome, name=name,
            account=buyer, product=sold, created=created, closed=closed,
            observed=None if created else sheet.mapping.read_on,
            amount_minor=minor, expected_minor=worth.expected, amounts=worth.amounts,
            moves=moves_of(sheet, key, stage, outcome, created, closed), lead=lead,
            source=source or (known.leads[lead].source if lead else ""), expected_close=expected_close,
            closes=closes_of(sheet, key), currency=currency, stated=rate.stated(amount), told=told,
            pipeline=pipeline, reason=reason, conversion=rate.of_deal(amount, told_amounts, terms),
        )  # fmt: skip

    return build


def _closed(outcome: Outcome, created: date | None, closed: date | None) -> date | None:
    """The day of the decision; an open deal has none."""
    if outcome is Outcome.OPEN:
        return None
    if closed is None:
        raise Refused("no_closed", "closed", "", f"a deal that is {outcome} needs the day it was decided.")
    if created and closed < created:
        raise Refused(
            "closed_before_created", "closed", closed.isoformat(),
            f"it was decided on {closed}, before it was created on {created}. Correct one of the two days.",
        )  # fmt: skip
    return closed
