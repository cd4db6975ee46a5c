"""Figures of an industry, as somebody entered them: each with where it was published, when, and over how many cases."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from upswing.people.identity import uuid7

LONGEST_SOURCE, LONGEST_DEFINITION, LONGEST_SEGMENT = 300, 500, 200


class IndustryFigure(models.Model):
    """An outside figure of a metric, until it is `withdrawn`; never changed, never deleted.

    `value` is exact, as text: money in minor units of `currency`, else in the metric's own unit ("" for no currency).
    `by` and `withdrawer` are kept as names.
    """

    uid = models.UUIDField(unique=True, default=uuid7, editable=False)
    metric = models.CharField(max_length=64)
    value = models.CharField(max_length=64)
    currency = models.CharField(max_length=3, blank=True, default="")
    source = models.CharField(max_length=LONGEST_SOURCE)
    published = models.DateField()
    n = models.PositiveIntegerField()
    definition = models.CharField(max_length=LONGEST_DEFINITION)
    segment = models.CharField(max_length=LONGEST_SEGMENT, blank=True, default="")
    by = models.CharField(max_length=254)
    at = models.DateTimeField()
    withdrawn = models.DateTimeField(null=True, blank=True)
    withdrawer = models.CharField(max_length=254, blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(n__gt=0), name="industry_figure_stands_on_cases"),
            models.CheckConstraint(
                condition=~Q(source="") & ~Q(definition=""), name="industry_figure_has_a_source"
            ),
        ]
