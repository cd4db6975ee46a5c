"""Measures: a flow counts or sums facts over a period; a stock is what stands at an instant.

Every flow in FLOWS is one column of the day and month tiers. A stock is written as the flows that
enter it less the flows that leave it, so it is exact at any day and has no sum over days. A sum adds measures of one
unit up. Filters narrow a flow to some of its facts; such a flow is no column and is counted from the facts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from upswing.core.facts import UNVALUED, FactKind
from upswing.core.records import Happened, Outcome
from upswing.core.rubrics import Level

_WORD = re.compile(r"\w+")
"""A value that needs no quotation marks."""


class Of(StrEnum):
    """What of a fact is added up: the rep's credit (millionths), the amount (minor units) or the seconds."""

    CREDIT = "share"
    AMOUNT = "amount"
    SECONDS = "seconds"


class Dimension(StrEnum):
    """What facts can be told apart by; a segment is the industry of the account, a product that of the deal."""

    CHANNEL = "channel"
    SOURCE = "source"
    OUTCOME = "outcome"
    STAGE = "stage"
    PRODUCT = "product"
    SEGMENT = "segment"


@dataclass(frozen=True, slots=True, order=True)
class Filter:
    """Only facts that have one of these values, as they are stored; or, `without` them, only the others."""

    dimension: Dimension
    values: tuple[str, ...]
    without: bool = False

    def __str__(self) -> str:
        """As an expression writes it: source!="Web form"|referral."""
        values = "|".join(v if _WORD.fullmatch(v) else '"' + v.replace('"', '""') + '"' for v in self.values)
        return f"{self.dimension}{'!=' if self.without else '='}{values}"


@dataclass(frozen=True, slots=True)
class Flow:
    """A count or sum over a period. `key` is the column of the tiers; without `outcomes` all of them count.

    Seconds are told in hours, or in days. With filters (`where`, sorted) it is no column, and its key names them.
    """

    key: str
    kind: FactKind
    of: Of = Of.CREDIT
    outcomes: tuple[str, ...] = ()
    in_days: bool = False
    where: tuple[Filter, ...] = ()


@dataclass(frozen=True, slots=True)
class Stock:
    """What stands at the close of a day: all that entered until then less all that left."""

    key: str
    enters: tuple[Flow, ...]
    leaves: tuple[Flow, ...]


@dataclass(frozen=True, slots=True)
class Sum:
    """Several measures of one unit, each times a number other than 0, added up; `key` is their expression."""

    key: str
    terms: tuple[tuple[Fraction, Flow | Stock], ...]


Measure = Flow | Stock | Sum

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

LOST_VALUE = Flow("lost_value", FactKind.DEAL_CLOSED, Of.AMOUNT, outcomes=(Outcome.LOST,))
DEALS_LEFT = Flow("deals_left", FactKind.STAGE_LEFT)
STAGE_TIME = Flow("stage_time", FactKind.STAGE_LEFT, Of.SECONDS, in_days=True)

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

COURSES = Flow("courses", FactKind.COURSE)
LEARNING_TIME = Flow("learning_time", FactKind.COURSE, Of.SECONDS)
ASSESSMENTS = Flow("assessments", FactKind.ASSESSED)
ASSESSMENTS_MET = Flow("assessments_met", FactKind.ASSESSED, outcomes=(Level.MEETS, Level.EXCEEDS))
ASSESSMENTS_EXCEEDED = Flow("assessments_exceeded", FactKind.ASSESSED, outcomes=(Level.EXCEEDS,))

FLOWS: tuple[Flow, ...] = (
    DEALS_CREATED, CREATED_VALUE, DEALS_OBSERVED, OBSERVED_VALUE, AMENDED_VALUE,
    DEALS_CLOSED, CLOSED_VALUE, DEALS_WON, WON_VALUE, DEALS_UNVALUED, DEALS_LOST,
    LEADS_CREATED, LEADS_ATTEMPTED, LEADS_CONTACTED, LEADS_QUALIFIED, LEADS_DISQUALIFIED,
    CALLS, CONNECTS, CONVERSATIONS, TALK_TIME, EMAILS, EMAILS_ANSWERED, VISITS, MESSAGES,
    MEETINGS_BOOKED, MEETINGS_DUE, MEETINGS_HELD, MEETINGS_POSITIVE,
    PROPOSALS_SENT, PROPOSED_VALUE, INVOICES, BOOKED_REVENUE, PROSPECTING_TIME, LOGINS,
    CYCLES, CYCLE_TIME, RESPONSE_TIME,
    COURSES, LEARNING_TIME, ASSESSMENTS, ASSESSMENTS_MET, ASSESSMENTS_EXCEEDED,
    LOST_VALUE, DEALS_LEFT, STAGE_TIME,
)  # fmt: skip

DEALS_ENTERED = Flow("deals_entered", FactKind.STAGE_ENTERED)
ENTERED_VALUE = Flow("entered_value", FactKind.STAGE_ENTERED, Of.AMOUNT)
LEFT_VALUE = Flow("left_value", FactKind.STAGE_LEFT, Of.AMOUNT)

STAGE_FLOWS: tuple[Flow, ...] = (DEALS_ENTERED, ENTERED_VALUE, LEFT_VALUE)
"""Moves through stages: stages are data, so these are counted from the facts and are no columns of the tiers."""

NEW_INVOICES = Flow("new_invoices", FactKind.NEW_BUSINESS)
NEW_BUSINESS = Flow("new_business", FactKind.NEW_BUSINESS, Of.AMOUNT)

NEW_FLOWS: tuple[Flow, ...] = (NEW_INVOICES, NEW_BUSINESS)
"""Bookings of new accounts. An earlier invoice changes them for a year, so they too are counted from the facts."""

OPEN_DEALS = Stock("open_deals", (DEALS_CREATED, DEALS_OBSERVED), (DEALS_CLOSED,))
OPEN_VALUE = Stock("open_value", (CREATED_VALUE, OBSERVED_VALUE, AMENDED_VALUE), (CLOSED_VALUE,))
DEALS_IN_STAGE = Stock("deals_in_stage", (DEALS_ENTERED,), (DEALS_LEFT,))
VALUE_IN_STAGE = Stock("value_in_stage", (ENTERED_VALUE, AMENDED_VALUE), (LEFT_VALUE,))


_STEPS = (ASSESSMENTS, ASSESSMENTS_MET, ASSESSMENTS_EXCEEDED)
LEVELS = Sum(" + ".join(step.key for step in _STEPS), tuple((Fraction(1), step) for step in _STEPS))
"""The levels of all assessments, added up: 1 below the standard, 2 where it is met, 3 beyond."""

STOCKS: tuple[Stock, ...] = (OPEN_DEALS, OPEN_VALUE, DEALS_IN_STAGE, VALUE_IN_STAGE)

_COUNTS = {
    (flow.kind, flow.outcomes): flow for flow in (*FLOWS, *STAGE_FLOWS, *NEW_FLOWS) if flow.of is Of.CREDIT
}
_COUNT_OF = {OPEN_VALUE.key: OPEN_DEALS, VALUE_IN_STAGE.key: DEALS_IN_STAGE}
"""What counts the records of a stock of money."""


def parts_of(measure: Measure) -> tuple[Flow | Stock, ...]:
    """What has to be counted for a measure: itself, or what a sum adds up."""
    return tuple(part for _, part in measure.terms) if isinstance(measure, Sum) else (measure,)


def flows_of(measure: Measure) -> tuple[Flow, ...]:
    """The flows a measure is made of."""
    if isinstance(measure, Flow):
        return (measure,)
    if isinstance(measure, Stock):
        return measure.enters + measure.leaves
    return tuple(flow for part in parts_of(measure) for flow in flows_of(part))


def stands(measure: Measure) -> bool:
    """Whether it stands at an instant, wholly or in part, and so has no sum over days."""
    return any(isinstance(part, Stock) for part in parts_of(measure))


def name_of(measure: Flow | Stock) -> str:
    """The key of the measure without any filter."""
    return measure.key.partition("[")[0]


def filtered(flow: Flow, filters: Iterable[Filter]) -> Flow:
    """The flow of those facts alone that pass all the filters, in whatever order they are told."""
    where = tuple(sorted({*flow.where, *filters}))
    return replace(flow, key=_key(flow, where), where=where) if where else flow


def only(measure: Flow | Stock, filters: Iterable[Filter]) -> Flow | Stock:
    """The same of a flow or a stock."""
    if isinstance(measure, Flow):
        return filtered(measure, filters)
    enters, leaves = (
        tuple(filtered(flow, filters) for flow in side) for side in (measure.enters, measure.leaves)
    )
    where = enters[0].where
    return replace(measure, key=_key(measure, where), enters=enters, leaves=leaves) if where else measure


def _key(measure: Flow | Stock, where: Iterable[Filter]) -> str:
    told = ", ".join(map(str, where))
    return f"{name_of(measure)}[{told}]" if told else name_of(measure)


def records_of(measure: Flow | Stock) -> Flow | Stock | None:
    """The count of the records a measure adds up; None where no measure counts them."""
    if isinstance(measure, Stock):
        return only(_COUNT_OF.get(name_of(measure), measure), measure.enters[0].where)
    found = _COUNTS.get((measure.kind, measure.outcomes))
    return filtered(found, measure.where) if found else None
