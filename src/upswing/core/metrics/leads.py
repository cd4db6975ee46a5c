"""Metrics about leads: how many come in, are reached, are worth a deal. Each milestone counts on its own day."""

from upswing.core.measures import (
    LEADS_ATTEMPTED,
    LEADS_CONTACTED,
    LEADS_CREATED,
    LEADS_DISQUALIFIED,
    LEADS_QUALIFIED,
    RESPONSE_TIME,
)
from upswing.core.metrics.metric import Better, Kind, Metric, Plain, Ratio, Timing, Unit

CREATED = Metric(
    key="leads_created", label="Leads created",
    help="Leads that came in, or were found, in the period.",
    purpose="See whether there is enough to work with before you work harder.",
    kind=Kind.VOLUME, unit=Unit.COUNT, timing=Timing.LEADING, better=Better.HIGHER,
    value=Plain(LEADS_CREATED), evidence=LEADS_CREATED,
)  # fmt: skip
ATTEMPTED = Metric(
    key="leads_attempted", label="Leads attempted",
    help="Leads that the rep tried to reach for the first time.",
    purpose="Keep fresh leads from going cold untouched.",
    kind=Kind.ACTIVITY, unit=Unit.COUNT, timing=Timing.LEADING, better=Better.HIGHER,
    value=Plain(LEADS_ATTEMPTED), evidence=LEADS_ATTEMPTED,
)  # fmt: skip
CONTACTED = Metric(
    key="leads_contacted", label="Leads contacted",
    help="Leads that the rep reached for the first time.",
    purpose="Know how many people you have really spoken to.",
    kind=Kind.ACTIVITY, unit=Unit.COUNT, timing=Timing.LEADING, better=Better.HIGHER,
    value=Plain(LEADS_CONTACTED), evidence=LEADS_CONTACTED,
)  # fmt: skip
QUALIFIED = Metric(
    key="leads_qualified", label="Leads qualified",
    help="Leads found to be worth a deal.",
    purpose="Put your hours where a deal can come of it.",
    kind=Kind.VOLUME, unit=Unit.COUNT, timing=Timing.LEADING, better=Better.HIGHER,
    value=Plain(LEADS_QUALIFIED), evidence=LEADS_QUALIFIED,
)  # fmt: skip
DISQUALIFIED = Metric(
    key="leads_disqualified", label="Leads set aside",
    help="Leads found to be no buyer, the wrong person, or out of reach.",
    purpose="Setting a lead aside early gives the hours to a better one.",
    kind=Kind.QUALITY, unit=Unit.COUNT, timing=Timing.LEADING, better=Better.HIGHER,
    value=Plain(LEADS_DISQUALIFIED), evidence=LEADS_DISQUALIFIED,
)  # fmt: skip
ATTEMPT_RATE = Metric(
    key="lead_attempt_rate", label="Leads worked",
    help="Leads first tried in the period, per lead that came in during it.",
    purpose="See whether leads come in faster than you can try them.",
    kind=Kind.CONVERSION, unit=Unit.RATIO, timing=Timing.LEADING, better=Better.HIGHER,
    value=Ratio(LEADS_ATTEMPTED, per=LEADS_CREATED), evidence=LEADS_CREATED,
)  # fmt: skip
CONTACT_RATE = Metric(
    key="lead_contact_rate", label="Lead contact rate",
    help="Leads first reached in the period, per lead first tried during it.",
    purpose="Tells whether timing and channel work, before you doubt the pitch.",
    kind=Kind.CONVERSION, unit=Unit.RATIO, timing=Timing.LEADING, better=Better.HIGHER,
    value=Ratio(LEADS_CONTACTED, per=LEADS_ATTEMPTED), evidence=LEADS_ATTEMPTED,
)  # fmt: skip
QUALIFICATION_RATE = Metric(
    key="lead_qualification_rate", label="Lead qualification rate",
    help="Leads qualified in the period, per lead first reached during it.",
    purpose="Shows which lists are worth your calls.",
    kind=Kind.QUALITY, unit=Unit.RATIO, timing=Timing.LEADING, better=Better.HIGHER,
    value=Ratio(LEADS_QUALIFIED, per=LEADS_CONTACTED), evidence=LEADS_CONTACTED,
)  # fmt: skip
RESPONSE = Metric(
    key="lead_response_time", label="Lead response time",
    help=(
        "Days from the day a lead came in to the first attempt, the mean of leads first tried in the "
        "period."
    ),
    purpose="A lead that is called the same day talks far more often.",
    kind=Kind.SPEED, unit=Unit.DAYS, timing=Timing.LEADING, better=Better.LOWER,
    value=Ratio(RESPONSE_TIME, per=LEADS_ATTEMPTED), evidence=LEADS_ATTEMPTED,
)  # fmt: skip
