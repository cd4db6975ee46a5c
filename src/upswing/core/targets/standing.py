"""Targets of rates and stocks, which are not spread over days; and of any metric by its kind."""

from __future__ import annotations

from collections.abc import Sequence

from upswing.core.measures import stands
from upswing.core.metrics.metric import Metric, Ratio
from upswing.core.period import Period
from upswing.core.targets.aiming import Spreading, covers, length, total
from upswing.core.targets.target import NoTarget, Quota, Target


def stand(quotas: Sequence[Quota], period: Period, *, at_the_end: bool = False) -> Target | NoTarget:
    """The target of a rate or a stock, which is not spread: the shortest quota over the whole period.

    Where none is that long, quotas that follow each other over all of it: their mean by days, or, for a
    stock (`at_the_end`), the last.
    """
    around = [quota for quota in quotas if covers(quota, period) and quota.value > 0]
    if around:
        return Target(min(around, key=length).value)
    row = _row(quotas, period)
    if not row:
        return NoTarget("no_target")
    mean = total(quota.value * quota.period.days for quota in row) / period.days
    return Target(row[-1].value if at_the_end else mean)


def target_of(
    metric: Metric, quotas: Sequence[Quota], period: Period, spreading: Spreading
) -> Target | NoTarget:
    """The target of any metric: what adds up over days is spread, shaped and added; rates and stocks stand."""
    if isinstance(metric.value, Ratio):
        return stand(quotas, period)
    if stands(metric.value.measure):
        return stand(quotas, period, at_the_end=True)
    return spreading.target(quotas, period)


def _row(quotas: Sequence[Quota], period: Period) -> list[Quota]:
    """The quotas that follow each other from the first day of the period to its last; empty where one is missing."""
    row: list[Quota] = []
    day = period.start
    while day < period.end:
        nexts = [quota for quota in quotas if quota.period.start == day and quota.period.end <= period.end]
        if not nexts or not all(quota.value > 0 for quota in nexts):
            return []
        row.append(min(nexts, key=length))
        day = row[-1].period.end
    return row
