"""Metrics about deals: how many come in, stand open, are decided, are won."""

from upswing.core.measures import DEALS_CLOSED, DEALS_CREATED, DEALS_WON, OPEN_VALUE
from upswing.core.metrics.metric import Better, Metric, Plain, Ratio, Timing, Unit

CREATED = Metric(
    key="deals_created", label="Deals created", help="Deals that entered the pipeline in the period.",
    unit=Unit.COUNT, timing=Timing.LEADING, better=Better.HIGHER,
    value=Plain(DEALS_CREATED), evidence=DEALS_CREATED,
)  # fmt: skip
OPEN = Metric(
    key="open_value", label="Open pipeline",
    help="Value of the deals that stand open: the stated amount, else the list price of the product.",
    unit=Unit.MONEY, timing=Timing.LEADING, better=Better.HIGHER,
    value=Plain(OPEN_VALUE), evidence=None,
)  # fmt: skip
WON = Metric(
    key="deals_won", label="Deals won", help="Deals won in the period, by the day they were decided.",
    unit=Unit.COUNT, timing=Timing.LAGGING, better=Better.HIGHER,
    value=Plain(DEALS_WON), evidence=DEALS_WON,
)  # fmt: skip
WIN_RATE = Metric(
    key="win_rate", label="Win rate", help="Deals won, of the deals decided (won or lost) in the period.",
    unit=Unit.SHARE, timing=Timing.LAGGING, better=Better.HIGHER,
    value=Ratio(DEALS_WON, per=DEALS_CLOSED), evidence=DEALS_CLOSED,
)  # fmt: skip
