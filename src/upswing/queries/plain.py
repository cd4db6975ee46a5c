"""Answers as plain values for JSON, the same in the API and on the command line.

Money is `{"amount": "1234.50", "currency": "USD"}`; other values are numbers; what cannot be said is null.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from fractions import Fraction
from typing import Any
from uuid import UUID

from upswing.core.benchmarks import Benchmark, BenchmarkKind
from upswing.core.measures import Flow, Stock, Sum
from upswing.core.metrics.metric import Metric
from upswing.core.money import Money
from upswing.core.period import Period
from upswing.core.scorecard import Line, Scorecard, Value
from upswing.core.targets import Factor
from upswing.queries.catalogue import Described
from upswing.queries.funnel import Figures, Funnel
from upswing.queries.team import Board

Plain = dict[str, Any]


def plain_scorecard(card: Scorecard, kinds: Collection[BenchmarkKind] = frozenset(BenchmarkKind)) -> Plain:
    """A scorecard as JSON-ready values, with benchmarks of these kinds."""
    return {
        "rep": card.rep,
        "rep_id": str(card.rep_id),
        "team": card.team,
        "period": card.period.slug,
        "at": card.at.isoformat(),
        "working_days": card.working_days,
        "working_days_gone": card.working_days_gone,
        "lines": [plain_line(line, kinds) for line in card.lines],
    }


def plain_board(board: Board) -> Plain:
    """A team board as JSON-ready values."""
    return {
        "team": board.name,
        "teams": plain_cell(board.teams),
        "period": board.period.slug,
        "at": board.at.isoformat(),
        "cards": [plain_scorecard(card) for card in board.cards],
        "without_records": list(board.quiet),
    }


def plain_funnel(funnel: Funnel) -> Plain:
    """A funnel as JSON-ready values."""
    return {
        "rep": funnel.rep or None,
        "period": funnel.period.slug,
        "at": funnel.at.isoformat(),
        "steps": _plain_figures(funnel.steps),
        "sources": {word: _plain_figures(figures) for word, figures in funnel.sources.items()},
        "stages": {word: _plain_figures(figures) for word, figures in funnel.stages.items()},
    }


def _plain_figures(figures: Figures) -> Plain:
    return {key: plain(value) for key, value in figures.items()}


def plain_line(line: Line, kinds: Collection[BenchmarkKind] = frozenset(BenchmarkKind)) -> Plain:
    """One line. `target` is the whole period's, `expected` the part due by `at`, `attainment` actual / expected."""
    return {
        "metric": line.metric.key,
        "label": line.metric.label,
        "unit": line.metric.unit.value,
        "actual": plain(line.actual),
        "target": plain(line.target),
        "expected": plain(line.expected),
        "attainment": plain(line.attainment),
        "band": line.band.value if line.band else None,
        "evidence": line.evidence.value if line.evidence else None,
        "n": line.n,
        "direction": line.metric.better.value,
        "kind": line.metric.timing.value,
        "reason": line.reason,
        "factors": [plain_factor(factor) for factor in line.factors],
        "benchmarks": [plain_benchmark(one) for one in line.benchmarks if one.kind in kinds],
    }


def plain_metric(told: Described, family: str) -> Plain:
    """A metric of a family."""
    metric = told.metric
    names = ("key", "label", "help", "purpose", "unit", "minimum", "timing", "kind", "judged")
    return {name: plain_cell(getattr(metric, name)) for name in names} | {
        "family": family, "formula": told.formula, "direction": metric.better.value, "recorded": told.recorded,
    }  # fmt: skip


def plain_factor(factor: Factor) -> Plain:
    """One reason why the target is not the quota, and the numbers behind it."""
    return {
        "key": factor.key,
        "share": round(float(factor.share), 6),
        "values": {key: plain(value) for key, value in factor.values},
        "words": dict(factor.words),
    }


def plain_benchmark(benchmark: Benchmark) -> Plain:
    """One comparison, or the reason why there is none."""
    return {
        "kind": benchmark.kind.value,
        "value": plain(benchmark.value),
        "n": benchmark.n,
        "period": benchmark.period.slug,
        "group": benchmark.group,
        "source": benchmark.source,
        "reason": benchmark.reason,
    }


def plain(value: Value | None) -> Any:
    """Money as amount and currency, whole numbers as such, other numbers with six digits."""
    if value is None:
        return None
    if isinstance(value, Money):
        return {"amount": str(value.decimal), "currency": value.currency}
    return int(value) if value.denominator == 1 else round(float(Fraction(value)), 6)


def plain_text(value: Value | None) -> str:
    """A value in words that no place writes differently: 1234.50 EUR, 0.25, 12; a dash for what cannot be said."""
    return "–" if value is None else str(value) if isinstance(value, Money) else str(plain(value))


def plain_record(told: Any) -> Plain:
    """A dataclass as JSON-ready values."""
    return {field.name: plain_cell(getattr(told, field.name)) for field in fields(told)}


def plain_cell(value: Any) -> Any:
    """What an answer holds: ids, days, instants and periods as text; metrics and measures by key."""
    match value:
        case Money() | Fraction():
            return plain(value)
        case Period():
            return value.slug
        case Metric() | Flow() | Stock() | Sum():
            return value.key
        case Factor():
            return plain_factor(value)
        case Mapping():
            return {str(key): plain_cell(one) for key, one in value.items()}
        case list() | tuple():
            return [plain_cell(one) for one in value]
        case date():
            return value.isoformat()
        case Enum():
            return value.value
        case UUID():
            return str(value)
    return plain_record(value) if is_dataclass(value) else value
