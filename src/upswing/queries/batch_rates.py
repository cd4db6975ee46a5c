"""The exchange rates that one import keeps, or that was entered by hand: what goes when it is taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from upswing.book.rates import ExchangeRate
from upswing.people.viewer import Viewer, operators_only

FEW = 12
"""Rates that are named."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What 1 of `currency` is worth in `into`, from a day on."""

    currency: str
    into: str
    day: date
    rate: Decimal


@dataclass(frozen=True, slots=True)
class BatchRates:
    """How many there are, and the first of them by currency, the latest day first."""

    count: int
    first: tuple[Kept, ...]


NONE = BatchRates(0, ())


def rates_of(viewer: Viewer, batch: UUID) -> BatchRates:
    """Those of a batch by its id; none where it was taken back."""
    operators_only(viewer)
    rows = ExchangeRate.objects.filter(batch__uid=batch).order_by("currency", "-day", "-pk")
    return BatchRates(
        rows.count(), tuple(Kept(row.currency, row.into, row.day, row.number) for row in rows[:FEW])
    )
