"""A deal is won by the quote its buyer accepted; how it stood before is kept, so that it can stand so again."""

from __future__ import annotations

from collections import Counter
from datetime import date

from django.core import serializers
from django.db.models import Max

from upswing.actions.desk import everybodys
from upswing.actions.expecting import remember_expected
from upswing.actions.journal import keep
from upswing.book.models import Deal, Quote, StageMove
from upswing.book.rates import DealRate
from upswing.core.money import Money
from upswing.core.records import Came, Outcome
from upswing.intake.models import Earlier

RECENT = 500
"""Won deals that are asked what a won deal's stage is called."""
TOUCHED = ("stage", "outcome", "closed", "amount_minor", "currency", "stated", "batch_id")


def win(quote: Quote, net: int, day: date) -> bool:
    """Close the quote's deal as won for `net`, unless it is decided already; whether it was this that won it."""
    deal = quote.deal
    if deal is None or deal.outcome != Outcome.OPEN:
        return False
    keep(quote.batch, Deal, [deal.pk])
    remember_expected(deal)
    stage, closed = won_stage(), max(day, deal.created or day)
    deal.stage, deal.outcome, deal.closed = stage, Outcome.WON.value, closed
    deal.amount_minor, deal.currency, deal.stated = quote.offer.accepted_minor, quote.currency, None
    if quote.currency:
        deal.stated = Money(net, quote.currency).decimal
    deal.batch = quote.batch
    deal.save(update_fields=list(TOUCHED))
    _convert(deal, quote, day)
    last = StageMove.objects.filter(deal=deal).aggregate(last=Max("number"))["last"]
    number = 0 if last is None else last + 1
    StageMove.objects.create(deal=deal, number=number, stage=stage, day=closed, outcome=Outcome.WON.value)
    return True


def _convert(deal: Deal, quote: Quote, day: date) -> None:
    """The deal's amount is the quote's, at the quote's own rate."""
    DealRate.objects.filter(deal=deal).delete()
    if quote.currency:
        rate, on = f"{quote.offer.rate.normalize():f}", quote.sent or day
        DealRate.objects.create(deal=deal, on=on, rate=rate, since=on, came=Came.QUOTE.value)


def won_stage() -> str:
    """What the organisation calls the stage of deals it has won, by its last ones."""
    won = everybodys(Deal).filter(outcome=Outcome.WON.value).order_by("-closed", "-pk")
    called = Counter(won.values_list("stage", flat=True)[:RECENT])
    return max(called, key=lambda stage: (called[stage], stage), default="Won")


def unwin(quote: Quote) -> None:
    """Let the deal stand as before this quote won it; where another source has told of it since, that stays."""
    deal = quote.deal
    if deal is None or deal.batch_id != quote.batch_id:
        return
    kept = Earlier.objects.filter(batch=quote.batch_id, model=Deal.__name__, record=deal.pk).first()
    if kept is None or not kept.was:
        return
    rows = [found.object for found in serializers.deserialize("json", kept.was)]
    was = next(row for row in rows if isinstance(row, Deal))
    for name in TOUCHED:
        setattr(deal, name, getattr(was, name))
    deal.save(update_fields=list(TOUCHED))
    StageMove.objects.filter(deal=deal).delete()
    StageMove.objects.bulk_create(row for row in rows if isinstance(row, StageMove))
    DealRate.objects.filter(deal=deal).delete()
    DealRate.objects.bulk_create(row for row in rows if isinstance(row, DealRate))
    kept.delete()
