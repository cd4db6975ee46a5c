"""How data came in: sources, batches and what could not be used."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from upswing.core.records import Severity
from upswing.people.identity import uuid7


class Source(models.Model):
    """Where data comes from."""

    key = models.SlugField(max_length=64, unique=True)
    name = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.name


class Batch(models.Model):
    """One intake. An unfinished batch was interrupted; running it again completes it."""

    uid = models.UUIDField(unique=True, default=uuid7, editable=False)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="batches")
    mapping = models.CharField(max_length=200, blank=True, default="")
    started = models.DateTimeField()
    finished = models.DateTimeField(null=True, blank=True)
    read_on = models.DateField(null=True, blank=True)
    created = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    notices = models.PositiveIntegerField(default=0)


class Problem(models.Model):
    """One piece of data we could not use, or read in a way worth telling; kept for whoever can mend it."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="problems")
    severity = models.CharField(max_length=16, choices=[(s.value, s.value) for s in Severity])
    code = models.CharField(max_length=64)
    file = models.CharField(max_length=255)
    row = models.PositiveIntegerField()
    record = models.CharField(max_length=200, blank=True, default="")
    field = models.CharField(max_length=64, blank=True, default="")
    value = models.CharField(max_length=200, blank=True, default="")
    sentence = models.TextField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["batch", "code"])]


class Provenance(models.Model):
    """Where a record came from: source, the source's own id, the batch that last changed it, file and row.

    `digest` is of the record's content: an equal digest means there is nothing to do. The natural key begins with the
    id, which tells most: so it is the way in even before the database has statistics.
    """

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")
    external_id = models.CharField(max_length=200)
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="+")
    file = models.CharField(max_length=255)
    row = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)

    class Meta:
        abstract = True
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["external_id", "source"], name="%(app_label)s_%(class)s_natural_key"
            )
        ]
