"""What people say a period will bring: a rep's commit, a manager's view of it, each with its moment."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from django.db import models
from django.db.models import Q

from upswing.people.guarded import GuardedQuerySet
from upswing.people.models import Person

REASON_LENGTH = 500


class Whose(StrEnum):
    """Who says it."""

    REP = "rep"
    MANAGER = "manager"


class Commit(models.Model):
    """What somebody expects a rep to win in a period, in minor units; the latest counts, none is changed or deleted.

    A manager's view has a reason, which the rep reads. It never changes the computed figure. `by` is kept as a name.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="commits")
    whose = models.CharField(max_length=8, choices=[(each.value, each.value) for each in Whose])
    period = models.CharField(max_length=24)
    amount_minor = models.BigIntegerField()
    reason = models.CharField(max_length=REASON_LENGTH, blank=True, default="")
    by = models.CharField(max_length=254)
    at = models.DateTimeField()

    objects = GuardedQuerySet.as_manager()
    person_path = "person"

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount_minor__gte=0), name="commit_is_not_negative"),
            models.CheckConstraint(
                condition=~Q(whose=Whose.MANAGER.value) | ~Q(reason=""), name="view_has_a_reason"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["period", "person", "at"], name="commits_of_a_period")]
