"""Settle activities, hours and sign-ins: each is one fact, a meeting two."""

from __future__ import annotations

from datetime import tzinfo

from upswing.core.facts.fact import WHOLE, Fact, FactKind, hour_of_week
from upswing.core.records import ActivityKind, ActivityRecord, Happened, LoginRecord, TimeEntryRecord

OUTREACH = {
    ActivityKind.CALL: FactKind.CALL,
    ActivityKind.EMAIL: FactKind.EMAIL,
    ActivityKind.VISIT: FactKind.VISIT,
    ActivityKind.SOCIAL: FactKind.SOCIAL,
}


def settle_activity(activity: ActivityRecord, zone: tzinfo, buyer: tzinfo | None = None) -> tuple[Fact, ...]:
    """Facts of one activity; `zone` is the rep's, `buyer` the contact's where it is known.

    Reaching out is one fact, with its outcome. A meeting is booked on the day it was arranged (where that is not
    told, on its own day) and due on its own day, with what became of it; a cancelled one falls due no more.
    """
    day = activity.at.astimezone(zone).date()
    how, seconds = hour_of_week(activity.at, buyer or zone), activity.seconds or 0
    kind = OUTREACH.get(activity.kind)
    if kind:
        reached_out = Fact(
            kind, day, activity.rep, WHOLE,
            outcome=activity.outcome, how=how, channel=activity.kind, seconds=seconds,
        )  # fmt: skip
        return (reached_out,)
    arranged = activity.booked or activity.at
    booked = Fact(
        FactKind.MEETING_BOOKED, arranged.astimezone(zone).date(), activity.rep, WHOLE,
        outcome=activity.outcome, how=hour_of_week(arranged, buyer or zone), channel=activity.channel,
    )  # fmt: skip
    if activity.outcome is Happened.CANCELLED:
        return (booked,)
    due = Fact(
        FactKind.MEETING_DUE, day, activity.rep, WHOLE,
        outcome=activity.outcome, how=how, channel=activity.channel, seconds=seconds,
    )  # fmt: skip
    return booked, due


def settle_time(entry: TimeEntryRecord) -> tuple[Fact, ...]:
    """Time spent prospecting, in seconds, on its day."""
    return (
        Fact(
            FactKind.PROSPECTING, entry.day, entry.rep, WHOLE,
            channel=entry.activity, seconds=entry.minutes * 60, source=entry.source,
        ),
    )  # fmt: skip


def settle_login(login: LoginRecord, zone: tzinfo) -> tuple[Fact, ...]:
    """One sign-in, on the rep's own day."""
    day, how = login.at.astimezone(zone).date(), hour_of_week(login.at, zone)
    return (Fact(FactKind.LOGIN, day, login.rep, WHOLE, how=how),)
