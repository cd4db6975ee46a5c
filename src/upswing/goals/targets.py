"""What shapes targets, dated: tables of season, ramp, role and working week; and targets that were set by hand."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from upswing.intake.models import Batch
from upswing.people.guarded import GuardedQuerySet
from upswing.people.identity import uuid7
from upswing.people.models import HolidayCalendar, Person, Team

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
    role; of a working week its weekdays, Monday 0. Of two that begin on the same day, the one made later counts. `by`
    is kept as a name.
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


class TargetChange(models.Model):
    """What changed targets of the days [starts, ends), told to whom it concerns; never changed, never deleted.

    No person: everybody, or everybody under a holiday calendar, or in a role. No metric: every target. `kind` is a word
    ("quota", "holiday", …), `was` and `becomes` are as people read them. A `batch` that was taken back took the change
    with it.
    """

    kind = models.CharField(max_length=16)
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.CASCADE, related_name="target_changes"
    )
    calendar = models.ForeignKey(
        HolidayCalendar, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    role = models.CharField(max_length=200, blank=True, default="")
    metric = models.CharField(max_length=64, blank=True, default="")
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)
    was = models.CharField(max_length=300, blank=True, default="")
    becomes = models.CharField(max_length=300, blank=True, default="")
    reason = models.CharField(max_length=REASON_LENGTH, blank=True, default="")
    by = models.CharField(max_length=254)
    at = models.DateTimeField()
    batch = models.ForeignKey(Batch, null=True, blank=True, on_delete=models.CASCADE, related_name="+")

    objects = GuardedQuerySet.as_manager()
    person_path = "person"

    class Meta:
        indexes: ClassVar = [models.Index(fields=["person", "at"], name="target_changes_of_a_rep")]
