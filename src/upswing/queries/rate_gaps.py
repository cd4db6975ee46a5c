"""Amounts in other currencies that lack a rate, or stand at one that is gone, and what a rate by hand has done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Any
from uuid import UUID

from django.db.models import Count, Min, QuerySet

from upswing.book.rates import DealRate, ExchangeRate, RecordRate
from upswing.core.records import Came, Word
from upswing.people.viewer import Viewer, operators_only
from upswing.queries.rates import OWNERS, gone, ready

FEW = 5
"""Records that are named."""


class Why(Word):
    """What is amiss: no rate is known, the rate known makes too much of it, or the rate it stands at is gone."""

    NO_RATE = "no_rate"
    TOO_LARGE = "too_large"
    TAKEN_BACK = "taken_back"


@dataclass(frozen=True, slots=True)
class Gap:
    """Of what something is amiss in a currency, from its first day on; `named` are some of the deals."""

    currency: str
    first: date
    deals: int
    quotes: int
    invoices: int
    named: tuple[tuple[UUID, str], ...]
    why: Why = Why.NO_RATE


@dataclass(frozen=True, slots=True)
class Entered:
    """A rate that was entered by hand, and how many records it converted.

    `too_large` are the first ids of the `left` ones in its currency that would be worth too much at their rate.
    """

    currency: str
    day: date
    rate: Decimal
    converted: int
    left: int
    too_large: tuple[str, ...]


def gaps(viewer: Viewer) -> tuple[Gap, ...]:
    """What waits for a rate, cannot take the one there is, or stands at one that is gone; by currency."""
    operators_only(viewer)
    counts: dict[tuple[str, Why], dict[str, int]] = {}
    firsts: dict[tuple[str, Why], date] = {}
    for model, owner in OWNERS.items():
        for why in Why:
            by_currency = _rows(model, why).order_by().values_list(f"{owner}__currency")
            for currency, count, first in by_currency.annotate(rows=Count("pk"), first=Min("on")):
                counts.setdefault((currency, why), {})[owner] = count
                firsts[currency, why] = min(first, firsts.get((currency, why), first))
    order = list(Why)
    keys = sorted(counts, key=lambda key: (order.index(key[1]), key[0]))
    return tuple(_gap(*key, firsts[key], counts[key]) for key in keys)


def _rows(model: type[RecordRate], why: Why) -> QuerySet[Any]:
    if why is Why.TAKEN_BACK:
        return gone(model)
    return ready(model, known=why is Why.TOO_LARGE)


def _gap(currency: str, why: Why, first: date, counts: Mapping[str, int]) -> Gap:
    rows = _rows(DealRate, why).filter(deal__currency=currency).order_by("on", "pk")
    columns = ("deal__uid", "deal__name", "deal__external_id")
    named = tuple((uid, name or key) for uid, name, key in rows.values_list(*columns)[:FEW])
    deals, quotes, invoices = (counts.get(owner, 0) for owner in OWNERS.values())
    return Gap(currency, first, deals, quotes, invoices, named, why)


def entered(viewer: Viewer, batch: UUID) -> Entered | None:
    """What the rate of this batch did; None where it was taken back, or was no rate entered by hand."""
    operators_only(viewer)
    row = ExchangeRate.objects.filter(batch__uid=batch, came=Came.HAND.value).select_related("batch").first()
    if row is None:
        return None
    left = [
        key
        for model, owner in OWNERS.items()
        for key in ready(model).filter(**{f"{owner}__currency": row.currency})
        .order_by("pk").values_list(f"{owner}__external_id", flat=True)
    ]  # fmt: skip
    return Entered(row.currency, row.day, row.number, row.batch.updated, len(left), tuple(islice(left, FEW)))
