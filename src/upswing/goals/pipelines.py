"""Through which steps of the buyer deals go: pipelines and their versions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from fractions import Fraction
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from upswing.core.pipelines import Criterion, Early, Pipeline, Policy, Proof, Stage
from upswing.people.identity import uuid7


class PipelineSetup(models.Model):
    """A pipeline, whatever its versions call it."""

    uid = models.UUIDField(unique=True, default=uuid7, editable=False)


class PipelineVersion(models.Model):
    """One wording of a pipeline: a draft until it has a number, unchangeable from then on.

    `data` holds what `pipeline_of` reads. `author` and `publisher` are kept as names.
    """

    setup = models.ForeignKey(PipelineSetup, on_delete=models.CASCADE, related_name="versions")
    data = models.JSONField()
    author = models.CharField(max_length=254)
    begun = models.DateTimeField()
    number = models.PositiveIntegerField(null=True, blank=True)
    effective = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True, default="")
    published = models.DateTimeField(null=True, blank=True)
    publisher = models.CharField(max_length=254, blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["setup", "number"], name="one_pipeline_version_a_number"),
            models.UniqueConstraint(fields=["setup"], condition=Q(number=None), name="one_draft_a_pipeline"),
            models.CheckConstraint(
                condition=Q(number=None, effective=None, published=None)
                | Q(number__gte=1, effective__isnull=False, published__isnull=False),
                name="published_pipelines_are_numbered_and_dated",
            ),
        ]


def pipeline_of(data: Mapping[str, Any]) -> Pipeline:
    """The pipeline that a version's column holds."""
    stages = tuple(map(_stage_of, data["stages"]))
    early = Early(data["early"]) if data["early"] else None
    return Pipeline(str(data["name"]), stages, early, int(data["grace"]))


def _stage_of(data: Mapping[str, Any]) -> Stage:
    criteria = (
        Criterion(str(each["key"]), str(each["text"]), Proof(each["proof"]) if each["proof"] else None)
        for each in data["criteria"]
    )
    return Stage(
        str(data["key"]),
        str(data["name"]),
        str(data["buyer"]),
        tuple(criteria),
        Fraction(data["weight"]) if data["weight"] else None,
        int(data["days"]) if data["days"] is not None else None,
        Policy(data["policy"]) if data["policy"] else None,
        tuple(map(str, data["words"])),
        bool(data["proposes"]),
        bool(data["qualifies"]),
    )


def data_of(pipeline: Pipeline) -> dict[str, Any]:
    """The pipeline as a version's column holds it; `pipeline_of` reads it back. Weights are exact fractions as text."""
    data = asdict(pipeline)
    for stage in data["stages"]:
        stage["weight"] = "" if stage["weight"] is None else str(stage["weight"])
    return data
