"""Answers as plain values for JSON, the same in the API and on the command line.

Money is `{"amount": "1234.50", "currency": "USD"}`; other values are numbers; what cannot be said is null.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Any
from uuid import UUID

from upswing.core.benchmarks import Benchmark
from upswing.core.money import Money
from upswing.core.scorecard import Line, Scorecard, Value
from upswing.core.targets import Factor
from upswing.queries.funnel import Figures, Funnel
from upswing.queries.team import Board

Plain = dict[str, Any]


def plain_scorecard(card: Scorecard) -> Plain:
    """A scorecard as JSON-ready values."""
    return {
        "rep": card.rep,
        "rep_id": str(card.rep_id),
        "team": card.team,
        "period": card.period.slug,
        "at": card.at.isoformat(),
        "working_days": card.working_days,
        "working_days_gone": card.working_days_gone,
        "lines": [plain_line(line) for line in card.lines],
    }


def plain_board(board: Board) -> Plain:
    """A team board as JSON-ready values."""
    return {
        "team": board.name,
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


def plain_line(line: Line) -> Plain:
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
        "benchmarks": [plain_benchmark(benchmark) for benchmark in line.benchmarks],
    }


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
        "reason": benchmark.reason,
    }


def plain(value: Value | None) -> Any:
    """Money as amount and currency, whole numbers as such, other numbers with six digits."""
    if value is None:
        return None
    if isinstance(value, Money):
        return {"amount": str(value.decimal), "currency": value.currency}
    return int(value) if value.denominator == 1 else round(float(Fraction(value)), 6)


def plain_record(told: Any) -> Plain:
    """A dataclass as JSON-ready values: ids, days and instants as text."""
    return {field.name: _plain_cell(getattr(told, field.name)) for field in fields(told)}


def _plain_cell(value: Any) -> Any:
    if is_dataclass(value):
        return plain_record(value)
    if isinstance(value, list | tuple):
        return [_plain_cell(one) for one in value]
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value
