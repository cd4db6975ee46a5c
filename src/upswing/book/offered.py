"""Quotes made in the product: what their versions offer, price lists to make them of, and the paper they stand on."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from upswing.core.quoting import Choice, Reaction
from upswing.people.identity import uuid7

MADE_HERE = "made-in-upswing"
"""The key of the source of quotes that are made in the product."""
LONGEST_NAME, LONGEST_LINE, LONGEST_TEXT = 200, 1_000, 4_000


class Letterhead(models.Model):
    """What stands on every quote, and what a new one begins with. There is one; `tax` is in percent."""

    name = models.CharField(max_length=LONGEST_NAME, blank=True, default="")
    address = models.TextField(blank=True, default="")
    registration = models.CharField(max_length=LONGEST_NAME, blank=True, default="")
    email = models.CharField(max_length=254, blank=True, default="")
    phone = models.CharField(max_length=LONGEST_NAME, blank=True, default="")
    footer = models.TextField(blank=True, default="")
    prefix = models.CharField(max_length=12, blank=True, default="Q-")
    days = models.PositiveSmallIntegerField(default=30)
    tax = models.DecimalField(max_digits=7, decimal_places=4, default=0)
    tax_name = models.CharField(max_length=40, blank=True, default="VAT")
    terms = models.TextField(blank=True, default="")
    by = models.CharField(max_length=254, blank=True, default="")
    at = models.DateTimeField(null=True, blank=True)


class PriceList(models.Model):
    """Prices in one currency, from `starts` to `ends`, both included; nothing there: without an end."""

    uid = models.UUIDField(unique=True, default=uuid7, editable=False)
    name = models.CharField(max_length=LONGEST_NAME, unique=True)
    currency = models.CharField(max_length=3)
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)
    by = models.CharField(max_length=254)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(starts=None) | Q(ends=None) | Q(ends__gte=models.F("starts")),
                name="price_list_ends_after_it_starts",
            )
        ]


class Price(models.Model):
    """What one of a product costs, in minor units of its list's currency. Quotes copy it, so that it may change."""

    price_list = models.ForeignKey(PriceList, on_delete=models.CASCADE, related_name="prices")
    number = models.PositiveSmallIntegerField()
    product = models.CharField(max_length=LONGEST_NAME)
    description = models.CharField(max_length=LONGEST_LINE, blank=True, default="")
    unit_minor = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["price_list", "product"], name="one_price_a_product")
        ]


class Offer(models.Model):
    """What a quote made here says besides its total: one row a version, frozen once it is sent.

    `chain` numbers the quotes of an organisation, `version` counts within. One of `currency` is `rate` of the
    organisation's. `discount` and `tax` are in percent; `letterhead` is the paper it was sent on. `accepted_minor` is
    what was accepted, in the organisation's currency: the buyer may have taken other options.
    """

    quote = models.OneToOneField("book.Quote", on_delete=models.CASCADE, related_name="offer")
    chain = models.PositiveIntegerField()
    version = models.PositiveSmallIntegerField()
    currency = models.CharField(max_length=3)
    rate = models.DecimalField(max_digits=20, decimal_places=10, default=1)
    price_list = models.ForeignKey(
        PriceList, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    company = models.CharField(max_length=LONGEST_NAME, blank=True, default="")
    recipient = models.CharField(max_length=LONGEST_NAME, blank=True, default="")
    introduction = models.TextField(blank=True, default="")
    terms = models.TextField(blank=True, default="")
    discount = models.DecimalField(max_digits=7, decimal_places=4, default=0)
    tax = models.DecimalField(max_digits=7, decimal_places=4, default=0)
    tax_name = models.CharField(max_length=40, blank=True, default="")
    valid_until = models.DateField(null=True, blank=True)
    seen = models.DateField(null=True, blank=True)
    reaction = models.CharField(
        max_length=16, choices=[(r.value, r.value) for r in Reaction], blank=True, default=""
    )
    reaction_words = models.CharField(max_length=LONGEST_LINE, blank=True, default="")
    decided = models.DateField(null=True, blank=True)
    accepted_minor = models.BigIntegerField(null=True, blank=True)
    words = models.CharField(max_length=LONGEST_LINE, blank=True, default="")
    withdrawn = models.DateField(null=True, blank=True)
    letterhead = models.JSONField(null=True, blank=True)
    by = models.CharField(max_length=254)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["chain", "version"], name="one_version_a_quote")
        ]


class OfferLine(models.Model):
    """One line of a quote made here; prices in minor units of the quote's currency, `discount` in percent.

    `chosen` is an option as it was offered, `taken` as the buyer accepted it; None while nobody did.
    """

    quote = models.ForeignKey("book.Quote", on_delete=models.CASCADE, related_name="offered")
    number = models.PositiveSmallIntegerField()
    product = models.CharField(max_length=LONGEST_NAME, blank=True, default="")
    description = models.CharField(max_length=LONGEST_LINE, blank=True, default="")
    quantity = models.DecimalField(max_digits=24, decimal_places=4)
    unit_minor = models.BigIntegerField()
    discount = models.DecimalField(max_digits=7, decimal_places=4, default=0)
    choice = models.CharField(
        max_length=8, choices=[(c.value, c.value) for c in Choice], default=Choice.FIXED.value
    )
    group = models.CharField(max_length=LONGEST_NAME, blank=True, default="")
    chosen = models.BooleanField(default=True)
    taken = models.BooleanField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["quote", "number"], name="one_offered_line_a_number")
        ]


class QuoteDeed(models.Model):
    """What somebody did with a quote, and when; never changed."""

    quote = models.ForeignKey("book.Quote", on_delete=models.CASCADE, related_name="deeds")
    deed = models.CharField(max_length=16)
    words = models.CharField(max_length=LONGEST_LINE, blank=True, default="")
    by = models.CharField(max_length=254)
    at = models.DateTimeField()
