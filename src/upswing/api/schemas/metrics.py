"""The catalogue of metrics."""

from __future__ import annotations

from upswing.api.schemas.values import Strict


class MetricOut(Strict):
    """One metric: what it counts (`help`), how that helps (`purpose`), and from how many records on it is judged.

    `family` is "own" for metrics of the organisation's own; `timing` says whether a rep steers it or it follows.
    """

    key: str
    label: str
    family: str
    help: str
    purpose: str
    formula: str
    unit: str
    direction: str
    minimum: int
    timing: str
    kind: str
    judged: bool
    recorded: bool


class MetricsOut(Strict):
    """Every metric, in the order of the funnel."""

    metrics: list[MetricOut]
