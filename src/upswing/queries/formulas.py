"""The organisation's own metrics: their versions, and which metric a key means on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from upswing.core.expressions import Misstated, Tree, Wording, is_own, metric_of, read
from upswing.core.metrics import CATALOGUE, UnknownMetric
from upswing.core.metrics.metric import Metric
from upswing.core.rubrics import Issue, in_force
from upswing.goals.formulas import Formula, FormulaVersion, wording_of


@dataclass(frozen=True, slots=True)
class Version:
    """A published version of a metric."""

    number: int
    wording: Wording
    effective: date
    note: str
    published: datetime
    publisher: str


@dataclass(frozen=True, slots=True)
class Own:
    """A metric of the organisation's own: its published versions, the first first. `archived` is offered no more."""

    key: str
    versions: tuple[Version, ...]
    archived: bool = False

    def on(self, day: date) -> Version:
        """The version in force on a day; before the first, the first, by which earlier periods are told too."""
        number = in_force([Issue(each.number, each.effective) for each in self.versions], day)
        return next((each for each in self.versions if each.number == number), self.versions[0])


def own() -> dict[str, Own]:
    """Every published metric of the organisation by its key, archived ones too. Their words name nobody."""
    rows = (
        FormulaVersion.objects.exclude(number=None).select_related("formula").order_by("formula_id", "number")
    )
    found: dict[Formula, list[Version]] = defaultdict(list)
    for row in rows:
        found[row.formula].append(_version(row))
    return {
        formula.key: Own(formula.key, tuple(versions), formula.archived is not None)
        for formula, versions in found.items()
    }


def _version(row: FormulaVersion) -> Version:
    if row.number is None or row.effective is None or row.published is None:
        raise ValueError("A draft is no published version.")
    return Version(row.number, wording_of(row.data), row.effective, row.note, row.published, row.publisher)


def trees(wordings: Mapping[str, Wording]) -> dict[str, Tree]:
    """Key → expression, of those that can be read."""
    found = {}
    for key, wording in wordings.items():
        try:
            found[key] = read(wording.text)
        except Misstated:
            continue
    return found


def made(wordings: Mapping[str, Wording]) -> dict[str, Metric]:
    """Key → metric, of those that mean anything together."""
    told, found = trees(wordings), {}
    for key, wording in wordings.items():
        try:
            found[key] = metric_of(key, wording, told)
        except Misstated:
            continue
    return found


def metrics_on(day: date) -> dict[str, Metric]:
    """The organisation's own metrics by key, each as its version in force on a day says."""
    return made({key: each.on(day).wording for key, each in own().items()})


def known(keys: Collection[str], on: date) -> dict[str, Metric]:
    """Key → metric on a day, of those keys that there are; the database is asked only for the organisation's own."""
    mine = metrics_on(on) if any(map(is_own, keys)) else {}
    return {key: found for key in keys if (found := CATALOGUE.get(key) or mine.get(key))}


def named(key: str, on: date) -> Metric:
    """The metric that a key from an address or from the data means on a day; raises UnknownMetric."""
    if key in CATALOGUE:
        return CATALOGUE[key]
    mine = metrics_on(on)
    if key not in mine:
        raise UnknownMetric(key, mine)
    return mine[key]


def offered(on: date) -> tuple[Metric, ...]:
    """The organisation's own metrics that may be chosen: those that are not archived, by name."""
    there = own()
    metrics = made({key: each.on(on).wording for key, each in there.items()})
    chosen: Iterable[Metric] = (metric for key, metric in metrics.items() if not there[key].archived)
    return tuple(sorted(chosen, key=lambda metric: metric.label.casefold()))
