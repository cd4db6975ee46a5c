"""The catalogue: every metric by its key. A new metric is one declaration in a family and nothing else."""

from collections.abc import Collection
from difflib import get_close_matches

from upswing.core.metrics import activities, adoption, deals, development, leads, proposals, revenue
from upswing.core.metrics.metric import Metric
from upswing.core.wording import worded

FAMILIES: dict[str, tuple[Metric, ...]] = {
    name: tuple(value for value in vars(family).values() if isinstance(value, Metric))
    for name, family in {
        "leads": leads, "activities": activities, "deals": deals, "proposals": proposals, "revenue": revenue,
        "development": development, "adoption": adoption,
    }.items()
}  # fmt: skip
"""Every metric by its family, in the order of the funnel."""

CATALOGUE: dict[str, Metric] = {metric.key: metric for family in FAMILIES.values() for metric in family}

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
    """No metric has that key; `own` are those of the organisation."""

    def __init__(self, key: str, own: Collection[str] = ()) -> None:
        known = (*CATALOGUE, *own)
        near = get_close_matches(key, known, n=1)
        hint = (
            worded("Did you mean “{near}”?", near=near[0])
            if near
            else worded("There are: {there}.", there=", ".join(sorted(known)))
        )
        super().__init__(worded("No metric is called “{key}”. {hint}", key=key, hint=hint))


def metric(key: str) -> Metric:
    """The metric of the catalogue with that key; raises UnknownMetric."""
    if key not in CATALOGUE:
        raise UnknownMetric(key)
    return CATALOGUE[key]
