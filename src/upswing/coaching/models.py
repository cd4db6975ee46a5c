"""Disputes about numbers."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from upswing.people.guarded import GuardedQuerySet
from upswing.people.identity import uuid7
from upswing.people.models import Person


class Dispute(models.Model):
    """Somebody says that a number of a person in a period looks wrong; it stands until it is settled.

    `shown` is what stood there, as of `day`, when it was said. People are kept by name, so that it can still be read
    when a sign-in is gone; `by` is the person who said it, where they are one.
    """

    uid = models.UUIDField(unique=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="disputes")
    metric = models.CharField(max_length=64)
    period = models.CharField(max_length=32)
    day = models.DateField()
    shown = models.CharField(max_length=100)
    text = models.TextField()
    by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    said_by = models.CharField(max_length=254)
    said = models.DateTimeField()
    answer = models.TextField(blank=True, default="")
    settled_by = models.CharField(max_length=254, blank=True, default="")
    settled = models.DateTimeField(null=True, blank=True)

    objects = GuardedQuerySet.as_manager()
    person_path = "person"

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "metric", "period"],
                condition=Q(settled=None),
                name="one_open_dispute_a_number",
            )
        ]
