"""Exchange rates that are kept, what was converted at them, and what waits for one."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from upswing.book.models import Deal
from upswing.book.rates import DealRate, ExchangeRate, InvoiceRate, QuoteRate, RecordRate
from upswing.connectors.rates import Converted, Rates, Standing
from upswing.core.period import Period
from upswing.core.records import Came, Outcome
from upswing.people.viewer import Viewer, operators_only
from upswing.queries.organisation import organisation

OWNERS: dict[type[RecordRate], str] = {DealRate: "deal", QuoteRate: "quote", InvoiceRate: "invoice"}
"""What each is the conversion of."""
PAGE = 100
"""Rates a page."""


@dataclass(frozen=True, slots=True)
class RateShown:
    """A rate with where it came from and who entered it; `counts` unless a later one is of the same day."""

    currency: str
    day: date
    rate: Decimal
    came: Came
    source: str
    by: str
    at: datetime
    batch: UUID
    counts: bool


@dataclass(frozen=True, slots=True)
class Stated:
    """What a source stated of a deal in another currency, and the rate of its day; None where it waits for one."""

    amount: Decimal
    currency: str
    on: date
    rate: Decimal | None
    since: date | None
    came: Came | None


def kept_rates(source: str = "", codes: Collection[str] | None = None) -> Rates:
    """All rates into the organisation's currency, those of these currencies where some are named.

    `source` is the one that is about to be read: what it told before, in an import that ended, is nothing new.
    """
    found = Rates()
    rows = ExchangeRate.objects.filter(into=organisation().currency).order_by("pk")
    chosen = rows if codes is None else rows.filter(currency__in=codes)
    columns = ("currency", "day", "rate", "came", "batch__source__key", "batch__finished")
    for currency, day, rate, came, told_by, finished in chosen.values_list(*columns):
        found.add(currency, day, Decimal(rate), Came(came))
        if told_by == source and finished:
            found.earlier[currency, day] = Decimal(rate)
    return found


def converted(source: str, texts: Collection[str] | None = None) -> dict[tuple[str, str], Converted]:
    """By kind and id: how the amounts of this source were converted, at rates that were not taken back since.

    With `texts`, of records so called alone.
    """
    found = {}
    for model, owner in OWNERS.items():
        rows = _converted(model).filter(kept=True, **{f"{owner}__source__key": source})
        if texts is not None:
            rows = rows.filter(**{f"{owner}__external_id__in": texts})
        columns = (f"{owner}__external_id", f"{owner}__currency", "on", "rate", "since", "came")
        for key, currency, on, rate, since, came in rows.values_list(*columns):
            found[f"{owner}s", key] = Converted(currency, on, Standing(Decimal(rate), since, Came(came)))
    return found


def rates(viewer: Viewer, currency: str = "", page: int = 1) -> tuple[RateShown, ...]:
    """Those kept, of one currency where one is named, the latest day first; a page of them."""
    operators_only(viewer)
    later = _all().filter(currency=OuterRef("currency"), day=OuterRef("day"), pk__gt=OuterRef("pk"))
    rows = _all().filter(currency=currency) if currency else _all()
    found = (
        rows.annotate(over=Exists(later)).select_related("batch__source").order_by("currency", "-day", "-pk")
    )
    return tuple(
        RateShown(
            row.currency, row.day, row.number, Came(row.came), row.batch.source.name, row.by, row.batch.started,
            row.batch.uid, not row.over,
        )
        for row in found[(page - 1) * PAGE : page * PAGE]
    )  # fmt: skip


def currencies(viewer: Viewer) -> dict[str, int]:
    """Those that have rates, each with how many."""
    operators_only(viewer)
    return dict(_all().order_by("currency").values_list("currency").annotate(rows=Count("pk")))


def _all() -> QuerySet[ExchangeRate]:
    return ExchangeRate.objects.filter(into=organisation().currency)


def waiting(model: type[RecordRate]) -> QuerySet[RecordRate]:
    """The rows of a kind that have no rate yet."""
    return model._default_manager.filter(rate="")


def ready(model: type[RecordRate], known: bool = True) -> QuerySet[Any]:
    """Those of them for which a rate is known by now, or none; `told_by` is the internal id of the batch with it."""
    rows = _all().filter(currency=OuterRef(f"{OWNERS[model]}__currency"), day__lte=OuterRef("on"))
    told_by = Subquery(rows.order_by("-day", "-pk").values("batch")[:1])
    return waiting(model).annotate(told_by=told_by).filter(told_by__isnull=not known)


def gone(model: type[RecordRate]) -> QuerySet[RecordRate]:
    """The rows of a kind that were converted at a rate which was taken back since; a quote's own rate stays."""
    return _converted(model).filter(kept=False)


def _converted(model: type[RecordRate]) -> QuerySet[Any]:
    """The rows of a kind that have a rate; `kept` says whether that is still known."""
    told = {"day": OuterRef("since"), "rate": OuterRef("rate"), "came": OuterRef("came")}
    known = Exists(_all().filter(currency=OuterRef(f"{OWNERS[model]}__currency"), **told))
    return model._default_manager.exclude(rate="").annotate(kept=known | Q(came=Came.QUOTE.value))


def stated_of(deal: Deal) -> Stated | None:
    """What was stated of a deal that the viewer may see; None where it was the organisation's own currency."""
    row = DealRate.objects.filter(deal=deal).first()
    if row is None or deal.stated is None:
        return None
    rate, came = Decimal(row.rate) if row.rate else None, Came(row.came) if row.came else None
    return Stated(deal.stated, deal.currency, row.on, rate, row.since, came)


def deals_waiting() -> frozenset[int]:
    """The deals, decided or not, that have no amount because they wait for a rate, by internal id."""
    return frozenset(DealRate.objects.filter(rate="").values_list("deal", flat=True))


def won_waiting(people: Collection[int], period: Period, at: date) -> int:
    """How many deals that these people won in a period by the close of a day have no amount yet for want of a rate."""
    rows = DealRate.objects.filter(
        rate="", deal__outcome=Outcome.WON.value, deal__closed__gte=period.start, deal__closed__lt=period.end,
        deal__closed__lte=at, deal__credits__person__in=people,
    )  # fmt: skip
    return rows.values("deal").distinct().count()
