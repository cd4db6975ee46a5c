"""Deals as the values `core` settles: loaded from the book, the same as they came from their source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from upswing.book.models import AmountChange, CloseChange, Deal
from upswing.book.models import StageMove as Move
from upswing.core.records import DealRecord, Origin, Outcome, StageMove

BLOCK = 2_000
Numbered = TypeVar("Numbered", AmountChange, CloseChange, Move)


def deal_records(ids: Iterable[int]) -> Iterator[tuple[int, DealRecord]]:
    """(internal id, record) of each deal; credit names people by their key."""
    deals = (
        Deal.objects.unscoped("facts are made of everybody's deals").filter(id__in=list(ids)).order_by("id")
    )
    loaded = deals.select_related("account", "product", "lead").prefetch_related(
        "credits__person", "moves", "amounts", "closes"
    )
    for deal in loaded.iterator(chunk_size=BLOCK):
        yield deal.id, _record(deal)


def _record(deal: Deal) -> DealRecord:
    return DealRecord(
        id=deal.external_id,
        origin=Origin(deal.file, deal.row),
        credit=tuple(sorted((credit.person.key, credit.weight) for credit in deal.credits.all())),
        stage=deal.stage,
        outcome=Outcome(deal.outcome),
        name=deal.name,
        account=deal.account.name if deal.account else "",
        product=deal.product.name if deal.product else "",
        created=deal.created,
        closed=deal.closed,
        observed=deal.observed,
        amount_minor=deal.amount_minor,
        expected_minor=deal.expected_minor,
        amounts=tuple((change.day, change.amount_minor) for change in _ordered(deal.amounts.all())),
        moves=tuple(
            StageMove(move.stage, move.day, Outcome(move.outcome), move.after)
            for move in _ordered(deal.moves.all())
        ),
        lead=deal.lead.external_id if deal.lead else "",
        source=deal.lead_source,
        expected_close=deal.expected_close,
        closes=tuple((change.day, change.expected_close) for change in _ordered(deal.closes.all())),
        currency=deal.currency,
        stated=deal.stated,
        pipeline=deal.pipeline,
        reason=deal.reason,
    )


def _ordered(rows: Iterable[Numbered]) -> list[Numbered]:
    return sorted(rows, key=lambda row: row.number)
