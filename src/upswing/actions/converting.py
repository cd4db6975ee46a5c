"""Rates that imports tell are kept; what waited for one is converted, and what was converted before stays."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Any

from django.db import transaction

from upswing.actions.bulk import insert, pieces
from upswing.actions.desk import people_ids
from upswing.actions.expecting import remember_expected
from upswing.actions.journal import keep
from upswing.actions.quoted import change
from upswing.actions.shelf import digest_at
from upswing.actions.touching import touching
from upswing.book.models import AmountChange, Deal, Invoice, Quote
from upswing.book.rates import Conversion, DealRate, ExchangeRate, InvoiceRate, QuoteRate
from upswing.connectors.files.money import Rate
from upswing.connectors.files.refused import Refused
from upswing.connectors.rates import Rates, Standing
from upswing.core.money import digits
from upswing.core.records import Came, Outcome
from upswing.core.worth import Sold, worth_of
from upswing.intake.models import Batch
from upswing.ledger.counting import NOBODY, lock
from upswing.queries.habits import forget_habits
from upswing.queries.organisation import organisation
from upswing.queries.outlooks import forget_outlooks
from upswing.queries.rates import OWNERS, kept_rates, waiting

CHUNK = 300
COLUMNS = ("currency", "into", "day", "rate", "came", "batch", "by")
Refusing = Callable[[Any], None]
"""Is told of a record whose amount would be too large."""
RECORDS: dict[type[Conversion], type[Deal | Quote | Invoice]] = {
    DealRate: Deal, QuoteRate: Quote, InvoiceRate: Invoice,
}  # fmt: skip


@dataclass(slots=True)
class Keeping:
    """The rates that one import tells, kept as they come."""

    batch: Batch
    rates: Rates
    done: int = 0

    @transaction.atomic
    def keep(self) -> None:
        """Keep those told since the last time; what another import of this source keeps already stands once."""
        fresh = dict(islice(self.rates.told.items(), self.done, None))
        if not fresh:
            return
        lock([NOBODY])
        into, last = organisation().currency, self._last()
        rows = [
            (currency, into, day, f"{rate:f}", Came.FILE.value, self.batch.pk, "")
            for (currency, day), rate in fresh.items()
            if (currency, day) not in last or last[currency, day].number != rate
        ]
        insert(ExchangeRate, COLUMNS, rows)
        cut_off = [
            row.pk
            for key, row in last.items()
            if key in fresh and row.number == fresh[key] and not row.batch.finished
        ]
        ExchangeRate.objects.filter(pk__in=cut_off).update(batch=self.batch)
        self.done += len(fresh)

    def _last(self) -> dict[tuple[str, date], ExchangeRate]:
        """What this source told last of each currency and day."""
        told = ExchangeRate.objects.filter(into=organisation().currency, batch__source=self.batch.source_id)
        return {(row.currency, row.day): row for row in told.select_related("batch").order_by("pk")}

    def close(self) -> None:
        """Convert what earlier imports brought and what waited for one of these rates."""
        self.keep()
        if self.done:
            convert_waiting(self.batch, {currency for currency, _ in self.rates.told})


def convert_waiting(batch: Batch, currencies: set[str], refused: Refusing = lambda row: None) -> int:
    """Convert what has waited for a rate of these currencies, and now has one; how many records.

    The batch can be taken back, and they wait again. `refused` is told of each that would be too large; it stays.
    """
    rates, people, done = kept_rates(codes=currencies), people_ids(), 0
    for model, owner in OWNERS.items():
        rows = waiting(model).filter(**{f"{owner}__currency__in": currencies}).order_by("pk")
        found = {
            record: standing
            for record, currency, on in rows.values_list(owner, f"{owner}__currency", "on")
            if (standing := rates.standing(currency, on))
        }
        for piece in pieces(list(found), CHUNK):
            with transaction.atomic(), touching(RECORDS[model], piece, people):
                done += _convert(batch, model, {record: found[record] for record in piece}, refused)
    if done:
        forget_habits()
        forget_outlooks()
    return done


def _convert(batch: Batch, model: type[Conversion], found: Mapping[int, Standing], refused: Refusing) -> int:
    """Of these records (by internal id) those that wait still."""
    able = list(_able(model, found, refused))
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
    return len(able)


@dataclass(frozen=True, slots=True)
class Becomes:
    """What a record becomes, field by field; and later open amounts, of which a deal that waits has none."""

    fields: Mapping[str, Any]
    amounts: tuple[tuple[date, int], ...] = ()


def _able(
    model: type[Conversion], found: Mapping[int, Standing], refused: Refusing
) -> Iterator[tuple[Any, Any, Becomes]]:
    """Each row that waits with its record, and what that becomes."""
    owner, places = OWNERS[model], digits(organisation().currency)
    for row in waiting(model).filter(**{f"{owner}__in": found}).select_related(owner):
        record = getattr(row, owner)
        try:
            yield (
                row,
                record,
                BECOMES[model](row, record, Rate(record.currency, found[record.pk].rate, places)),
            )
        except Refused:
            refused(record)


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


BECOMES: dict[type[Conversion], Callable[[Any, Any, Rate], Becomes]] = {
    DealRate: _deal, QuoteRate: _quote, InvoiceRate: _invoice,
}  # fmt: skip


def take_rates_back(batch: Batch) -> None:
    """The rates of a batch are gone; what waits again takes an older one where there is one. Call in a transaction."""
    mine = ExchangeRate.objects.filter(batch=batch)
    currencies = set(mine.values_list("currency", flat=True))
    mine.delete()
    for currency in sorted(currencies):
        rest = ExchangeRate.objects.filter(into=organisation().currency, currency=currency)
        if last := rest.order_by("pk").select_related("batch").last():
            convert_waiting(last.batch, {currency})
