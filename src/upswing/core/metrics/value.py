"""Value: from what was counted to a metric's value, dividing once, after everything is summed."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import ceil

from upswing.core.facts import DAY, WHOLE
from upswing.core.measures import (
    DEALS_UNVALUED,
    OPEN_DEALS,
    OPEN_VALUE,
    WON_VALUE,
    Flow,
    Measure,
    Of,
    flows_of,
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

_GAPS: dict[Measure, Flow] = {WON_VALUE: DEALS_UNVALUED}
"""The count of records whose amount a sum of money lacks."""

_RECORDS_OF: dict[Measure, Measure] = {OPEN_VALUE: OPEN_DEALS, OPEN_DEALS: OPEN_DEALS}
"""The count a stock stands on; other metrics name theirs as `evidence`."""


def quantity(measure: Measure, counted: Counted) -> Fraction:
    """The measure itself, exact: a number of records (shared ones in part), minor units, hours, or days."""
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
    value = metric.value
    measures = (value.of, value.per) if isinstance(value, Ratio) else (value.measure,)
    return sum(ceil(quantity(_GAPS[measure], counted)) for measure in measures if measure in _GAPS)


def value_of(metric: Metric, counted: Counted, currency: str, quota: Fraction | None = None) -> Value | None:
    """The metric's value as shown: money rounded to a minor unit, else exact; None as in `exact`."""
    value = exact(metric, counted, quota)
    return None if value is None else worded(metric, value, currency)


def worded(metric: Metric, value: Fraction, currency: str) -> Value:
    """A number of the metric in its own unit: minor units become money."""
    return Money(rounded(value), currency) if metric.unit is Unit.MONEY else value


def n_of(metric: Metric, counted: Counted) -> int:
    """How many records the value stands on (for a rate: its denominator); 0 when none.

    Credit is rounded up: half a deal is one record.
    """
    counts = records_measure(metric)
    return max(0, ceil(quantity(counts, counted))) if counts else 0


def records_measure(metric: Metric) -> Measure | None:
    """The measure that counts the records behind the metric; None when nothing declares one."""
    if metric.evidence or not isinstance(metric.value, Plain):
        return metric.evidence
    return _RECORDS_OF.get(metric.value.measure)


def measures_of(metric: Metric) -> tuple[Measure, ...]:
    """Everything that must be counted for the metric's value, evidence and n; each once."""
    value = metric.value
    needed = (value.of, value.per) if isinstance(value, Ratio) else (value.measure,)
    gaps = [_GAPS[measure] for measure in needed if measure in _GAPS]
    records = records_measure(metric)
    return tuple(dict.fromkeys((*needed, *gaps, *((records,) if records else ()))))


def _divided(above: Fraction, below: Fraction) -> Fraction | None:
    return above / below if below > 0 else None
