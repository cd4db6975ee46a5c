"""What could not be used: the problems that stand, those of a file until a later import has read that file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet

from upswing.book.rates import RecordRate
from upswing.core.records import Problem as Found
from upswing.core.records import Severity
from upswing.intake.models import BatchFile, Problem, Provenance
from upswing.queries.rates import OWNERS

REFUSED = Severity.REFUSED.value


def standing() -> QuerySet[Problem]:
    """The problems of every file as its latest import found it, less what was mended since from elsewhere."""
    return Problem.objects.filter(~superseded(), ~mended(), ~filled(), batch__undone=None)


def superseded() -> Exists:
    """Whether a later import of the same source, not taken back, has read the problem's file."""
    later = BatchFile.objects.filter(
        name=OuterRef("file"),
        batch__source=OuterRef("batch__source"),
        batch__gt=OuterRef("batch"),
        batch__undone=None,
    )
    return Exists(later)


def mended() -> Q:
    """Whether a later import of the same source brought the very record that was refused."""
    return Q(severity=REFUSED, record__gt="") & reduce(or_, map(_brought_later, Provenance.__subclasses__()))


def filled() -> Q:
    """Whether an amount that no rate was known for has been converted since."""
    return Q(code="no_rate", record__gt="") & reduce(and_, (~Q(_waiting(*each)) for each in OWNERS.items()))


def _waiting(kind: type[RecordRate], owner: str) -> Exists:
    record = {f"{owner}__external_id": OuterRef("record"), f"{owner}__source": OuterRef("batch__source")}
    return Exists(kind._default_manager.filter(rate="", **record))


def _brought_later(kind: type[Provenance]) -> Q:
    """In no order and of everybody: only whether there is one is told."""
    record = kind._base_manager.filter(external_id=OuterRef("record"), source=OuterRef("batch__source"))
    return Q(Exists(record.filter(batch__gt=OuterRef("batch"))))


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


def grouped(problems: Iterable[Found]) -> tuple[Group, ...]:
    """Problems just found, by what mends them: refusals first, then those that are most."""
    groups: dict[tuple[str, str, str], list[Found]] = {}
    for problem in problems:
        groups.setdefault((problem.severity.value, problem.code, problem.field), []).append(problem)
    return _ordered(_group(*key, told) for key, told in groups.items())


def kept_groups(problems: QuerySet[Problem]) -> tuple[Group, ...]:
    """Kept problems by what mends them, counted by the database: an import may have as many as rows."""
    rows = problems.order_by().values_list("severity", "code", "field").annotate(count=Count("pk"))
    found = (
        Group(
            code, severity, field, count, *_shown(problems.filter(severity=severity, code=code, field=field))
        )
        for severity, code, field, count in rows
    )
    return _ordered(found)


def _shown(problems: QuerySet[Problem]) -> tuple[tuple[tuple[str, int], ...], tuple[str, ...]]:
    """The values that most of these problems are about, and the first sentences."""
    values = (
        problems.exclude(value="").order_by().values_list("value").annotate(rows=Count("pk"), first=Min("pk"))
    )
    most = values.order_by("-rows", "first")[:VALUES]
    sentences = problems.order_by("pk").values_list("sentence", flat=True)[:SENTENCES]
    return tuple((value, count) for value, count, _ in most), tuple(sentences)


def _ordered(groups: Iterable[Group]) -> tuple[Group, ...]:
    return tuple(sorted(groups, key=lambda one: (one.severity != REFUSED, -one.count, one.code, one.field)))


def _group(severity: str, code: str, field: str, told: list[Found]) -> Group:
    values = Counter(problem.value for problem in told if problem.value).most_common(VALUES)
    sentences = tuple(problem.sentence for problem in told[:SENTENCES])
    return Group(code, severity, field, len(told), tuple(values), sentences)
