"""Value: from what was counted to a metric's value, dividing once, after everything is summed."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache
from math import ceil

from upswing.core.facts import DAY, WHOLE
from upswing.core.measures import (
    DEALS_UNVALUED,
    WON_VALUE,
    Flow,
    Measure,
    Of,
    Stock,
    Sum,
    filtered,
    flows_of,
    name_of,
    parts_of,
    records_of,
)
from upswing.core.metrics.metric import Metric, Plain, Ratio, Unit
from upswing.core.money import Money, rounded

Value = Fraction | Money
"""A metric's value: money for amounts, otherwise an exact number (a count, or a share 0-1)."""

Counted = Mapping[str, int]
"""What was counted, by measure key: credit in millionths, amounts in minor units, time in seconds, stocks netted.

A key that is absent counts as 0.
"""

PER_UNIT = {Of.CREDIT: WHOLE, Of.AMOUNT: 1, Of.SECONDS: 3_600}
"""How many of what is counted make one of the unit shown."""

_KNOWN = 1 << 10
"""Metrics of which it is remembered what they are made of."""

_GAPS = {WON_VALUE.key: DEALS_UNVALUED}
"""The count of records whose amount a sum of money lacks."""


def quantity(measure: Measure, counted: Counted) -> Fraction:
    """The measure itself, exact: a number of records (shared ones in part), minor units, hours, or days."""
    if isinstance(measure, Sum):
        return sum((times * quantity(part, counted) for times, part in measure.terms), Fraction(0))
    first = flows_of(measure)[0]
    return Fraction(counted.get(measure.key, 0), DAY if first.in_days else PER_UNIT[first.of])


def exact(metric: Metric, counted: Counted, quota: Fraction | None = None) -> Fraction | None:
    """The metric's value before rounding (money in minor units).

    None where the denominator is nothing, and where amounts are unknown: a sum of which none is known, a mean of
    which any is not.
    `quota` is the rep's for the period, in minor units; asked for only by metrics that are a share of it.
    """
    if unknown(metric, counted) and (
        isinstance(metric.value, Ratio) or not quantity(metric.value.measure, counted)
    ):
        return None
    match metric.value:
        case Plain(measure):
            return quantity(measure, counted)
        case Ratio(of, per):
            return _divided(quantity(of, counted), quantity(per, counted))
        case _:
            return _divided(quantity(metric.value.measure, counted), quota or Fraction(0))


def unknown(metric: Metric, counted: Counted) -> int:
    """How many of the records behind the metric's money are of unknown amount."""
    return sum(ceil(quantity(gap, counted)) for gap in _gaps(metric))


def value_of(metric: Metric, counted: Counted, currency: str, quota: Fraction | None = None) -> Value | None:
    """The metric's value as shown: money rounded to a minor unit, else exact; None as in `exact`."""
    value = exact(metric, counted, quota)
    return None if value is None else in_its_unit(metric, value, currency)


def in_its_unit(metric: Metric, value: Fraction, currency: str) -> Value:
    """A number of the metric in its own unit: minor units become money."""
    return Money(rounded(value), currency) if metric.unit is Unit.MONEY else value


def n_of(metric: Metric, counted: Counted) -> int:
    """How many records the value stands on (for a rate: its denominator); 0 when none.

    Credit is rounded up: half a deal is one record.
    """
    counts = records_measure(metric)
    return max(0, ceil(quantity(counts, counted))) if counts else 0


@lru_cache(_KNOWN)
def records_measure(metric: Metric) -> Measure | None:
    """The measure that counts the records behind the metric; None when nothing declares one."""
    if metric.evidence or not isinstance(metric.value, Plain):
        return metric.evidence
    measure = metric.value.measure
    if isinstance(measure, Stock):
        return records_of(measure)
    return counting(measure) if isinstance(measure, Sum) else None


def counting(measure: Measure) -> Measure | None:
    """What counts the records that a measure adds up, each of its parts for itself; None where nothing does."""
    if not isinstance(measure, Sum):
        return records_of(measure)
    counts = dict.fromkeys(each for part in parts_of(measure) if (each := records_of(part)))
    return (
        Sum(" + ".join(each.key for each in counts), tuple((Fraction(1), each) for each in counts))
        if counts
        else None
    )


def measures_in(metric: Metric) -> tuple[Flow | Stock, ...]:
    """What the metric's value alone is made of; each once."""
    value = metric.value
    measures = (value.of, value.per) if isinstance(value, Ratio) else (value.measure,)
    return tuple(dict.fromkeys(part for measure in measures for part in parts_of(measure)))


@lru_cache(_KNOWN)
def measures_of(metric: Metric) -> tuple[Flow | Stock, ...]:
    """Everything that must be counted for the metric's value, evidence and n; each once."""
    records = records_measure(metric)
    return tuple(
        dict.fromkeys((*measures_in(metric), *_gaps(metric), *(parts_of(records) if records else ())))
    )


@lru_cache(_KNOWN)
def _gaps(metric: Metric) -> tuple[Flow, ...]:
    """The counts of records whose amount is missing, of the very facts that the value adds up."""
    flows = (part for part in measures_in(metric) if isinstance(part, Flow) and name_of(part) in _GAPS)
    return tuple(filtered(_GAPS[name_of(flow)], flow.where) for flow in flows)


def _divided(above: Fraction, below: Fraction) -> Fraction | None:
    return above / below if below > 0 else None
