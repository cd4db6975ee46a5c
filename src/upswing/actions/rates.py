"""Enter an exchange rate by hand: what waited for it is converted, and nothing that was converted before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from babel.numbers import list_currencies
from django.db import transaction

from upswing.actions.converting import convert_waiting
from upswing.actions.crediting import ATTRIBUTION
from upswing.actions.desk import people_ids
from upswing.actions.permission import Incomplete
from upswing.actions.written import signed_by
from upswing.book.rates import RATES_HERE, ExchangeRate
from upswing.connectors.files.values import FIRST
from upswing.core.records import Came
from upswing.core.wording import worded
from upswing.intake.models import Batch, Source
from upswing.ledger.counting import lock
from upswing.people.viewer import Viewer, operators_only
from upswing.queries.organisation import organisation

SOURCE_NAME = "exchange rates entered in Upswing"
LARGEST_RATE, FINEST = Decimal(10**9), 12
"""A rate is below the one, and has at most so many digits after the point."""


@dataclass(frozen=True, slots=True)
class Written:
    """A rate as somebody entered it: what 1 of the currency is worth in the organisation's, from a day on."""

    currency: str
    day: date
    rate: Decimal


@transaction.atomic
def enter_rate(viewer: Viewer, written: Written, now: datetime) -> UUID:
    """Keep a rate, and convert what waited for it; the batch, which says how many records that were.

    Raises NotVisible, and Incomplete with everything to mend. What was converted before stays as it was, and what would
    be worth too much goes on waiting.
    """
    operators_only(viewer)
    if sentences := tuple(_wrong(viewer, written)):
        raise Incomplete(sentences)
    row = ExchangeRate(
        currency=written.currency, into=organisation().currency, day=written.day, rate=f"{written.rate:f}",
        came=Came.HAND.value, by=signed_by(viewer), batch=_batch(viewer, written, now),
    )  # fmt: skip
    row.save()
    lock({ATTRIBUTION, *people_ids().values()})  # all at once, for whoever waits may be anybody's
    done = convert_waiting(row.batch)
    Batch.objects.filter(pk=row.batch_id).update(created=1, updated=done, done=done + 1, expected=done + 1)
    return row.batch.uid


def _wrong(viewer: Viewer, written: Written) -> Iterator[str]:
    own, code = organisation().currency, written.currency
    if code not in list_currencies():
        other = "USD" if own != "USD" else "EUR"
        yield worded(
            "“{text}” is no currency. Write its three letters, such as {other}.", text=code[:10], other=other
        )
    elif code == own:
        yield worded(
            "{currency} is the organisation’s own currency and needs no rate. Write the other one.",
            currency=code,
        )
    if not FIRST <= written.day <= viewer.at:
        yield worded(
            "A rate is of a day from {first} until today, and not of {day}.", first=FIRST, day=written.day
        )
    yield from _wrong_rate(written.rate)
    last = ExchangeRate.objects.filter(into=own, currency=code, day=written.day).order_by("pk").last()
    if last is not None and last.number == written.rate:
        yield worded(
            "This rate of {currency} of {day} stands already; there is nothing to do.",
            currency=code,
            day=written.day,
        )


def _wrong_rate(rate: Decimal) -> Iterator[str]:
    exponent = rate.normalize().as_tuple().exponent
    if not 0 < rate < LARGEST_RATE:
        yield worded(
            "A rate lies above 0 and below {most}. Write what 1 of the currency is worth.",
            most=int(LARGEST_RATE),
        )
    elif isinstance(exponent, int) and -exponent > FINEST:
        yield worded("A rate has at most {count} digits after the point.", count=FINEST)


def _batch(viewer: Viewer, written: Written, now: datetime) -> Batch:
    """What the rate can be taken back by, with all that it converts."""
    source, _ = Source.objects.get_or_create(key=RATES_HERE, defaults={"name": SOURCE_NAME})
    said = f"{written.currency} {written.day}, {signed_by(viewer)}"[:200]
    return Batch.objects.create(source=source, mapping=said, started=now, finished=now, alive=now)
