"""Quotes, made here or brought in."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from upswing.api.schemas.values import MoneyOut, PageOut, Strict


class QuoteOut(Strict):
    """One version of a quote; `here` says that it was made here, and has a page."""

    id: UUID
    number: str
    here: bool
    deal_id: UUID | None
    deal: str
    account: str
    reps: list[str]
    standing: str
    sent: date | None
    valid_until: date | None
    amount: MoneyOut | None
    reason: str
    reaction: str


class PileOut(Strict):
    """How many quotes lie in a pile, and what they are worth together."""

    pile: str
    count: int
    value: MoneyOut


class QuotesOut(PageOut):
    """A page of `found` quotes. The tiles add up to `total`; versions that were replaced, `replaced`, are in none."""

    tiles: list[PileOut]
    replaced: int
    total: int
    found: int
    quotes: list[QuoteOut]
