"""The typed records, each knowing where it came from."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from upswing.core.records import Outcome
from upswing.intake.models import Provenance
from upswing.people.guarded import GuardedQuerySet
from upswing.people.identity import uuid7
from upswing.people.models import Person


class Account(Provenance):
    """A company that buys."""

    uid = models.UUIDField(unique=True, default=uuid7, editable=False)
    name = models.CharField(max_length=200)
    industry = models.CharField(max_length=200, blank=True, default="")
    country = models.CharField(max_length=200, blank=True, default="")


class Product(Provenance):
    """What is sold. The list price is in minor units of the organisation's currency."""

    name = models.CharField(max_length=200)
    family = models.CharField(max_length=200, blank=True, default="")
    list_price_minor = models.BigIntegerField(null=True, blank=True)


class Deal(Provenance):
    """A chance to sell; who is credited stands in its credits, how it moved in its moves."""

    uid = models.UUIDField(unique=True, default=uuid7, editable=False)
    name = models.CharField(max_length=200, blank=True, default="")
    account = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.PROTECT, related_name="deals"
    )
    product = models.ForeignKey(
        Product, null=True, blank=True, on_delete=models.PROTECT, related_name="deals"
    )
    stage = models.CharField(max_length=100)
    outcome = models.CharField(max_length=8, choices=[(o.value, o.value) for o in Outcome])
    created = models.DateField(null=True, blank=True)
    closed = models.DateField(null=True, blank=True)
    observed = models.DateField(null=True, blank=True)
    amount_minor = models.BigIntegerField(null=True, blank=True)
    expected_minor = models.BigIntegerField(null=True, blank=True)

    objects = GuardedQuerySet.as_manager()
    person_path = "credits__person"

    class Meta(Provenance.Meta):
        constraints: ClassVar = [
            *Provenance.Meta.constraints,
            models.CheckConstraint(
                condition=Q(created=None) | Q(closed=None) | Q(closed__gte=models.F("created")),
                name="deal_closes_after_it_was_created",
            ),
        ]


class Credit(models.Model):
    """A person's weight in the credit of a deal."""

    deal = models.ForeignKey(Deal, on_delete=models.CASCADE, related_name="credits")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="credits")
    weight = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["deal", "person"], name="one_credit_a_person")
        ]


class StageMove(models.Model):
    """A deal entered a stage on a day."""

    deal = models.ForeignKey(Deal, on_delete=models.CASCADE, related_name="moves")
    number = models.PositiveSmallIntegerField()
    stage = models.CharField(max_length=100)
    day = models.DateField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["deal", "number"], name="one_move_a_number")]


class AmountChange(models.Model):
    """The open amount of a deal changed to `amount_minor` on a day."""

    deal = models.ForeignKey(Deal, on_delete=models.CASCADE, related_name="amounts")
    number = models.PositiveSmallIntegerField()
    day = models.DateField()
    amount_minor = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["deal", "number"], name="one_amount_a_number")
        ]
