"""Metrics about money won."""

from upswing.core.measures import BOOKED_REVENUE, DEALS_WON, INVOICES, WON_VALUE
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
BOOKED = Metric(
    key="booked_revenue", label="Booked revenue",
    help="What accounting invoiced in the period for the rep's deals, less credit notes, without tax.",
    unit=Unit.MONEY, timing=Timing.LAGGING, better=Better.HIGHER,
    value=Plain(BOOKED_REVENUE), evidence=INVOICES,
)  # fmt: skip
BOOKED_ATTAINMENT = Metric(
    key="booked_attainment", label="Quota attainment",
    help="Booked revenue as a share of the rep's quota for the period.",
    unit=Unit.SHARE, timing=Timing.LAGGING, better=Better.HIGHER,
    value=OfQuota(BOOKED_REVENUE), evidence=INVOICES,
)  # fmt: skip
