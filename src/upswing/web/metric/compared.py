"""The number beside its own past and beside others: twelve periods as columns, every comparison with its n."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString

from upswing.core.benchmarks import Benchmark, BenchmarkKind
from upswing.core.metrics.metric import Metric
from upswing.core.scorecard import Line
from upswing.web.shared import format as fmt
from upswing.web.shared.past import past_of
from upswing.web.shared.sentences import people, reason
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


def compared_of(line: Line, noun: str) -> Compared:
    """The past of a line, and everything it is compared with."""
    return Compared(*past_of(line, noun), tuple(_row(line.metric, each) for each in line.benchmarks))


def _row(metric: Metric, found: Benchmark) -> Row:
    own = found.kind is BenchmarkKind.OWN_PAST
    name = fmt.period_name(found.whole or found.period) if own else OTHERS[found.kind.value]
    if found.value is None:
        return Row(name, "–", reason(found.reason))
    return Row(name, fmt.value(found.value, metric.unit), _stands_on(found))


def _stands_on(found: Benchmark) -> str:
    if found.kind is BenchmarkKind.INDUSTRY:
        return f"{found.source}; n = {fmt.number(found.n)}"
    if found.kind is BenchmarkKind.OWN_PAST:
        return fmt.day_of_or_range(found.period)
    where = found.group or "the organisation"
    if found.kind is BenchmarkKind.TOP_QUARTILE:
        return f"where the better quarter of {people(found.n)} in {where} begins, chance taken out"
    return f"mean of {people(found.n)} in {where}, without this rep"
