"""Convert what waited for a rate, once one is known; what was converted before stays."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F

from upswing.actions.bulk import pieces
from upswing.actions.desk import people_ids
from upswing.actions.expecting import remember_expected
from upswing.actions.journal import keep
from upswing.actions.quoted import change
from upswing.actions.shelf import digest_at
from upswing.actions.touching import touching
from upswing.book.models import AmountChange, Deal, Invoice, Quote
from upswing.book.rates import DealRate, ExchangeRate, InvoiceRate, QuoteRate, RecordRate
from upswing.connectors.files.money import Rate
from upswing.connectors.files.refused import Refused
from upswing.connectors.rates import Standing
from upswing.core.money import digits
from upswing.core.records import Outcome
from upswing.core.worth import Sold, worth_of
from upswing.intake.models import Batch
from upswing.queries.habits import forget_habits
from upswing.queries.organisation import organisation
from upswing.queries.outlooks import forget_outlooks
from upswing.queries.rates import OWNERS, kept_rates, ready, waiting

CHUNK = 300
RECORDS: dict[type[RecordRate], type[Deal | Quote | Invoice]] = {
    DealRate: Deal, QuoteRate: Quote, InvoiceRate: Invoice,
}  # fmt: skip


def convert_waiting(only: Batch | None = None) -> int:
    """Convert what has waited for a rate and has one by now; how many records. With a batch, at its rates alone.

    Each belongs to the batch that told its rate, and waits again when that is taken back. What would be worth too much
    goes on waiting.
    """
    people, done = people_ids(), 0
    for model in OWNERS:
        for batch, found in _ready(model, only):
            for piece in pieces(list(found), CHUNK):
                with transaction.atomic(), touching(RECORDS[model], piece, people):
                    done += _convert(batch, model, {record: found[record] for record in piece})
    if done:
        forget_habits()
        forget_outlooks()
    return done


def _ready(model: type[RecordRate], only: Batch | None) -> list[tuple[Batch, dict[int, Standing]]]:
    """The records (by internal id) that can be converted, by the batch that told the rate."""
    owner, found = OWNERS[model], dict[int, dict[int, Standing]]()
    rows = ready(model).filter(told_by=only.pk) if only else ready(model)
    waits = list(rows.order_by("pk").values_list("told_by", owner, f"{owner}__currency", "on"))
    rates = kept_rates(codes={currency for _, _, currency, _ in waits})
    for told_by, record, currency, on in waits:
        if standing := rates.standing(currency, on):
            found.setdefault(told_by, {})[record] = standing
    batches = Batch.objects.in_bulk(found)
    return [(batches[told_by], records) for told_by, records in sorted(found.items())]


def _convert(batch: Batch, model: type[RecordRate], found: Mapping[int, Standing]) -> int:
    """Of these records (by internal id) those that wait still."""
    able = list(_able(model, found))
    keep(batch, RECORDS[model], [record.pk for _, record, _ in able])
    for row, record, becomes in able:
        standing = found[record.pk]
        if isinstance(record, Deal):
            remember_expected(record)
        change(record, **becomes.fields, batch=batch)
        change(row, rate=f"{standing.rate:f}", since=standing.since, came=standing.came.value)
        AmountChange.objects.bulk_create(
            AmountChange(deal=record, number=number, day=day, amount_minor=minor)
            for number, (day, minor) in enumerate(becomes.amounts)
        )
    _count(batch, len(able))
    return len(able)


def _count(batch: Batch, many: int) -> None:
    """What a batch converts once it is over counts in it; before, whoever runs it counts."""
    Batch.objects.filter(pk=batch.pk, finished__isnull=False).update(
        updated=F("updated") + many, done=F("done") + many, expected=F("expected") + many
    )


@dataclass(frozen=True, slots=True)
class Becomes:
    """What a record becomes, field by field; and later open amounts, of which a deal that waits has none."""

    fields: Mapping[str, Any]
    amounts: tuple[tuple[date, int], ...] = ()


def _able(model: type[RecordRate], found: Mapping[int, Standing]) -> Iterator[tuple[Any, Any, Becomes]]:
    """Each row that waits with its record, and what that becomes; not what would be worth too much."""
    owner, places = OWNERS[model], digits(organisation().currency)
    for row in waiting(model).filter(**{f"{owner}__in": found}).select_related(owner):
        record = getattr(row, owner)
        rate = Rate(record.currency, found[record.pk].rate, places)
        with suppress(Refused):
            yield row, record, BECOMES[model](row, record, rate)


def _deal(row: DealRate, deal: Deal, rate: Rate) -> Becomes:
    """As if the rate had been known when it was read; what was observed of its amount since stays."""
    told = [(date.fromisoformat(day), Decimal(amount)) for day, amount in row.amounts]
    minor, sold = rate.minor(deal.stated), Sold(Outcome(deal.outcome), deal.created, row.price, row.listed)
    worth = worth_of(minor, rate.all_minor(told), sold)
    fields = {"amount_minor": minor, "digest": digest_at(deal.digest, rate.rate or Decimal(0))}
    if AmountChange.objects.filter(deal=deal).exists():
        return Becomes(fields)
    return Becomes({**fields, "expected_minor": worth.expected}, worth.amounts)


def _quote(row: QuoteRate, quote: Quote, rate: Rate) -> Becomes:
    return Becomes({"amount_minor": rate.minor(quote.stated)})


def _invoice(row: InvoiceRate, invoice: Invoice, rate: Rate) -> Becomes:
    tax = rate.minor(Decimal(row.tax)) if row.tax else None
    digest = digest_at(invoice.digest, rate.rate or Decimal(0))
    return Becomes({"net_minor": rate.minor(invoice.stated), "tax_minor": tax, "digest": digest})


BECOMES: dict[type[RecordRate], Callable[[Any, Any, Rate], Becomes]] = {
    DealRate: _deal, QuoteRate: _quote, InvoiceRate: _invoice,
}  # fmt: skip


def take_rates_back(batch: Batch) -> int:
    """The rates of a batch are gone, so many; what waits again takes an older one where there is one.

    Call in a transaction.
    """
    gone, _ = ExchangeRate.objects.filter(batch=batch).delete()
    convert_waiting()
    return gone
