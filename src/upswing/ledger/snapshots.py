"""The pipeline as it stood and what was forecast of it, written down once and never changed."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from django.db import models

from upswing.people.identity import uuid7


class Why(StrEnum):
    """What a snapshot was taken for."""

    NIGHT = "night"
    DEMAND = "demand"


class Snapshot(models.Model):
    """One look at everything, at the close of `day` or in the midst of it. Rows are added only, never changed.

    It refers to deals and people by number and keeps their names, so that it outlives them. `rules` names the imports,
    changes and stages it was made from, `by` is kept as a name.
    """

    uid = models.UUIDField(unique=True, default=uuid7, editable=False)
    day = models.DateField()
    number = models.PositiveSmallIntegerField()
    why = models.CharField(max_length=8, choices=[(each.value, each.value) for each in Why])
    taken = models.DateTimeField()
    by = models.CharField(max_length=254)
    rules = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["day", "number"], name="one_snapshot_a_number"),
            models.UniqueConstraint(
                fields=["day"], condition=models.Q(why=Why.NIGHT.value), name="one_snapshot_a_night"
            ),
        ]


class SnapshotDeal(models.Model):
    """An open deal of a snapshot: money in minor units, days, shares 0-1; `credit` is [[person, weight], …].

    `category` is what people said of it; empty in snapshots from before that was kept.
    """

    snapshot = models.ForeignKey(Snapshot, on_delete=models.CASCADE, related_name="deals")
    deal = models.BigIntegerField()
    stage = models.CharField(max_length=100, blank=True)
    since = models.DateField()
    entered = models.DateField()
    amount_minor = models.BigIntegerField()
    expected = models.DateField(null=True)
    rests = models.DateField(null=True)
    stalled = models.BooleanField()
    limit = models.PositiveIntegerField()
    weight = models.FloatField()
    chance = models.FloatField()
    category = models.CharField(max_length=12, blank=True, default="")
    credit = models.JSONField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["snapshot", "deal"], name="one_look_at_a_deal")
        ]
        indexes: ClassVar = [models.Index(fields=["deal", "snapshot"], name="looks_at_a_deal")]


class SnapshotForecast(models.Model):
    """What was forecast of a period in a snapshot, of everybody (no `person`) or of one; minor units.

    `said` is what each method said of what was still to come, `commit` and `view` what the rep and the manager did.
    """

    snapshot = models.ForeignKey(Snapshot, on_delete=models.CASCADE, related_name="forecasts")
    period = models.CharField(max_length=24)
    person = models.BigIntegerField(null=True)
    name = models.CharField(max_length=200, blank=True, default="")
    won = models.BigIntegerField()
    due = models.BigIntegerField()
    stalled = models.BigIntegerField()
    staged = models.BigIntegerField()
    low = models.BigIntegerField()
    likely = models.BigIntegerField()
    high = models.BigIntegerField()
    asked = models.BigIntegerField(null=True)
    commit = models.BigIntegerField(null=True)
    view = models.BigIntegerField(null=True)
    chosen = models.CharField(max_length=32, blank=True, default="")
    verified = models.BooleanField(default=False)
    said = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["snapshot", "period", "person"], name="one_forecast_a_person"),
            models.UniqueConstraint(
                fields=["snapshot", "period"], condition=models.Q(person=None), name="one_forecast_of_all"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["period", "person"], name="forecasts_of_a_period")]
