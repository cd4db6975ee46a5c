"""Metrics about deals: how many come in, stand open, are decided, are won."""

from upswing.core.measures import (
    CLOSED_VALUE,
    CREATED_VALUE,
    CYCLE_TIME,
    CYCLES,
    DEALS_CLOSED,
    DEALS_CREATED,
    DEALS_LEFT,
    DEALS_LOST,
    DEALS_WON,
    LOST_VALUE,
    MEETINGS_POSITIVE,
    OPEN_DEALS,
    OPEN_VALUE,
    STAGE_TIME,
)
from upswing.core.metrics.metric import Better, Kind, Metric, Plain, Ratio, Timing, Unit

CREATED = Metric(
    key="deals_created", label="Deals created",
    help="Deals that entered the pipeline in the period.",
    purpose="What is won later begins here.",
    kind=Kind.VOLUME, unit=Unit.COUNT, timing=Timing.LEADING, better=Better.HIGHER,
    value=Plain(DEALS_CREATED), evidence=DEALS_CREATED,
)  # fmt: skip
CREATED_WORTH = Metric(
    key="created_value", label="Pipeline created",
    help="What the deals that entered the pipeline in the period were thought to be worth.",
    purpose="Enough new pipeline today is what keeps next quarter calm.",
    kind=Kind.VOLUME, unit=Unit.MONEY, timing=Timing.LEADING, better=Better.HIGHER,
    value=Plain(CREATED_VALUE), evidence=DEALS_CREATED,
)  # fmt: skip
STANDING = Metric(
    key="open_deals", label="Open deals",
    help="Deals that stand open.",
    purpose="As many as you can look after well.",
    kind=Kind.VOLUME, unit=Unit.COUNT, timing=Timing.LEADING, better=Better.HIGHER,
    value=Plain(OPEN_DEALS), evidence=None,
)  # fmt: skip
OPEN = Metric(
    key="open_value", label="Open pipeline",
    help="Value of the deals that stand open: the stated amount, else the list price of the product.",
    purpose="Tells whether there is enough to reach the target from.",
    kind=Kind.VOLUME, unit=Unit.MONEY, timing=Timing.LEADING, better=Better.HIGHER,
    value=Plain(OPEN_VALUE), evidence=None,
)  # fmt: skip
PER_MEETING = Metric(
    key="deals_per_meeting", label="Deals per positive meeting",
    help="Deals that entered the pipeline in the period, per positive meeting during it.",
    purpose="A good meeting without a deal is worth a second call.",
    kind=Kind.CONVERSION, unit=Unit.RATIO, timing=Timing.LEADING, better=Better.HIGHER,
    value=Ratio(DEALS_CREATED, per=MEETINGS_POSITIVE), evidence=MEETINGS_POSITIVE,
)  # fmt: skip
DECIDED = Metric(
    key="deals_closed", label="Deals decided",
    help="Deals won or lost in the period.",
    purpose="A clear no is a result too: it frees your time.",
    kind=Kind.VOLUME, unit=Unit.COUNT, timing=Timing.LAGGING, better=Better.HIGHER,
    value=Plain(DEALS_CLOSED), evidence=DEALS_CLOSED,
)  # fmt: skip
WON = Metric(
    key="deals_won", label="Deals won",
    help="Deals won in the period, by the day they were decided.",
    purpose="The result that all the steps before lead to.",
    kind=Kind.VOLUME, unit=Unit.COUNT, timing=Timing.LAGGING, better=Better.HIGHER,
    value=Plain(DEALS_WON), evidence=DEALS_WON,
)  # fmt: skip
LOST = Metric(
    key="deals_lost", label="Deals lost",
    help="Deals lost in the period, by the day they were decided.",
    purpose="Losses tell what to ask earlier next time.",
    kind=Kind.VOLUME, unit=Unit.COUNT, timing=Timing.LAGGING, better=Better.LOWER,
    value=Plain(DEALS_LOST), evidence=DEALS_LOST,
)  # fmt: skip
WIN_RATE = Metric(
    key="win_rate", label="Win rate",
    help="Deals won, of the deals decided (won or lost) in the period.",
    purpose="Tells whether the right deals are taken on, and taken to the end.",
    kind=Kind.CONVERSION, unit=Unit.SHARE, timing=Timing.LAGGING, better=Better.HIGHER,
    value=Ratio(DEALS_WON, per=DEALS_CLOSED), evidence=DEALS_CLOSED,
)  # fmt: skip
CYCLE = Metric(
    key="sales_cycle", label="Sales cycle",
    help="Days from the day a deal was created to the day it was won, the mean of deals won in the period.",
    purpose="Know when to follow up, and when a deal has grown old.",
    kind=Kind.SPEED, unit=Unit.DAYS, timing=Timing.LAGGING, better=Better.LOWER,
    value=Ratio(CYCLE_TIME, per=CYCLES), evidence=CYCLES,
)  # fmt: skip
LEAKED = Metric(
    key="lost_value", label="Value lost",
    help="What the deals lost in the period were worth while they stood open.",
    purpose="Shows where effort goes without return, and what a better first question could have saved.",
    kind=Kind.VOLUME, unit=Unit.MONEY, timing=Timing.LAGGING, better=Better.LOWER,
    value=Plain(LOST_VALUE), evidence=DEALS_LOST,
)  # fmt: skip
LEAKAGE = Metric(
    key="pipeline_leakage", label="Pipeline leakage",
    help="Value of deals lost, of the value of all deals decided in the period, as they stood open.",
    purpose="Tells how much of the pipeline drains away, weighed by money.",
    kind=Kind.CONVERSION, unit=Unit.SHARE, timing=Timing.LAGGING, better=Better.LOWER,
    value=Ratio(LOST_VALUE, per=CLOSED_VALUE), evidence=DEALS_CLOSED,
)  # fmt: skip
STAGE_DAYS = Metric(
    key="time_in_stage", label="Time in stage",
    help="Days that deals stayed in a stage, the mean of the stays that ended in the period.",
    purpose="Shows where deals wait, and when to ask for the next step.",
    kind=Kind.SPEED, unit=Unit.DAYS, timing=Timing.LEADING, better=Better.LOWER,
    value=Ratio(STAGE_TIME, per=DEALS_LEFT), evidence=DEALS_LEFT,
)  # fmt: skip
