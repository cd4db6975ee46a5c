"""How the counts of many reps together came in, day by day or month by month."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from upswing.core.measures import FLOWS
from upswing.core.period import Period, month_of
from upswing.ledger.counting.statement import DAYS, MONTHS, listed, rows

Came = dict[str, list[tuple[date, int]]]
"""Measure key → days in order, and what came in from the day before them up to each."""


def came_in(reps: Collection[int], span: Period, *, by_month: bool = False) -> Came:
    """Every flow of these reps together over the days of the span, or over its months, told on their last days."""
    tier = MONTHS if by_month else DAYS
    sums = ", ".join(f"CAST(SUM({flow.key}) AS BIGINT)" for flow in FLOWS)
    sql = (
        f"SELECT day, {sums} FROM {tier} WHERE rep_id IN ({listed(reps)}) AND day >= %s AND day < %s"
        " GROUP BY day ORDER BY day"
    )
    came: Came = {flow.key: [] for flow in FLOWS}
    for written, *values in rows(sql, [span.start, span.end]) if reps else ():
        day = date.fromisoformat(written) if isinstance(written, str) else written
        told = month_of(day).last if by_month else day
        for flow, value in zip(FLOWS, values, strict=True):
            if value:
                came[flow.key].append((told, value))
    return came
