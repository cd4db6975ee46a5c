"""The last periods of a line as columns, the running one beside its target."""

from __future__ import annotations

from fractions import Fraction

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from upswing.core.metrics.metric import Unit
from upswing.core.money import Money, digits
from upswing.core.scorecard import Line, Point, Value
from upswing.web.shared import format as fmt
from upswing.web.shared.charts import Column, columns
from upswing.web.shared.charts.ticks import ticks
from upswing.web.shared.spans import Phrases

FEWEST = 6


def past_of(line: Line, phrases: Phrases) -> tuple[SafeString, SafeString]:
    """The axis and the plot; never fewer than six, so that a bar stays a bar. Empty with fewer than two."""
    first = next((place for place, point in enumerate(line.history) if point.value is not None), 0)
    points = line.history[min(first, max(0, len(line.history) - FEWEST)) :]
    known = [point.value for point in points if point.value is not None]
    if len(points) < 2 or not known:
        return SafeString(""), SafeString("")
    unit, target = line.metric.unit, None if line.target is None else _units(line.target, line.metric.unit)
    scale = ticks(max([_units(value, unit) for value in known] + [target or 0.0]))
    words = [(tick, _worded(tick, known[0], unit)) for tick in scale]
    said = fmt.in_a_row(f"{fmt.period_name(point.period)} {fmt.value(point.value, unit)}" for point in points)
    label = phrases.past.format(label=_(line.metric.label), count=fmt.number(len(points)), values=said)
    return columns([_column(point, unit) for point in points], words, label, target)


def _column(point: Point, unit: Unit) -> Column:
    label, second = fmt.period_tick(point.period)
    return Column(None if point.value is None else _units(point.value, unit), label, second, "")


def _units(value: Value, unit: Unit) -> float:
    """A value as the axis has it: money in whole units, shares in percent."""
    if isinstance(value, Money):
        return float(value.decimal)
    return float(value) * (100 if unit is Unit.SHARE else 1)


def _worded(tick: float, like: Value, unit: Unit) -> str:
    if isinstance(like, Money):
        return fmt.money_compact(Money(round(tick * 10 ** digits(like.currency)), like.currency))
    if unit is Unit.SHARE:
        return fmt.percent(Fraction(tick).limit_denominator(1000) / 100)
    return fmt.number(Fraction(tick).limit_denominator(1000))
