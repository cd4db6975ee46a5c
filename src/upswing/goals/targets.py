"""What shapes targets, dated: tables of season, ramp, role and working week; and targets that were set by hand."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from upswing.people.guarded import GuardedQuerySet
from upswing.people.identity import uuid7
from upswing.people.models import Person

REASON_LENGTH = 500


class Kind(StrEnum):
    """What a table holds."""

    SEASON = "season"
    RAMP = "ramp"
    ROLE = "role"
    WEEK = "week"


class TargetTable(models.Model):
    """Shares that hold from a day until a later table of the same kind and role begins; never changed, never deleted.

    `shares` are exact fractions as text: twelve month weights, January first; one for each month of tenure; one for a
    role; of a working week its weekdays, Monday 0, where the one made last counts for all days. Of two that begin on
    the same day, the one made later counts. `by` is kept as a name.
    """

    kind = models.CharField(max_length=8)
    role = models.CharField(max_length=200, blank=True, default="")
    starts = models.DateField()
    shares = models.JSONField()
    learned = models.BooleanField(default=False)
    note = models.CharField(max_length=REASON_LENGTH, blank=True, default="")
    by = models.CharField(max_length=254)
    at = models.DateTimeField()


class TargetOverride(models.Model):
    """A target set by hand for one rep, metric and period [starts, ends), until it is `withdrawn`; never deleted.

    The value is money in minor units, else in the metric's own unit. `by` and `withdrawer` are kept as names.
    """

    uid = models.UUIDField(unique=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="target_overrides")
    metric = models.CharField(max_length=64)
    starts = models.DateField()
    ends = models.DateField()
    value = models.DecimalField(max_digits=20, decimal_places=4)
    reason = models.CharField(max_length=REASON_LENGTH)
    by = models.CharField(max_length=254)
    at = models.DateTimeField()
    withdrawn = models.DateTimeField(null=True, blank=True)
    withdrawer = models.CharField(max_length=254, blank=True, default="")
    withdrawal = models.CharField(max_length=REASON_LENGTH, blank=True, default="")

    objects = GuardedQuerySet.as_manager()
    person_path = "person"

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "metric", "starts", "ends"],
                condition=Q(withdrawn=None),
                name="one_target_by_hand",
            ),
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="target_by_hand_has_days"),
            models.CheckConstraint(condition=Q(value__gt=0), name="target_by_hand_aims_at_something"),
            models.CheckConstraint(condition=~Q(reason=""), name="target_by_hand_has_a_reason"),
        ]
