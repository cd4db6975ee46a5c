"""Settle leads: when one came in, was first tried, first reached, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from upswing.core.facts.fact import DAY, LONGEST, WHOLE, Fact, FactKind, hour_of_week
from upswing.core.records import ActivityKind, ActivityRecord, Disposition, Happened, LeadRecord

REACHED = frozenset(
    {Happened.CONVERSATION, Happened.CALL_BACK, Happened.ANSWERED, Happened.HELD, Happened.POSITIVE}
)
"""How an activity ends that has reached the lead."""
NO_ATTEMPT = frozenset({ActivityKind.MEETING})
"""What follows from reaching out, and is no attempt by itself."""
UNFIT = frozenset({Disposition.DISQUALIFIED, Disposition.BAD_CONTACT, Disposition.WRONG_PERSON})


@dataclass(frozen=True, slots=True)
class Touches:
    """The first attempt at a lead, and the first that reached it; None where there is none."""

    attempted: datetime | None = None
    reached: datetime | None = None


def attempts(activity: ActivityRecord) -> bool:
    """Whether the activity is an attempt to reach its lead."""
    return activity.kind not in NO_ATTEMPT


def reaches(activity: ActivityRecord) -> bool:
    """Whether the activity reached its lead."""
    return activity.outcome in REACHED


def settle_lead(lead: LeadRecord, touches: Touches, zone: tzinfo) -> tuple[Fact, ...]:
    """Facts of one lead, all for its rep and by its source; `zone` is the rep's.

    Created; then milestones, each once and each a part of the one before: attempted, contacted, qualified. A lead
    that was qualified counts as contacted, and one that was contacted as attempted, by that day at the latest, even
    if nobody logged it. Disqualified: not a buyer, not the right person, or no way to reach them. Nothing happens
    before the lead came in. The first attempt carries how long the lead waited for it, in seconds of whole days.
    """
    created = lead.created.astimezone(zone).date()
    qualified = _decided(lead, created) if lead.disposition is Disposition.QUALIFIED else None
    contacted = _earliest(_day(touches.reached, zone, created), qualified)
    days = {
        FactKind.LEAD_CREATED: created,
        FactKind.LEAD_ATTEMPTED: _earliest(_day(touches.attempted, zone, created), contacted),
        FactKind.LEAD_CONTACTED: contacted,
        FactKind.LEAD_QUALIFIED: qualified,
        FactKind.LEAD_DISQUALIFIED: _decided(lead, created) if lead.disposition in UNFIT else None,
    }
    how = hour_of_week(lead.created, zone)
    facts = [Fact(kind, day, lead.rep, WHOLE, source=lead.source) for kind, day in days.items() if day]
    return tuple(
        fact._replace(how=how)
        if fact.kind is FactKind.LEAD_CREATED
        else fact._replace(seconds=min((fact.day - created).days * DAY, LONGEST))
        if fact.kind is FactKind.LEAD_ATTEMPTED
        else fact
        for fact in facts
    )


def _decided(lead: LeadRecord, created: date) -> date:
    """The day of the disposition; where the source does not tell it, the day the lead came in."""
    return max(lead.decided or created, created)


def _day(at: datetime | None, zone: tzinfo, earliest: date) -> date | None:
    return max(at.astimezone(zone).date(), earliest) if at else None


def _earliest(*days: date | None) -> date | None:
    return min((day for day in days if day), default=None)
