"""The card beside: each line against the rep's own past and against the team."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from upswing.core.benchmarks import Benchmark, BenchmarkKind
from upswing.core.metrics.metric import Metric
from upswing.core.scorecard import Line, Scorecard
from upswing.web.shared import format as fmt
from upswing.web.shared.lines import mark
from upswing.web.shared.sentences import reason


@dataclass(frozen=True, slots=True)
class Other:
    """One comparison: its value, or why there is none."""

    value: str
    why_not: str


@dataclass(frozen=True, slots=True)
class VersusRow:
    """One line with both comparisons."""

    metric: Metric
    url: str
    actual: str
    own: Other
    team: Other


@dataclass(frozen=True, slots=True)
class Versus:
    """The rows, and what the two columns stand on."""

    rows: tuple[VersusRow, ...]
    own: str
    team: str


def versus_of(card: Scorecard, urls: Mapping[str, str]) -> Versus:
    """The comparisons of a card; lines without any are left out."""
    rows = tuple(_row(line, urls[line.metric.key]) for line in card.lines if line.benchmarks)
    own = _marks(card.lines, BenchmarkKind.OWN_PAST)
    team = [found for found in _marks(card.lines, BenchmarkKind.TEAM) if found.value is not None]
    span = fmt.day_of_or_range(own[0].period) if own else ""
    return Versus(rows, span, _people(max(team, key=lambda found: found.n)) if team else "")


def _people(found: Benchmark) -> str:
    where = f" in {found.group}" if found.group else " in the organisation"
    return f"mean of {fmt.number(found.n)} other people{where}"


def _marks(lines: Iterable[Line], kind: BenchmarkKind) -> list[Benchmark]:
    return [found for line in lines if (found := mark(line, kind))]


def _row(line: Line, url: str) -> VersusRow:
    own, team = (_other(line, mark(line, kind)) for kind in (BenchmarkKind.OWN_PAST, BenchmarkKind.TEAM))
    return VersusRow(line.metric, url, fmt.value(line.actual, line.metric.unit), own, team)


def _other(line: Line, found: Benchmark | None) -> Other:
    if found is None:
        return Other("–", "Not compared")
    if found.value is None:
        return Other("–", reason(found.reason))
    return Other(fmt.value(found.value, line.metric.unit), "")
