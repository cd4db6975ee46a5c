"""How data came in: files kept, drafts of imports, sources, batches, what they changed, what could not be used."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from upswing.core.records import Severity
from upswing.people.identity import uuid7
from upswing.people.models import Person


class Source(models.Model):
    """Where data comes from."""

    key = models.SlugField(max_length=64, unique=True)
    name = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.name


class Upload(models.Model):
    """A file as it was given to us, kept in the data folder under the SHA-256 of what it holds."""

    digest = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField()
    kept = models.DateTimeField()


class SavedMapping(models.Model):
    """A mapping to use again, as TOML: found by its name, or because files have the columns it reads."""

    uid = models.UUIDField(unique=True, default=uuid7, editable=False)
    name = models.CharField(max_length=200, unique=True)
    toml = models.TextField()
    saved = models.DateTimeField()


class Batch(models.Model):
    """One intake. An unfinished batch was interrupted; running it again completes it.

    `toml` is its mapping as read, `done` of `expected` rows are through, `alive` is when it last said so. `undoing` is
    when somebody began to take it back, `undone` when nothing of it was left.
    """

    uid = models.UUIDField(unique=True, default=uuid7, editable=False)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="batches")
    mapping = models.CharField(max_length=200, blank=True, default="")
    toml = models.TextField(blank=True, default="")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    started = models.DateTimeField()
    finished = models.DateTimeField(null=True, blank=True)
    undoing = models.DateTimeField(null=True, blank=True)
    undone = models.DateTimeField(null=True, blank=True)
    read_on = models.DateField(null=True, blank=True)
    created = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    notices = models.PositiveIntegerField(default=0)
    done = models.PositiveBigIntegerField(default=0)
    expected = models.PositiveBigIntegerField(default=0)
    alive = models.DateTimeField(null=True, blank=True)


class BatchFile(models.Model):
    """A table that a batch read, as its records name it, and the kept file that holds it."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=255)
    upload = models.ForeignKey(
        Upload, null=True, blank=True, on_delete=models.PROTECT, related_name="batches"
    )

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["batch", "name"], name="one_file_a_name")]
        indexes: ClassVar = [models.Index(fields=["name"], name="batches_of_a_file")]


class Earlier(models.Model):
    """How a record stood before a batch changed it, with all that belongs to it; nothing where there was none.

    What a batch created is told by the records themselves, except for people, teams and days off. `left` is the batch
    that had brought the record as it stood: it cannot be taken back before this one.
    """

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="changes")
    model = models.CharField(max_length=64)
    record = models.BigIntegerField()
    was = models.TextField(blank=True, default="")
    left = models.BigIntegerField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["batch", "model", "record"], name="one_earlier_state_a_batch")
        ]
        indexes: ClassVar = [models.Index(fields=["left"], name="changes_of_a_batch")]


class Alias(models.Model):
    """A name that sources use for a person, folded, from a day on; no day: always.

    `merged` is when two people turned out to be one: the name was the other one's.
    """

    key = models.CharField(max_length=200)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="aliases")
    since = models.DateField(null=True, blank=True)
    said = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    merged = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["key", "since"], name="one_alias_a_day"),
            models.UniqueConstraint(fields=["key"], condition=Q(since=None), name="one_alias_for_always"),
        ]


class Draft(models.Model):
    """An import being prepared: its files, its mapping so far, what a trial run found, the batch once it runs.

    `mapping` is what its mapping is called, `toml` what it says; `job` is the work under way for it, one of “trial”
    and “import”; `trial` is what the trial run counted; `failure` why the last work ended early.
    """

    uid = models.UUIDField(unique=True, default=uuid7, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    begun = models.DateTimeField()
    mapping = models.CharField(max_length=200, blank=True, default="")
    toml = models.TextField(blank=True, default="")
    trial = models.JSONField(null=True, blank=True)
    job = models.CharField(max_length=64, blank=True, default="")
    done = models.PositiveBigIntegerField(default=0)
    expected = models.PositiveBigIntegerField(default=0)
    alive = models.DateTimeField(null=True, blank=True)
    failure = models.TextField(blank=True, default="")
    batch = models.OneToOneField(
        Batch, null=True, blank=True, on_delete=models.SET_NULL, related_name="draft"
    )


class DraftFile(models.Model):
    """A file given to a draft, under the name it came with."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=255)
    upload = models.ForeignKey(Upload, on_delete=models.PROTECT, related_name="drafts")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["draft", "name"], name="one_draft_file_a_name")
        ]


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
