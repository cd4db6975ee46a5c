"""The number beside its own past and beside others: twelve periods as columns, every comparison with its n."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from upswing.core.benchmarks import Benchmark, BenchmarkKind
from upswing.core.metrics.metric import Metric
from upswing.core.scorecard import Line
from upswing.web.shared import format as fmt
from upswing.web.shared.past import past_of
from upswing.web.shared.sentences import people, reason
from upswing.web.shared.spans import Phrases
from upswing.web.shared.wordings import OTHERS


@dataclass(frozen=True, slots=True)
class Row:
    """One comparison: with whom, the value or why there is none, what it stands on."""

    name: str
    value: str
    stands_on: str


@dataclass(frozen=True, slots=True)
class Compared:
    """The drawing of the last periods (empty with fewer than two), and the comparisons."""

    axis: SafeString
    plot: SafeString
    rows: tuple[Row, ...]


def compared_of(line: Line, phrases: Phrases) -> Compared:
    """The past of a line, and everything it is compared with."""
    return Compared(*past_of(line, phrases), tuple(_row(line.metric, each) for each in line.benchmarks))


def _row(metric: Metric, found: Benchmark) -> Row:
    own = found.kind is BenchmarkKind.OWN_PAST
    name = fmt.period_name(found.whole or found.period) if own else _(OTHERS[found.kind.value])
    if found.value is None:
        return Row(name, "–", reason(found.reason))
    return Row(name, fmt.value(found.value, metric.unit), _stands_on(found))


def _stands_on(found: Benchmark) -> str:
    if found.kind is BenchmarkKind.INDUSTRY:
        return _("{source}; n = {count}").format(source=found.source, count=fmt.number(found.n))
    if found.kind is BenchmarkKind.OWN_PAST:
        return fmt.day_of_or_range(found.period)
    if found.kind is BenchmarkKind.TOP_QUARTILE:
        begins = _("where the better quarter of {people} in {group} begins, chance taken out")
        anywhere = _("where the better quarter of {people} in the organisation begins, chance taken out")
        return (begins if found.group else anywhere).format(people=people(found.n), group=found.group)
    mean = _("mean of {people} in {group}, without this rep")
    of_all = _("mean of {people} in the organisation, without this rep")
    return (mean if found.group else of_all).format(people=people(found.n), group=found.group)
