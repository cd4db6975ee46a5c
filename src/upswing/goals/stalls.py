"""Deals that stay long in a stage: proposed to be set aside, and everything that was said and done about it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from upswing.book.models import Deal
from upswing.core.forecast.cases import Ended, Kind
from upswing.core.forecast.stall import Rule
from upswing.people.guarded import GuardedQuerySet
from upswing.people.identity import uuid7

WORDS_LENGTH = 500


class StallCase(models.Model):
    """A deal that was proposed to be set aside, in its stage since `since`; open until it is settled.

    `age` and `limit` (days) and the rule are those of the proposal, `due` is the last day of the grace. `outcome`
    and `rests`, the day until which a deal waits, are what its steps make of it.
    """

    uid = models.UUIDField(unique=True, default=uuid7, editable=False)
    deal = models.ForeignKey(Deal, on_delete=models.CASCADE, related_name="stalls")
    stage = models.CharField(max_length=120, blank=True)
    since = models.DateField()
    age = models.PositiveIntegerField()
    limit = models.PositiveIntegerField()
    rule = models.CharField(max_length=16, choices=[(each.value, each.value) for each in Rule])
    proposed = models.DateTimeField()
    due = models.DateField()
    rests = models.DateField(null=True, blank=True)
    settled = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(
        max_length=8, choices=[(each.value, each.value) for each in Ended], blank=True, default=""
    )

    objects = GuardedQuerySet.as_manager()
    person_path = "deal__credits__person"

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["deal"], condition=Q(settled=None), name="one_open_stall_a_deal"),
            models.CheckConstraint(
                condition=Q(settled=None, outcome="") | (Q(settled__isnull=False) & ~Q(outcome="")),
                name="settled_stalls_have_an_outcome",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["outcome", "due"], name="stalls_by_outcome")]


class StallStep(models.Model):
    """Something done about a case. Rows are added only; `by` is kept as a name, empty where nobody did it."""

    case = models.ForeignKey(StallCase, on_delete=models.CASCADE, related_name="steps")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=[(each.value, each.value) for each in Kind])
    at = models.DateTimeField()
    by = models.CharField(max_length=254, blank=True, default="")
    day = models.DateField(null=True, blank=True)
    words = models.CharField(max_length=WORDS_LENGTH, blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "number"], name="one_stall_step_a_number")
        ]
        indexes: ClassVar = [models.Index(fields=["kind", "at"], name="stall_steps_by_kind")]
