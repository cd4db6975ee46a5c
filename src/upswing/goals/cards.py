"""Which metrics stand on whose card: templates, their versions, and lines pinned to one rep's card for a while."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from upswing.core.period import PeriodKind
from upswing.core.rubrics import Audience
from upswing.core.templates import MOST_WORDS, Template
from upswing.people.guarded import GuardedQuerySet
from upswing.people.identity import uuid7
from upswing.people.models import Person


class CardTemplate(models.Model):
    """A card for some people, whatever its versions call it."""

    uid = models.UUIDField(unique=True, default=uuid7, editable=False)


class CardVersion(models.Model):
    """One wording of a template: a draft until it has a number, unchangeable from then on.

    `data` holds what `template_of` reads; a published one without lines ends the template. `read` are the cautions that
    the publisher ticked, in their words. `author` and `publisher` are kept as names.
    """

    template = models.ForeignKey(CardTemplate, on_delete=models.CASCADE, related_name="versions")
    data = models.JSONField()
    author = models.CharField(max_length=254)
    begun = models.DateTimeField()
    number = models.PositiveIntegerField(null=True, blank=True)
    effective = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True, default="")
    read = models.JSONField(default=list)
    published = models.DateTimeField(null=True, blank=True)
    publisher = models.CharField(max_length=254, blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["template", "number"], name="one_card_version_a_number"),
            models.UniqueConstraint(
                fields=["template"], condition=Q(number=None), name="one_draft_a_card_template"
            ),
            models.CheckConstraint(
                condition=Q(number=None, effective=None, published=None)
                | Q(number__gte=1, effective__isnull=False, published__isnull=False),
                name="published_cards_are_numbered_and_dated",
            ),
        ]


class Pin(models.Model):
    """A line added to one rep's card in [starts, ends), with the reason the rep reads; changes no target.

    Taken off early, `ends` moves forward. `by` is kept as a name.
    """

    uid = models.UUIDField(unique=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="pins")
    metric = models.CharField(max_length=64)
    reason = models.CharField(max_length=MOST_WORDS)
    starts = models.DateField()
    ends = models.DateField()
    by = models.CharField(max_length=254)
    at = models.DateTimeField()

    objects = GuardedQuerySet.as_manager()
    person_path = "person"

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends__gte=F("starts")), name="pin_ends_after_it_starts"),
            models.CheckConstraint(condition=~Q(reason=""), name="pin_has_a_reason"),
        ]
        indexes: ClassVar = [models.Index(fields=["person", "starts"], name="pins_of_a_rep")]


def template_of(data: Mapping[str, Any]) -> Template:
    """The template that a version's column holds."""
    return Template(
        str(data["name"]),
        Audience(**{name: tuple(words) for name, words in data["audience"].items()}),
        str(data["person"]),
        tuple(map(str, data["lines"])),
        Fraction(data["support"]),
        Fraction(data["outstanding"]),
        PeriodKind(data["period"]),
        str(data["reason"]),
    )


def data_of(template: Template) -> dict[str, Any]:
    """The template as a version's column holds it; `template_of` reads it back. Borders are exact fractions as text."""
    meant = template.audience
    return {
        "name": template.name,
        "audience": {"roles": list(meant.roles), "levels": list(meant.levels), "teams": list(meant.teams)},
        "person": template.person,
        "lines": list(template.lines),
        "support": str(template.support),
        "outstanding": str(template.outstanding),
        "period": template.period.value,
        "reason": template.reason,
    }
