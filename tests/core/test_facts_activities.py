"""Settling activities: what each outcome counts as, and on which day and hour of whose clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, tzinfo
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given

from tests.core.settled import counted
from tests.core.strategies import activities, zones
from upswing.core.facts import WHOLE, FactKind, settle_activity
from upswing.core.records import ActivityKind, ActivityRecord, Happened, Origin

COPENHAGEN, TOKYO, NEW_YORK = (
    ZoneInfo(name) for name in ("Europe/Copenhagen", "Asia/Tokyo", "America/New_York")
)
AT = datetime(2026, 3, 4, 14, 20, tzinfo=UTC)
"""A Wednesday."""
MEETING = {"meetings_booked": 1, "meetings_due": 1}


def activity(kind: str = "call", outcome: str = "", at: datetime = AT, **more: object) -> ActivityRecord:
    return ActivityRecord(
        "A-1", "Rami", ActivityKind(kind), at, Origin("activities.csv", 2), Happened(outcome), **more  # type: ignore[arg-type]
    )  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "outcome", "counts"),
    [
        ("call", "", {}),
        ("call", "no_answer", {}),
        ("call", "voicemail", {}),
        ("call", "gatekeeper", {}),
        ("call", "bad_number", {}),
        ("call", "wrong_person", {"connects": 1}),
        ("call", "call_back", {"connects": 1}),
        ("call", "conversation", {"connects": 1, "conversations": 1}),
        ("email", "sent", {}),
        ("email", "read", {}),
        ("email", "bounced", {}),
        ("email", "answered", {"emails_answered": 1}),
        ("visit", "conversation", {}),
        ("social", "answered", {}),
        ("meeting", "", MEETING),
        ("meeting", "booked", MEETING),
        ("meeting", "no_show", MEETING),
        ("meeting", "held", MEETING | {"meetings_held": 1}),
        ("meeting", "positive", MEETING | {"meetings_held": 1, "meetings_positive": 1}),
        ("meeting", "cancelled", {"meetings_booked": 1}),
    ],
)
def test_an_outcome_counts_as(kind: str, outcome: str, counts: dict[str, int]):
    of_its_kind = {"call": "calls", "email": "emails", "visit": "visits", "social": "messages"}
    itself = {of_its_kind[kind]: 1} if kind in of_its_kind else {}
    assert counted(settle_activity(activity(kind, outcome), UTC)) == itself | counts


def test_talk_time_is_the_seconds_of_calls_alone():
    assert counted(settle_activity(activity("call", "conversation", seconds=240), UTC))["talk_time"] == 240
    assert "talk_time" not in counted(settle_activity(activity("visit", "conversation", seconds=240), UTC))
    assert "talk_time" not in counted(settle_activity(activity("call", "conversation"), UTC))


def test_a_call_tells_its_outcome_its_hour_and_the_way_of_reaching_out():
    (fact,) = settle_activity(activity("call", "voicemail", seconds=30), UTC)
    assert fact[:4] == (FactKind.CALL, date(2026, 3, 4), "Rami", WHOLE)
    assert (fact.outcome, fact.how, fact.channel, fact.seconds) == ("voicemail", 2 * 24 + 14, "call", 30)


def test_a_meeting_is_booked_on_the_day_it_was_arranged_and_due_on_its_own():
    arranged = datetime(2026, 2, 25, 8, tzinfo=UTC)
    booked, due = settle_activity(activity("meeting", "held", booked=arranged, channel="email"), UTC)
    assert (booked.kind, booked.day, booked.how) == (FactKind.MEETING_BOOKED, date(2026, 2, 25), 2 * 24 + 8)
    assert (due.kind, due.day, due.how) == (FactKind.MEETING_DUE, date(2026, 3, 4), 2 * 24 + 14)
    assert (booked.channel, due.channel) == ("email", "email")


def test_a_meeting_whose_booking_is_not_told_was_booked_on_its_own_day():
    assert [fact.day for fact in settle_activity(activity("meeting"), UTC)] == [AT.date(), AT.date()]


def test_the_day_is_the_rep_s_and_the_hour_is_the_buyer_s():
    late = activity(at=datetime(2026, 3, 4, 23, 30, tzinfo=UTC))
    (fact,) = settle_activity(late, COPENHAGEN, NEW_YORK)
    assert (fact.day, fact.how) == (date(2026, 3, 5), 2 * 24 + 18)


@pytest.mark.parametrize(
    ("zone", "at", "day", "how"),
    [
        (COPENHAGEN, datetime(2026, 3, 29, 0, 59, tzinfo=UTC), 29, 6 * 24 + 1),
        (COPENHAGEN, datetime(2026, 3, 29, 1, 0, tzinfo=UTC), 29, 6 * 24 + 3),
        (COPENHAGEN, datetime(2026, 3, 29, 21, 59, tzinfo=UTC), 29, 6 * 24 + 23),
        (COPENHAGEN, datetime(2026, 3, 29, 22, 0, tzinfo=UTC), 30, 0),
        (COPENHAGEN, datetime(2026, 10, 25, 0, 30, tzinfo=UTC), 25, 6 * 24 + 2),
        (COPENHAGEN, datetime(2026, 10, 25, 1, 30, tzinfo=UTC), 25, 6 * 24 + 2),
        (COPENHAGEN, datetime(2026, 10, 25, 22, 59, tzinfo=UTC), 25, 6 * 24 + 23),
        (NEW_YORK, datetime(2026, 3, 8, 7, 0, tzinfo=UTC), 8, 6 * 24 + 3),
    ],
)
def test_clocks_that_change_skip_an_hour_in_spring_and_live_one_twice_in_autumn(
    zone: tzinfo, at: datetime, day: int, how: int
):
    (fact,) = settle_activity(activity(at=at), zone)
    assert (fact.day.day, fact.how) == (day, how)


@pytest.mark.parametrize(
    ("at", "how"), [(datetime(2026, 3, 2, tzinfo=UTC), 0), (datetime(2026, 3, 8, 23, 59, tzinfo=UTC), 167)]
)
def test_the_week_begins_on_monday_at_midnight(at: datetime, how: int):
    assert settle_activity(activity(at=at), UTC)[0].how == how


@given(activities(), zones, zones)
def test_the_hour_of_the_week_is_on_the_buyer_s_clock(record: ActivityRecord, zone: tzinfo, buyer: tzinfo):
    facts = settle_activity(record, zone, buyer)
    local = record.at.astimezone(buyer)
    assert facts[-1].how == local.weekday() * 24 + local.hour or facts[-1].kind is FactKind.MEETING_BOOKED
    assert all(fact.how is not None and 0 <= fact.how <= 167 for fact in facts)


@given(activities(), zones)
def test_a_contact_s_clock_changes_no_day_and_no_count(record: ActivityRecord, zone: tzinfo):
    alone, told = settle_activity(record, zone), settle_activity(record, zone, TOKYO)
    assert [fact._replace(how=None) for fact in alone] == [fact._replace(how=None) for fact in told]


@given(activities(), zones)
def test_every_activity_is_one_fact_and_a_meeting_that_stands_two(record: ActivityRecord, zone: tzinfo):
    facts = settle_activity(record, zone)
    meets = record.kind is ActivityKind.MEETING and record.outcome is not Happened.CANCELLED
    assert len(facts) == (2 if meets else 1)
    assert {(fact.rep, fact.share, fact.outcome) for fact in facts} == {("Rami", WHOLE, record.outcome)}
