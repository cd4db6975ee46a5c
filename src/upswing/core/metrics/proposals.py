"""Metrics about what was offered."""

from upswing.core.measures import (
    DEALS_WON,
    MEETINGS_POSITIVE,
    PROPOSALS_SENT,
    PROPOSED_VALUE,
)
from upswing.core.metrics.metric import Better, Kind, Metric, Plain, Ratio, Timing, Unit

SENT = Metric(
    key="proposals_sent", label="Proposals sent",
    help="Deals for which a quote was sent for the first time in the period.",
    purpose="What can be signed next.",
    kind=Kind.VOLUME, unit=Unit.COUNT, timing=Timing.LEADING, better=Better.HIGHER,
    value=Plain(PROPOSALS_SENT), evidence=PROPOSALS_SENT,
)  # fmt: skip
VALUE = Metric(
    key="proposed_value", label="Proposed value",
    help="What those proposals were worth, and what later revisions sent in the period changed.",
    purpose="The size of what is on the table.",
    kind=Kind.VOLUME, unit=Unit.MONEY, timing=Timing.LEADING, better=Better.HIGHER,
    value=Plain(PROPOSED_VALUE), evidence=PROPOSALS_SENT,
)  # fmt: skip
AVERAGE = Metric(
    key="average_proposal", label="Average proposal",
    help="Proposed value per proposal sent in the period.",
    purpose="Compare it with what is won: a gap tells of discounts, or of size.",
    kind=Kind.VALUE, unit=Unit.MONEY, timing=Timing.LEADING, better=Better.HIGHER,
    value=Ratio(PROPOSED_VALUE, per=PROPOSALS_SENT), evidence=PROPOSALS_SENT,
)  # fmt: skip
PER_MEETING = Metric(
    key="proposals_per_meeting", label="Proposals per positive meeting",
    help="Proposals sent in the period, per positive meeting during it.",
    purpose="Tells whether good meetings are followed up with an offer.",
    kind=Kind.CONVERSION, unit=Unit.RATIO, timing=Timing.LEADING, better=Better.HIGHER,
    value=Ratio(PROPOSALS_SENT, per=MEETINGS_POSITIVE), evidence=MEETINGS_POSITIVE,
)  # fmt: skip
WINS = Metric(
    key="wins_per_proposal", label="Wins per proposal",
    help="Deals won in the period, per proposal sent during it.",
    purpose="Few wins for many proposals: offer later, and to those who can decide.",
    kind=Kind.CONVERSION, unit=Unit.RATIO, timing=Timing.LAGGING, better=Better.HIGHER,
    value=Ratio(DEALS_WON, per=PROPOSALS_SENT), evidence=PROPOSALS_SENT,
)  # fmt: skip
