"""Measures: a flow counts or sums facts over a period; a stock is what stands at an instant.

Every flow in FLOWS is one column of the day and month tiers. A stock is written as the flows that
enter it less the flows that leave it, so it is exact at any day and has no sum over days.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from upswing.core.facts import UNVALUED, FactKind
from upswing.core.records import Happened, Outcome


class Of(StrEnum):
    """What of a fact is added up: the rep's credit (millionths), the amount (minor units) or the seconds."""

    CREDIT = "share"
    AMOUNT = "amount"
    SECONDS = "seconds"


@dataclass(frozen=True, slots=True)
class Flow:
    """A count or sum over a period. `key` is the column of the tiers; without `outcomes` all of them count.

    Seconds are told in hours, or in days.
    """

    key: str
    kind: FactKind
    of: Of = Of.CREDIT
    outcomes: tuple[str, ...] = ()
    in_days: bool = False


@dataclass(frozen=True, slots=True)
class Stock:
    """What stands at the close of a day: all that entered until then less all that left."""

    key: str
    enters: tuple[Flow, ...]
    leaves: tuple[Flow, ...]


Measure = Flow | Stock

DEALS_CREATED = Flow("deals_created", FactKind.DEAL_CREATED)
CREATED_VALUE = Flow("created_value", FactKind.DEAL_CREATED, Of.AMOUNT)
DEALS_OBSERVED = Flow("deals_observed", FactKind.DEAL_OBSERVED)
OBSERVED_VALUE = Flow("observed_value", FactKind.DEAL_OBSERVED, Of.AMOUNT)
AMENDED_VALUE = Flow("amended_value", FactKind.DEAL_AMENDED, Of.AMOUNT)
DEALS_CLOSED = Flow("deals_closed", FactKind.DEAL_CLOSED)
CLOSED_VALUE = Flow("closed_value", FactKind.DEAL_CLOSED, Of.AMOUNT)
DEALS_WON = Flow("deals_won", FactKind.DEAL_WON)
WON_VALUE = Flow("won_value", FactKind.DEAL_WON, Of.AMOUNT)
DEALS_UNVALUED = Flow("deals_unvalued", FactKind.DEAL_WON, outcomes=(UNVALUED,))

CYCLES = Flow("cycles", FactKind.DEAL_CYCLE)
CYCLE_TIME = Flow("cycle_time", FactKind.DEAL_CYCLE, Of.SECONDS, in_days=True)

DEALS_LOST = Flow("deals_lost", FactKind.DEAL_CLOSED, outcomes=(Outcome.LOST,))

LEADS_CREATED = Flow("leads_created", FactKind.LEAD_CREATED)
LEADS_ATTEMPTED = Flow("leads_attempted", FactKind.LEAD_ATTEMPTED)
RESPONSE_TIME = Flow("response_time", FactKind.LEAD_ATTEMPTED, Of.SECONDS, in_days=True)
LEADS_CONTACTED = Flow("leads_contacted", FactKind.LEAD_CONTACTED)
LEADS_QUALIFIED = Flow("leads_qualified", FactKind.LEAD_QUALIFIED)
LEADS_DISQUALIFIED = Flow("leads_disqualified", FactKind.LEAD_DISQUALIFIED)

CALLS = Flow("calls", FactKind.CALL)
CONNECTS = Flow(
    "connects", FactKind.CALL, outcomes=(Happened.CONVERSATION, Happened.CALL_BACK, Happened.WRONG_PERSON)
)
CONVERSATIONS = Flow("conversations", FactKind.CALL, outcomes=(Happened.CONVERSATION,))
TALK_TIME = Flow("talk_time", FactKind.CALL, Of.SECONDS)
EMAILS = Flow("emails", FactKind.EMAIL)
EMAILS_ANSWERED = Flow("emails_answered", FactKind.EMAIL, outcomes=(Happened.ANSWERED,))
VISITS = Flow("visits", FactKind.VISIT)
MESSAGES = Flow("messages", FactKind.SOCIAL)
MEETINGS_BOOKED = Flow("meetings_booked", FactKind.MEETING_BOOKED)
MEETINGS_DUE = Flow("meetings_due", FactKind.MEETING_DUE)
MEETINGS_HELD = Flow("meetings_held", FactKind.MEETING_DUE, outcomes=(Happened.HELD, Happened.POSITIVE))
MEETINGS_POSITIVE = Flow("meetings_positive", FactKind.MEETING_DUE, outcomes=(Happened.POSITIVE,))

PROPOSALS_SENT = Flow("proposals_sent", FactKind.PROPOSAL_SENT)
PROPOSED_VALUE = Flow("proposed_value", FactKind.PROPOSAL_SENT, Of.AMOUNT)
INVOICES = Flow("invoices", FactKind.REVENUE_BOOKED)
BOOKED_REVENUE = Flow("booked_revenue", FactKind.REVENUE_BOOKED, Of.AMOUNT)

PROSPECTING_TIME = Flow("prospecting_time", FactKind.PROSPECTING, Of.SECONDS)
LOGINS = Flow("logins", FactKind.LOGIN)

FLOWS: tuple[Flow, ...] = (
    DEALS_CREATED, CREATED_VALUE, DEALS_OBSERVED, OBSERVED_VALUE, AMENDED_VALUE,
    DEALS_CLOSED, CLOSED_VALUE, DEALS_WON, WON_VALUE, DEALS_UNVALUED, DEALS_LOST,
    LEADS_CREATED, LEADS_ATTEMPTED, LEADS_CONTACTED, LEADS_QUALIFIED, LEADS_DISQUALIFIED,
    CALLS, CONNECTS, CONVERSATIONS, TALK_TIME, EMAILS, EMAILS_ANSWERED, VISITS, MESSAGES,
    MEETINGS_BOOKED, MEETINGS_DUE, MEETINGS_HELD, MEETINGS_POSITIVE,
    PROPOSALS_SENT, PROPOSED_VALUE, INVOICES, BOOKED_REVENUE, PROSPECTING_TIME, LOGINS,
    CYCLES, CYCLE_TIME, RESPONSE_TIME,
)  # fmt: skip

DEALS_ENTERED = Flow("deals_entered", FactKind.STAGE_ENTERED)
ENTERED_VALUE = Flow("entered_value", FactKind.STAGE_ENTERED, Of.AMOUNT)
DEALS_LEFT = Flow("deals_left", FactKind.STAGE_LEFT)
LEFT_VALUE = Flow("left_value", FactKind.STAGE_LEFT, Of.AMOUNT)

STAGE_FLOWS: tuple[Flow, ...] = (DEALS_ENTERED, ENTERED_VALUE, DEALS_LEFT, LEFT_VALUE)
"""Moves through stages: stages are data, so these are counted from the facts and are no columns of the tiers."""

OPEN_DEALS = Stock("open_deals", (DEALS_CREATED, DEALS_OBSERVED), (DEALS_CLOSED,))
OPEN_VALUE = Stock("open_value", (CREATED_VALUE, OBSERVED_VALUE, AMENDED_VALUE), (CLOSED_VALUE,))
DEALS_IN_STAGE = Stock("deals_in_stage", (DEALS_ENTERED,), (DEALS_LEFT,))
VALUE_IN_STAGE = Stock("value_in_stage", (ENTERED_VALUE, AMENDED_VALUE), (LEFT_VALUE,))


def flows_of(measure: Measure) -> tuple[Flow, ...]:
    """The flows a measure is made of."""
    return (measure,) if isinstance(measure, Flow) else measure.enters + measure.leaves
