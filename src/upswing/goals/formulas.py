"""Metrics that the organisation writes itself, and their versions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from upswing.core.expressions import Wording
from upswing.core.expressions.formula import LONGEST_KEY
from upswing.core.metrics.metric import Better, Kind, Timing


class Formula(models.Model):
    """A metric of the organisation's own, whatever its versions say; once `archived` it is offered no more."""

    key = models.CharField(max_length=LONGEST_KEY, unique=True)
    archived = models.DateTimeField(null=True, blank=True)
    archiver = models.CharField(max_length=254, blank=True, default="")


class FormulaVersion(models.Model):
    """One wording of a metric: a draft until it has a number, unchangeable from then on.

    `data` holds what `wording_of` reads. `author` and `publisher` are kept as names.
    """

    formula = models.ForeignKey(Formula, on_delete=models.CASCADE, related_name="versions")
    data = models.JSONField()
    author = models.CharField(max_length=254)
    begun = models.DateTimeField()
    number = models.PositiveIntegerField(null=True, blank=True)
    effective = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True, default="")
    published = models.DateTimeField(null=True, blank=True)
    publisher = models.CharField(max_length=254, blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["formula", "number"], name="one_formula_version_a_number"),
            models.UniqueConstraint(fields=["formula"], condition=Q(number=None), name="one_draft_a_formula"),
            models.CheckConstraint(
                condition=Q(number=None, effective=None, published=None)
                | Q(number__gte=1, effective__isnull=False, published__isnull=False),
                name="published_formulas_are_numbered_and_dated",
            ),
        ]


def wording_of(data: Mapping[str, Any]) -> Wording:
    """The wording that a version's column holds."""
    return Wording(
        str(data["label"]), str(data["help"]), str(data["purpose"]), str(data["text"]), bool(data["percent"]),
        Kind(data["kind"]), Timing(data["timing"]), Better(data["better"]), int(data["minimum"]),
    )  # fmt: skip


def data_of(wording: Wording) -> dict[str, Any]:
    """The wording as a version's column holds it; `wording_of` reads it back."""
    return asdict(wording)
