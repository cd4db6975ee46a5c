"""Every metric there is, by family, and whether the data hold any record of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Max, Min

from upswing.core.measures import FLOWS, Measure, flows_of, name_of
from upswing.core.metrics import FAMILIES
from upswing.core.metrics.metric import Metric
from upswing.core.metrics.value import measures_of, records_measure
from upswing.ledger.models import RepMonth
from upswing.people.viewer import Viewer
from upswing.queries.formulas import offered
from upswing.queries.records import formula

OWN = "own"
"""The family of the organisation's own metrics, which comes last."""
COLUMNS = {flow.key for flow in FLOWS}


@dataclass(frozen=True, slots=True)
class Described:
    """A metric, its formula in words, and whether there is any record that it could count."""

    metric: Metric
    formula: str
    recorded: bool


@dataclass(frozen=True, slots=True)
class Family:
    """The metrics of one part of the funnel."""

    name: str
    metrics: tuple[Described, ...]


def catalogue(viewer: Viewer) -> tuple[Family, ...]:
    """The families in the order of the funnel, the own ones last. Whether anything is recorded names nobody."""
    recorded, mine = _recorded(), offered(viewer.at)
    families = {**FAMILIES, OWN: mine} if mine else FAMILIES
    return tuple(Family(name, _described(metrics, recorded)) for name, metrics in families.items())


def _described(metrics: Sequence[Metric], recorded: set[str]) -> tuple[Described, ...]:
    return tuple(
        Described(one, formula(one), _any(records_measure(one) or measures_of(one)[0], recorded))
        for one in metrics
    )


def _any(measure: Measure, recorded: set[str]) -> bool:
    """Of moves through stages nothing is kept that would tell: as if there were some."""
    keys = {name_of(flow) for flow in flows_of(measure)}
    return bool(keys & recorded) or not keys <= COLUMNS


def _recorded() -> set[str]:
    """The columns of the month tier in which anything but nothing stands."""
    keys = sorted(COLUMNS)
    asked = {f"least_{key}": Min(key) for key in keys} | {f"most_{key}": Max(key) for key in keys}
    found = RepMonth.objects.aggregate(**asked)
    return {key for key in keys if found[f"least_{key}"] or found[f"most_{key}"]}
