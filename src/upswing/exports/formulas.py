"""The formulas of the workbook, as text: a share reached, and what a column adds up to."""

from __future__ import annotations

from upswing.core.metrics.metric import Better, Metric, Plain, Unit

PARTS = ("actual", "target", "due", "reached")
SUMMED = {Unit.COUNT, Unit.MONEY, Unit.HOURS}


def reached(metric: Metric, actual: str, due: str) -> str:
    """Actual / due of two cells, turned round where lower is better; empty where nothing was due."""
    above, below = (actual, due) if metric.better is Better.HIGHER else (due, actual)
    return f'=IF({below}>0,{above}/{below},"")'


def adds_up(metric: Metric) -> bool:
    """Whether people's values add up to their team's: rates, averages and shares of quota do not."""
    return isinstance(metric.value, Plain) and metric.unit in SUMMED


def total(metric: Metric, part: str) -> str:
    """The sum of a part, or the team's share reached, over those only of whom something was due."""
    if part != "reached":
        return f"=SUM({range_name(metric, part)})"
    due = range_name(metric, "due")
    held, asked = f'SUMIF({due},">0",{range_name(metric, "actual")})', f"SUM({due})"
    above, below = (held, asked) if metric.better is Better.HIGHER else (asked, held)
    return f'=IF({below}>0,{above}/{below},"")'


def range_name(metric: Metric, part: str) -> str:
    """The name of a part's cells: won_value_actual."""
    return f"{metric.key}_{part}"
