"""The one big number: what was won, against pace and target, beside the last twelve periods."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from django.utils.safestring import SafeString

from upswing.core.metrics.metric import Unit
from upswing.core.money import Money, digits
from upswing.core.scorecard import Line, Point, Scorecard
from upswing.queries.pacing import Pacing
from upswing.web.scorecard.running import Running, running_of
from upswing.web.shared import format as fmt
from upswing.web.shared.charts import Column, columns
from upswing.web.shared.charts.ticks import ticks
from upswing.web.shared.factors import lowered
from upswing.web.shared.lines import exact
from upswing.web.shared.sentences import reason

FEWEST = 6


@dataclass(frozen=True, slots=True)
class Hero:
    """The number, what it is compared with as (bold, quiet) pairs, and its history."""

    title: str
    url: str
    value: str
    facts: tuple[tuple[str, str], ...]
    axis: SafeString
    plot: SafeString
    aimed: str
    lowered: str
    running: Running | None = None


def hero_of(
    card: Scorecard, urls: Mapping[str, str], noun: str, over: bool, pacing: Pacing | None = None
) -> Hero | None:
    """The card's main line, which is money, with how it runs where that is told; None when it has none."""
    line = card.main
    if line is None:
        return None
    axis, plot = _history(line, noun) if pacing is None else (SafeString(""), SafeString(""))
    aimed = "" if line.target is None else fmt.value(line.target, line.metric.unit)
    return Hero(
        line.metric.label, urls[line.metric.key], fmt.value(line.actual, line.metric.unit),
        tuple(_facts(line, noun, over)), axis, plot, aimed, lowered(line.factors, fmt.period_name(card.period)),
        None if pacing is None else running_of(pacing),
    )  # fmt: skip


def _facts(line: Line, noun: str, over: bool) -> list[tuple[str, str]]:
    unit, facts = line.metric.unit, []
    whole, value = line.target, line.actual
    if whole is None or value is None or not exact(whole):
        return [("", reason(line.reason or "no_target"))]
    share = Fraction(exact(value)) / exact(whole)
    facts.append((fmt.percent(share), f"of the {noun}’s target, {fmt.value(whole, unit)}"))
    if not over and line.attainment is not None and line.expected is not None:
        facts.append((fmt.percent(line.attainment), f"of today’s pace, {fmt.value(line.expected, unit)}"))
    return facts


def _history(line: Line, noun: str) -> tuple[SafeString, SafeString]:
    """The last periods as columns, in whole currency units; never fewer than six, so that a bar stays a bar."""
    first = next((place for place, point in enumerate(line.history) if point.value is not None), 0)
    points = line.history[min(first, max(0, len(line.history) - FEWEST)) :]
    known = [point.value for point in points if isinstance(point.value, Money)]
    if len(points) < 2 or not known:
        return SafeString(""), SafeString("")
    target = _units(line.target) if isinstance(line.target, Money) else None
    scale = ticks(max([_units(value) for value in known] + [target or 0.0]))
    words = [(tick, fmt.money_compact(_money(tick, known[0].currency))) for tick in scale]
    said = f"{line.metric.label}, last {len(points)} {noun}s: " + ", ".join(map(_said, points)) + "."
    return columns([_column(point) for point in points], words, said, target)


def _column(point: Point) -> Column:
    label, second = fmt.period_tick(point.period)
    value = _units(point.value) if isinstance(point.value, Money) else None
    return Column(value, label, second, "")


def _said(point: Point) -> str:
    return f"{fmt.period_name(point.period)} {fmt.value(point.value, Unit.MONEY)}"


def _units(value: Money) -> float:
    return float(value.decimal)


def _money(amount: float, currency: str) -> Money:
    return Money(round(amount * 10 ** digits(currency)), currency)
