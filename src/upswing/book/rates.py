"""Exchange rates that are kept, and how each amount in another currency was converted, or what it waits with."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.db.models import Q

from upswing.book.offered import MADE_HERE
from upswing.core.records import Came
from upswing.intake.models import Batch

RATES_HERE = "rates-entered-in-upswing"
"""The key of the source of rates that are entered by hand."""
ALL_HERE = (MADE_HERE, RATES_HERE)
"""The sources of what is made in the product, and is no import."""
RATE_LENGTH = 40


class ExchangeRate(models.Model):
    """What 1 of `currency` is worth in `into`, from a day on; never changed.

    Of those of one currency and day the last one counts. `rate` is a decimal number, exactly as it was told. Its batch
    takes it away again when that is taken back.
    """

    currency = models.CharField(max_length=3)
    into = models.CharField(max_length=3)
    day = models.DateField()
    rate = models.CharField(max_length=RATE_LENGTH)
    came = models.CharField(max_length=8, choices=[(came.value, came.value) for came in Came])
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="rates")
    by = models.CharField(max_length=254, blank=True, default="")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["into", "currency", "day"], name="rates_of_a_currency")]

    @property
    def number(self) -> Decimal:
        """The rate to reckon with."""
        return Decimal(self.rate)


class RecordRate(models.Model):
    """An amount in another currency is converted for the day `on`, at `rate` of `since`; empty while it waits."""

    on = models.DateField()
    rate = models.CharField(max_length=RATE_LENGTH, blank=True, default="")
    since = models.DateField(null=True, blank=True)
    came = models.CharField(
        max_length=8, choices=[(came.value, came.value) for came in Came], blank=True, default=""
    )

    class Meta:
        abstract = True
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=(Q(rate="") & Q(since=None)) | (~Q(rate="") & Q(since__isnull=False)),
                name="%(class)s_has_a_day",
            )
        ]


class DealRate(RecordRate):
    """How a deal's amount was converted.

    `amounts` are the open amounts that its source tells, as [day, amount] in its currency; `price` is the list price of
    its product in minor units, and `listed` says that open deals are worth that.
    """

    deal = models.OneToOneField("book.Deal", on_delete=models.CASCADE, related_name="conversion")
    amounts = models.JSONField(default=list)
    price = models.BigIntegerField(null=True, blank=True)
    listed = models.BooleanField(default=False)

    class Meta(RecordRate.Meta):
        indexes: ClassVar = [
            models.Index(fields=["on"], name="deals_that_wait_for_a_rate", condition=Q(rate=""))
        ]


class QuoteRate(RecordRate):
    """How a quote's amount was converted."""

    quote = models.OneToOneField("book.Quote", on_delete=models.CASCADE, related_name="conversion")


class InvoiceRate(RecordRate):
    """How an invoice's amounts were converted; `tax` is what its source states of it, in its currency."""

    invoice = models.OneToOneField("book.Invoice", on_delete=models.CASCADE, related_name="conversion")
    tax = models.CharField(max_length=RATE_LENGTH, blank=True, default="")
