"""What is asked of people: quotas, dated."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from upswing.goals.cards import Pin as Pin  # noqa: PLC0414
from upswing.goals.categories import DealCategory as DealCategory  # noqa: PLC0414
from upswing.goals.commits import Commit as Commit  # noqa: PLC0414
from upswing.goals.formulas import Formula as Formula  # noqa: PLC0414
from upswing.goals.industry import IndustryFigure as IndustryFigure  # noqa: PLC0414
from upswing.goals.pipelines import PipelineVersion as PipelineVersion  # noqa: PLC0414
from upswing.goals.rankings import TeamRanking as TeamRanking  # noqa: PLC0414
from upswing.goals.stalls import StallCase as StallCase  # noqa: PLC0414
from upswing.goals.standards import Agreement as Agreement  # noqa: PLC0414  (Django finds models here)
from upswing.goals.targets import TargetChange as TargetChange  # noqa: PLC0414
from upswing.goals.targets import TargetOverride as TargetOverride  # noqa: PLC0414
from upswing.intake.models import Provenance
from upswing.people.guarded import GuardedQuerySet
from upswing.people.models import Person


class Quota(Provenance):
    """What a rep is asked for in a period [starts, ends): money in minor units, else the metric's own unit.

    `waiting` is what a file said after the period had begun: it counts once somebody accepts it with a reason.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="quotas")
    metric = models.CharField(max_length=64)
    period_kind = models.CharField(max_length=8)
    starts = models.DateField()
    ends = models.DateField()
    value = models.DecimalField(max_digits=20, decimal_places=4)
    waiting = models.DecimalField(max_digits=20, decimal_places=4, null=True, blank=True)

    objects = GuardedQuerySet.as_manager()
    person_path = "person"

    class Meta(Provenance.Meta):
        constraints: ClassVar = [
            *Provenance.Meta.constraints,
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="quota_has_days"),
            models.CheckConstraint(condition=Q(value__gte=0), name="quota_is_not_negative"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "metric", "starts"], name="quota_of_a_rep"),
            models.Index(fields=["metric"], name="quota_of_a_metric"),
        ]
