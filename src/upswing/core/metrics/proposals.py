"""Metrics about what was offered."""

from upswing.core.measures import PROPOSALS_SENT, PROPOSED_VALUE
from upswing.core.metrics.metric import Better, Metric, Plain, Timing, Unit

SENT = Metric(
    key="proposals_sent", label="Proposals sent",
    help="Deals for which a quote was sent for the first time in the period.",
    unit=Unit.COUNT, timing=Timing.LEADING, better=Better.HIGHER,
    value=Plain(PROPOSALS_SENT), evidence=PROPOSALS_SENT,
)  # fmt: skip
VALUE = Metric(
    key="proposed_value", label="Proposed value",
    help="What those proposals were worth, and what later revisions sent in the period changed.",
    unit=Unit.MONEY, timing=Timing.LEADING, better=Better.HIGHER,
    value=Plain(PROPOSED_VALUE), evidence=PROPOSALS_SENT,
)  # fmt: skip
