"""What a fact is, which kinds there are, and how one is split among the reps who share its credit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, tzinfo
from enum import StrEnum
from typing import NamedTuple

from upswing.core.money import allocate

WHOLE = 1_000_000
"""Credit is counted in millionths, so that the shares of a deal add up to exactly one deal."""
DAY = 86_400
"""Seconds of a day."""
LONGEST = 20_000 * DAY
"""What a length of time is cut at: over fifty years are a typing error."""


class FactKind(StrEnum):
    """Kinds of fact. A new kind is one member here and a settle rule in the module of its record."""

    DEAL_CREATED = "deal_created"
    DEAL_OBSERVED = "deal_observed"
    DEAL_AMENDED = "deal_amended"
    DEAL_CLOSED = "deal_closed"
    DEAL_WON = "deal_won"
    DEAL_CYCLE = "deal_cycle"
    STAGE_ENTERED = "stage_entered"
    STAGE_LEFT = "stage_left"
    LEAD_CREATED = "lead_created"
    LEAD_ATTEMPTED = "lead_attempted"
    LEAD_CONTACTED = "lead_contacted"
    LEAD_QUALIFIED = "lead_qualified"
    LEAD_DISQUALIFIED = "lead_disqualified"
    CALL = "call"
    EMAIL = "email"
    VISIT = "visit"
    SOCIAL = "social"
    MEETING_BOOKED = "meeting_booked"
    MEETING_DUE = "meeting_due"
    PROPOSAL_SENT = "proposal_sent"
    REVENUE_BOOKED = "revenue_booked"
    NEW_BUSINESS = "new_business"
    PROSPECTING = "prospecting"
    LOGIN = "login"
    COURSE = "course"
    ASSESSED = "assessed"


class Fact(NamedTuple):
    """One dated thing about one rep.

    `share` is the rep's credit in millionths; `amount` is the rep's part in minor units of the
    organisation's currency. `ordinal` tells apart facts of one kind made from one record. `how` is the hour of the
    week, 0 (Monday, the hour from midnight) to 167, on the clock of whoever was reached, else of the rep;
    None where the source knows days only. `source` is how the lead was found.
    """

    kind: FactKind
    day: date
    rep: str
    share: int
    amount: int = 0
    outcome: str = ""
    stage: str = ""
    ordinal: int = 0
    how: int | None = None
    channel: str = ""
    seconds: int = 0
    source: str = ""


def hour_of_week(at: datetime, zone: tzinfo) -> int:
    """The hour of the week at an instant: 0 is Monday from midnight, 167 Sunday from 23:00."""
    local = at.astimezone(zone)
    return local.weekday() * 24 + local.hour


def split(fact: Fact, credit: Sequence[tuple[str, int]], before: int = 0) -> tuple[Fact, ...]:
    """One fact a rep; shares, amounts and seconds are allotted by largest remainder, so nothing is lost.

    An amount is what a rep's part becomes less what it was `before`, so that the parts of changes too end at
    nothing. Raises ValueError without any credit.
    """
    if len(credit) == 1:
        return (fact._replace(rep=credit[0][0]),)
    weight = Counter[str]()
    for rep, part in credit:
        weight[rep] += part
    reps = sorted(weight)
    shares, was, becomes, times = (
        allocate(total, [weight[rep] for rep in reps])
        for total in (fact.share, before, before + fact.amount, fact.seconds)
    )
    return tuple(
        fact._replace(rep=rep, share=share, amount=new - old, seconds=seconds)
        for rep, share, old, new, seconds in zip(reps, shares, was, becomes, times, strict=True)
    )
