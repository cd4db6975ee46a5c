"""What is expected of a role: standards, their versions, who agreed to which, and what was said against one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from upswing.core.rubrics import Audience, Criterion, Text
from upswing.people.guarded import GuardedQuerySet
from upswing.people.identity import uuid7
from upswing.people.models import Person


class Standard(models.Model):
    """A written expectation. `key` names it for good, whatever its versions call it."""

    uid = models.UUIDField(unique=True, default=uuid7, editable=False)
    key = models.CharField(max_length=200, unique=True)


class Version(models.Model):
    """One wording of a standard: a draft until it has a number, unchangeable from then on.

    `text` holds what `text_of` reads. `author` began the draft; `publisher` is kept as a name.
    """

    standard = models.ForeignKey(Standard, on_delete=models.CASCADE, related_name="versions")
    text = models.JSONField()
    author = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    begun = models.DateTimeField()
    number = models.PositiveIntegerField(null=True, blank=True)
    effective = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True, default="")
    published = models.DateTimeField(null=True, blank=True)
    publisher = models.CharField(max_length=254, blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["standard", "number"], name="one_version_a_number"),
            models.UniqueConstraint(
                fields=["standard"], condition=Q(number=None), name="one_draft_a_standard"
            ),
            models.CheckConstraint(
                condition=Q(number=None, effective=None, published=None)
                | Q(number__gte=1, effective__isnull=False, published__isnull=False),
                name="published_versions_are_numbered_and_dated",
            ),
        ]


class Agreement(models.Model):
    """A person's signature on one version: the name as they typed it, and when."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="agreements")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="agreements")
    typed = models.CharField(max_length=200)
    at = models.DateTimeField()

    objects = GuardedQuerySet.as_manager()
    person_path = "person"

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "person"], name="one_signature_a_version")
        ]


class Objection(models.Model):
    """What a person does not agree with, or asks, about a version or one `criterion` of it; open until `answered`."""

    uid = models.UUIDField(unique=True, default=uuid7, editable=False)
    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="objections")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="objections")
    criterion = models.CharField(max_length=200, blank=True, default="")
    text = models.TextField()
    at = models.DateTimeField()
    answer = models.TextField(blank=True, default="")
    answered = models.DateTimeField(null=True, blank=True)
    answerer = models.CharField(max_length=254, blank=True, default="")

    objects = GuardedQuerySet.as_manager()
    person_path = "person"


def text_of(data: Mapping[str, Any]) -> Text:
    """The text that a version's column, or a starter pack, holds."""
    whole = {name: str(data.get(name, "")) for name in ("name", "purpose", "what", "example")}
    return Text(
        **whole,
        audience=Audience(**{name: tuple(words) for name, words in data.get("audience", {}).items()}),
        criteria=tuple(_criterion(each) for each in data.get("criteria", ())),
    )


def _criterion(data: Mapping[str, Any]) -> Criterion:
    lists = {name: tuple(data.get(name, ())) for name in ("meets", "below", "exceeds", "metrics")}
    return Criterion(str(data["name"]), **lists)


def data_of(text: Text) -> dict[str, Any]:
    """The text as a version's column holds it; `text_of` reads it back."""
    return asdict(text)
