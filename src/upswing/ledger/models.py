"""Facts and the two wide tiers counted from them. All of it is disposable: records can rebuild it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from upswing.core.measures import FLOWS
from upswing.ledger.snapshots import Snapshot as Snapshot  # noqa: PLC0414  (Django finds models here)
from upswing.ledger.snapshots import SnapshotDeal as SnapshotDeal  # noqa: PLC0414
from upswing.ledger.snapshots import SnapshotForecast as SnapshotForecast  # noqa: PLC0414
from upswing.people.models import Person


class Fact(models.Model):
    """One dated thing about one rep, made from one record.

    `share` is credit in millionths, `amount` minor units of the organisation's currency; `how` is the hour of the
    week, 0 to 167. What each column means is told in `core.facts`. The database does not check a fact's rep: facts are
    made from records, whose people it does check, and checking cost a quarter of the time of an import.
    """

    kind = models.CharField(max_length=24)
    day = models.DateField()
    rep = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    share = models.PositiveIntegerField()
    amount = models.BigIntegerField()
    seconds = models.PositiveIntegerField(default=0)
    outcome = models.CharField(max_length=16, blank=True, default="")
    stage = models.CharField(max_length=100, blank=True, default="")
    how = models.PositiveSmallIntegerField(null=True, blank=True)
    channel = models.CharField(max_length=200, blank=True, default="")
    source = models.CharField(max_length=200, blank=True, default="")
    record_kind = models.CharField(max_length=16)
    record = models.BigIntegerField()
    ordinal = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["record", "record_kind", "kind", "ordinal", "rep"], name="a_record_makes_a_fact_once"
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["rep", "day", "kind", "outcome", "share", "amount", "seconds"], name="fact_covering"
            ),
            models.Index(
                fields=["kind", "rep", "day", "amount", "share"],
                condition=models.Q(amount__gt=0),
                name="fact_amounts",
            ),
        ]


class RepDay(models.Model):
    """One rep's day, a column for each flow of `core.measures`."""

    rep = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    day = models.DateField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["rep", "day"], name="one_row_a_day")]
        indexes: ClassVar = [models.Index(fields=["day", "rep"], name="day_of_everyone")]


class RepMonth(models.Model):
    """One rep's calendar month (`day` is its first), a column for each flow of `core.measures`."""

    rep = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    day = models.DateField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["rep", "day"], name="one_row_a_month")]
        indexes: ClassVar = [models.Index(fields=["day", "rep"], name="month_of_everyone")]


for _tier in (RepDay, RepMonth):
    for _flow in FLOWS:
        models.BigIntegerField(default=0).contribute_to_class(_tier, _flow.key)
