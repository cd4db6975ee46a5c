"""Deals moved in the product: what was shown for it and by whom, and why it moved where something was missing."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from upswing.core.pipelines import Proof

LONGEST_PERSON, LONGEST_DOCUMENT, LONGEST_REASON = 200, 500, 1_000


class Confirmation(models.Model):
    """Somebody confirmed that a criterion of a stage is met, and what shows it; never changed.

    Stage and criterion stand as they were called then. Of `day`, `amount_minor` (the organisation's currency),
    `person` and `document` the one is told that `proof` names. `by` is kept as a name.
    """

    deal = models.ForeignKey("book.Deal", on_delete=models.CASCADE, related_name="confirmations")
    stage_key = models.CharField(max_length=100)
    stage = models.CharField(max_length=100)
    criterion_key = models.CharField(max_length=100)
    criterion = models.TextField()
    proof = models.CharField(max_length=8, choices=[(proof.value, proof.value) for proof in Proof])
    day = models.DateField(null=True, blank=True)
    amount_minor = models.BigIntegerField(null=True, blank=True)
    person = models.CharField(max_length=LONGEST_PERSON, blank=True, default="")
    document = models.CharField(max_length=LONGEST_DOCUMENT, blank=True, default="")
    by = models.CharField(max_length=254)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(proof=Proof.DATE.value, day__isnull=False)
                | Q(proof=Proof.AMOUNT.value, amount_minor__isnull=False)
                | (Q(proof=Proof.PERSON.value) & ~Q(person=""))
                | (Q(proof=Proof.DOCUMENT.value) & ~Q(document="")),
                name="what_is_confirmed_is_shown",
            )
        ]


class MoveNote(models.Model):
    """Somebody moved a deal here: from where to where, on which day, and why; never changed.

    Stages stand as they were called then. `lacking` are the criteria that it moved without, `early` says that a
    proposal was made before qualification, `outcome` where the deal stood afterwards.
    """

    deal = models.ForeignKey("book.Deal", on_delete=models.CASCADE, related_name="move_notes")
    origin = models.CharField(max_length=100)
    stage = models.CharField(max_length=100)
    outcome = models.CharField(max_length=8)
    day = models.DateField()
    lacking = models.JSONField(default=list)
    early = models.BooleanField(default=False)
    reason = models.CharField(max_length=LONGEST_REASON, blank=True, default="")
    by = models.CharField(max_length=254)
    at = models.DateTimeField()
