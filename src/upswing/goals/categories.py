"""What people say of single deals: counted on, possible, or left out of the forecast, each with its moment."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from upswing.book.models import Deal
from upswing.core.forecast.categories import Category
from upswing.people.guarded import GuardedQuerySet

REASON_LENGTH = 500


class DealCategory(models.Model):
    """What somebody said of a deal; the latest counts, none is changed or deleted. `by` is kept as a name.

    What is left out has a reason, which whose deal it is reads.
    """

    deal = models.ForeignKey(Deal, on_delete=models.CASCADE, related_name="categories")
    category = models.CharField(max_length=12, choices=[(each.value, each.value) for each in Category])
    reason = models.CharField(max_length=REASON_LENGTH, blank=True, default="")
    by = models.CharField(max_length=254)
    at = models.DateTimeField()

    objects = GuardedQuerySet.as_manager()
    person_path = "deal__credits__person"

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(category=Category.OMITTED.value) | ~Q(reason=""), name="left_out_has_a_reason"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["deal", "at"], name="categories_of_a_deal")]
