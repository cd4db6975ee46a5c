"""Metrics about money won."""

from upswing.core.measures import DEALS_WON, WON_VALUE
from upswing.core.metrics.metric import Better, Metric, OfQuota, Plain, Ratio, Timing, Unit

WON = Metric(
    key="won_value", label="Won value", help="What the deals won in the period were won for.",
    unit=Unit.MONEY, timing=Timing.LAGGING, better=Better.HIGHER,
    value=Plain(WON_VALUE), evidence=DEALS_WON,
)  # fmt: skip
AVERAGE = Metric(
    key="average_deal", label="Average deal", help="Won value per deal won in the period.",
    unit=Unit.MONEY, timing=Timing.LAGGING, better=Better.HIGHER,
    value=Ratio(WON_VALUE, per=DEALS_WON), evidence=DEALS_WON,
)  # fmt: skip
ATTAINMENT = Metric(
    key="attainment", label="Quota attainment", help="Won value as a share of the rep's quota for the period.",
    unit=Unit.SHARE, timing=Timing.LAGGING, better=Better.HIGHER,
    value=OfQuota(WON_VALUE), evidence=DEALS_WON,
)  # fmt: skip
