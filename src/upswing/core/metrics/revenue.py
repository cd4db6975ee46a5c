"""Metrics about money won and money booked."""

from upswing.core.measures import (
    BOOKED_REVENUE,
    DEALS_WON,
    INVOICES,
    NEW_BUSINESS,
    NEW_INVOICES,
    WON_VALUE,
)
from upswing.core.metrics.metric import Better, Kind, Metric, OfQuota, Plain, Ratio, Timing, Unit

WON = Metric(
    key="won_value", label="Won value",
    help="What the deals won in the period were won for.",
    purpose="What the quarter is made of; every amount opens its deals.",
    kind=Kind.VALUE, unit=Unit.MONEY, timing=Timing.LAGGING, better=Better.HIGHER,
    value=Plain(WON_VALUE), evidence=DEALS_WON,
)  # fmt: skip
AVERAGE = Metric(
    key="average_deal", label="Average deal",
    help="Won value per deal won in the period.",
    purpose="Size is one of the few ways to more without more hours.",
    kind=Kind.VALUE, unit=Unit.MONEY, timing=Timing.LAGGING, better=Better.HIGHER,
    value=Ratio(WON_VALUE, per=DEALS_WON), evidence=DEALS_WON,
)  # fmt: skip
ATTAINMENT = Metric(
    key="attainment", label="Quota attainment",
    help="Won value as a share of the rep's quota for the period.",
    purpose="Where you stand against what was agreed.",
    kind=Kind.VALUE, unit=Unit.SHARE, timing=Timing.LAGGING, better=Better.HIGHER,
    value=OfQuota(WON_VALUE), evidence=DEALS_WON,
)  # fmt: skip
BOOKED = Metric(
    key="booked_revenue", label="Booked revenue",
    help="What accounting invoiced in the period for the rep's deals, less credit notes, without tax.",
    purpose="The money that really came of your deals, and that pay rests on.",
    kind=Kind.VALUE, unit=Unit.MONEY, timing=Timing.LAGGING, better=Better.HIGHER,
    value=Plain(BOOKED_REVENUE), evidence=INVOICES,
)  # fmt: skip
BOOKED_ATTAINMENT = Metric(
    key="booked_attainment", label="Quota attainment",
    help="Booked revenue as a share of the rep's quota for the period.",
    purpose="Where you stand against what was agreed, in booked money.",
    kind=Kind.VALUE, unit=Unit.SHARE, timing=Timing.LAGGING, better=Better.HIGHER,
    value=OfQuota(BOOKED_REVENUE), evidence=INVOICES,
)  # fmt: skip
BILLED = Metric(
    key="invoices", label="Invoices",
    help="Invoices of the period for the rep’s deals; a credit note counts as none.",
    purpose="See that what you won is also billed.",
    kind=Kind.VOLUME, unit=Unit.COUNT, timing=Timing.LAGGING, better=Better.HIGHER,
    value=Plain(INVOICES), evidence=INVOICES,
)  # fmt: skip
AVERAGE_INVOICE = Metric(
    key="average_invoice", label="Average invoice",
    help="Booked revenue per invoice of the period.",
    purpose="Small invoices cost as much work as large ones.",
    kind=Kind.VALUE, unit=Unit.MONEY, timing=Timing.LAGGING, better=Better.HIGHER,
    value=Ratio(BOOKED_REVENUE, per=INVOICES), evidence=INVOICES,
)  # fmt: skip
NEW = Metric(
    key="new_business", label="Net new business",
    help="What accounting booked in the period for accounts within 365 days of their first invoice, less credit notes.",
    purpose="Shows what comes of winning new customers, apart from what known ones buy again.",
    kind=Kind.VALUE, unit=Unit.MONEY, timing=Timing.LAGGING, better=Better.HIGHER,
    value=Plain(NEW_BUSINESS), evidence=NEW_INVOICES,
)  # fmt: skip
