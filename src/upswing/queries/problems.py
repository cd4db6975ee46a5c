"""What could not be used: the problems that stand, those of a file until a later import has read that file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from upswing.core.records import Severity
from upswing.intake.models import BatchFile, Problem

REFUSED = Severity.REFUSED.value


def standing() -> QuerySet[Problem]:
    """The problems of every file as its latest import found it."""
    return Problem.objects.filter(~superseded(), batch__undone=None)


def superseded() -> Exists:
    """Whether a later import of the same source, not taken back, has read the problem's file."""
    later = BatchFile.objects.filter(
        name=OuterRef("file"),
        batch__source=OuterRef("batch__source"),
        batch__gt=OuterRef("batch"),
        batch__undone=None,
    )
    return Exists(later)


Told = Any
"""A problem, kept or just found: both have a code, severity, field, value and sentence."""


@dataclass(frozen=True, slots=True)
class Group:
    """Problems that one thing mends: their number, the values they are about with how often, some sentences."""

    code: str
    severity: str
    field: str
    count: int
    values: tuple[tuple[str, int], ...]
    sentences: tuple[str, ...]


VALUES, SENTENCES = 50, 3


def grouped(problems: Iterable[Told]) -> tuple[Group, ...]:
    """The problems by what mends them: refusals first, then those that are most."""
    groups: dict[tuple[str, str, str], list[Told]] = {}
    for problem in problems:
        groups.setdefault((str(problem.severity), problem.code, problem.field), []).append(problem)
    found = (_group(*key, told) for key, told in groups.items())
    return tuple(sorted(found, key=lambda one: (one.severity != REFUSED, -one.count, one.code)))


def _group(severity: str, code: str, field: str, told: list[Told]) -> Group:
    values = Counter(problem.value for problem in told if problem.value).most_common(VALUES)
    sentences = tuple(problem.sentence for problem in told[:SENTENCES])
    return Group(code, severity, field, len(told), tuple(values), sentences)
