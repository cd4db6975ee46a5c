"""Metrics about what a rep does: whom they reach, and the meetings that come of it."""

from upswing.core.measures import (
    CALLS,
    CONNECTS,
    CONVERSATIONS,
    MEETINGS_BOOKED,
    MEETINGS_DUE,
    MEETINGS_HELD,
    MEETINGS_POSITIVE,
)
from upswing.core.metrics.metric import Better, Metric, Plain, Ratio, Timing, Unit

MADE = Metric(
    key="calls", label="Calls", help="Calls made in the period, whoever answered.",
    unit=Unit.COUNT, timing=Timing.LEADING, better=Better.HIGHER,
    value=Plain(CALLS), evidence=CALLS,
)  # fmt: skip
CONNECTED = Metric(
    key="connect_rate", label="Connect rate", help="Calls that a person answered, of the calls made in the period.",
    unit=Unit.SHARE, timing=Timing.LEADING, better=Better.HIGHER,
    value=Ratio(CONNECTS, per=CALLS), evidence=CALLS,
)  # fmt: skip
SPOKEN = Metric(
    key="conversations", label="Conversations",
    help="Calls in which the right person talked with the rep, for a minute or longer.",
    unit=Unit.COUNT, timing=Timing.LEADING, better=Better.HIGHER,
    value=Plain(CONVERSATIONS), evidence=CONVERSATIONS,
)  # fmt: skip
BOOKED = Metric(
    key="meetings_booked", label="Meetings booked",
    help="Meetings arranged in the period, on the day they were arranged.",
    unit=Unit.COUNT, timing=Timing.LEADING, better=Better.HIGHER,
    value=Plain(MEETINGS_BOOKED), evidence=MEETINGS_BOOKED,
)  # fmt: skip
HELD = Metric(
    key="meetings_held", label="Meetings held", help="Meetings of the period that took place.",
    unit=Unit.COUNT, timing=Timing.LEADING, better=Better.HIGHER,
    value=Plain(MEETINGS_HELD), evidence=MEETINGS_HELD,
)  # fmt: skip
POSITIVE = Metric(
    key="meetings_positive", label="Positive meetings",
    help="Meetings of the period after which the buyer wanted to go on.",
    unit=Unit.COUNT, timing=Timing.LEADING, better=Better.HIGHER,
    value=Plain(MEETINGS_POSITIVE), evidence=MEETINGS_POSITIVE,
)  # fmt: skip
SHOWN = Metric(
    key="show_rate", label="Show rate", help="Meetings held, of the meetings due in the period.",
    unit=Unit.SHARE, timing=Timing.LEADING, better=Better.HIGHER,
    value=Ratio(MEETINGS_HELD, per=MEETINGS_DUE), evidence=MEETINGS_DUE,
)  # fmt: skip
