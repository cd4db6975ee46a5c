"""The catalogue: every metric by its key. A new metric is one declaration in a family and nothing else."""

from difflib import get_close_matches

from upswing.core.metrics import activities, deals, leads, proposals, revenue
from upswing.core.metrics.metric import Metric

CATALOGUE: dict[str, Metric] = {
    value.key: value
    for family in (leads, activities, deals, proposals, revenue)
    for value in vars(family).values()
    if isinstance(value, Metric)
}

STARTER_CARD: tuple[Metric, ...] = (
    deals.CREATED, deals.OPEN, revenue.ATTAINMENT, revenue.WON, deals.WON, deals.WIN_RATE, revenue.AVERAGE,
)  # fmt: skip
"""The lines of a card until an organisation writes its own, where deals are all that is recorded."""

FUNNEL_CARD: tuple[Metric, ...] = (
    activities.SPOKEN, activities.HELD, proposals.SENT, deals.OPEN, revenue.WON, deals.WIN_RATE,
)  # fmt: skip
"""The same where activities are recorded too: four lines a rep steers, two that follow."""


def of_bookings(card: tuple[Metric, ...]) -> tuple[Metric, ...]:
    """The same card where quotas are of what accounting booked, not of deals won."""
    booked = {revenue.WON.key: revenue.BOOKED, revenue.ATTAINMENT.key: revenue.BOOKED_ATTAINMENT}
    return tuple(booked.get(metric.key, metric) for metric in card)


class UnknownMetric(LookupError):
    """No metric has that key."""

    def __init__(self, key: str) -> None:
        near = get_close_matches(key, CATALOGUE, n=1)
        hint = f"Did you mean “{near[0]}”?" if near else f"There are: {', '.join(sorted(CATALOGUE))}."
        super().__init__(f"No metric is called “{key}”. {hint}")


def metric(key: str) -> Metric:
    """The metric of that key; raises UnknownMetric."""
    if key not in CATALOGUE:
        raise UnknownMetric(key)
    return CATALOGUE[key]
