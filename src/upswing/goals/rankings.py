"""Rankings that teams decided for: of what, since when, why; and since when no more."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from upswing.people.models import Team

REASON_LENGTH = 500


class TeamRanking(models.Model):
    """A ranking that is on for a team from a day until it is `ended`; never changed, never deleted.

    `reason` is what the team reads. `by` and `ender` are kept as names.
    """

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="rankings")
    metric = models.CharField(max_length=64)
    basis = models.CharField(max_length=16)
    reason = models.CharField(max_length=REASON_LENGTH)
    starts = models.DateField()
    by = models.CharField(max_length=254)
    at = models.DateTimeField()
    ended = models.DateTimeField(null=True, blank=True)
    ender = models.CharField(max_length=254, blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["team", "metric"], condition=Q(ended=None), name="one_ranking_a_metric_of_a_team"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="ranking_has_a_reason"),
        ]
