"""Metrics about leads: how many come in, are reached, are worth a deal. Each milestone counts on its own day."""

from upswing.core.measures import LEADS_ATTEMPTED, LEADS_CONTACTED, LEADS_CREATED, LEADS_QUALIFIED
from upswing.core.metrics.metric import Better, Metric, Plain, Timing, Unit

CREATED = Metric(
    key="leads_created", label="Leads created", help="Leads that came in, or were found, in the period.",
    unit=Unit.COUNT, timing=Timing.LEADING, better=Better.HIGHER,
    value=Plain(LEADS_CREATED), evidence=LEADS_CREATED,
)  # fmt: skip
ATTEMPTED = Metric(
    key="leads_attempted", label="Leads attempted", help="Leads that the rep tried to reach for the first time.",
    unit=Unit.COUNT, timing=Timing.LEADING, better=Better.HIGHER,
    value=Plain(LEADS_ATTEMPTED), evidence=LEADS_ATTEMPTED,
)  # fmt: skip
CONTACTED = Metric(
    key="leads_contacted", label="Leads contacted", help="Leads that the rep reached for the first time.",
    unit=Unit.COUNT, timing=Timing.LEADING, better=Better.HIGHER,
    value=Plain(LEADS_CONTACTED), evidence=LEADS_CONTACTED,
)  # fmt: skip
QUALIFIED = Metric(
    key="leads_qualified", label="Leads qualified", help="Leads found to be worth a deal.",
    unit=Unit.COUNT, timing=Timing.LEADING, better=Better.HIGHER,
    value=Plain(LEADS_QUALIFIED), evidence=LEADS_QUALIFIED,
)  # fmt: skip
