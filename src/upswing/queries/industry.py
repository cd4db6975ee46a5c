"""Figures of an industry, as the organisation entered them: each with its source, date, number of cases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from upswing.core.benchmarks import BenchmarkKind, Industry
from upswing.core.metrics import CATALOGUE
from upswing.core.metrics.metric import Metric, Plain
from upswing.core.metrics.value import Value
from upswing.core.money import Money
from upswing.goals.industry import IndustryFigure
from upswing.people.models import Organisation
from upswing.people.viewer import Viewer

COMPARABLE: dict[str, Metric] = {
    key: metric for key, metric in CATALOGUE.items() if metric.judged and not isinstance(metric.value, Plain)
}
"""Rates, means and durations: a figure of them says the same of a week and of a year. Counts and sums do not."""


@dataclass(frozen=True, slots=True)
class FigureShown:
    """A figure with who entered it and who withdrew it; `holds` is what cards are compared with."""

    id: UUID
    metric: Metric
    value: Value
    source: str
    published: date
    n: int
    definition: str
    segment: str
    by: str
    at: datetime
    withdrawer: str
    withdrawn: datetime | None
    holds: bool


def figures(viewer: Viewer) -> tuple[FigureShown, ...]:
    """Every figure ever entered, in the order of the catalogue, the newest first. They name nobody, so all may read."""
    places = {key: place for place, key in enumerate(COMPARABLE)}
    rows = [row for row in IndustryFigure.objects.order_by("-published", "-id") if row.metric in places]
    holding = {row.pk for row in _newest().values()}
    return tuple(
        FigureShown(
            row.uid, COMPARABLE[row.metric], _value(row), row.source, row.published, row.n, row.definition, row.segment,
            row.by, row.at, row.withdrawer, row.withdrawn, row.pk in holding,
        )
        for row in sorted(rows, key=lambda row: (row.withdrawn is not None, places[row.metric]))
    )  # fmt: skip


def figures_of(kind: BenchmarkKind) -> Mapping[str, Industry]:
    """The figures that hold, by metric key, where an industry is compared with; else nothing is read."""
    if kind is not BenchmarkKind.INDUSTRY:
        return {}
    return {
        key: Industry(_value(row), row.source, row.published, row.n, row.definition)
        for key, row in _newest().items()
    }


def standing() -> QuerySet[IndustryFigure]:
    """What is not withdrawn, without money in a currency that the organisation has no more."""
    elsewhere = Organisation.objects.exclude(currency=OuterRef("currency"))
    rows = IndustryFigure.objects.filter(withdrawn=None, metric__in=COMPARABLE)
    return rows.filter(Q(currency="") | ~Exists(elsewhere))


def _newest() -> dict[str, IndustryFigure]:
    """The last published of each metric; of those of one day the one entered last."""
    return {row.metric: row for row in standing().order_by("published", "id")}


def _value(row: IndustryFigure) -> Value:
    value = Fraction(row.value)
    return Money(int(value), row.currency) if row.currency else value
