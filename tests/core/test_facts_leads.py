"""Settling leads: milestones, each once, each a part of the one before."""

from __future__ import annotations

from datetime import UTC, date, datetime, tzinfo
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.settled import dated
from tests.core.strategies import leads, touches, zones
from upswing.core.facts import WHOLE, FactKind, Touches, settle_lead
from upswing.core.facts.leads import attempts, reaches
from upswing.core.records import ActivityKind, ActivityRecord, Disposition, Happened, LeadRecord, Origin

CREATED = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
MILESTONES = ("lead_created", "lead_attempted", "lead_contacted", "lead_qualified")


def at(day: int, hour: int = 12) -> datetime:
    return datetime(2026, 3, day, hour, tzinfo=UTC)


def lead(disposition: str = "", decided: int = 0, **changes: object) -> LeadRecord:
    """Rami's lead of Monday 2 March, 9:30 UTC; `decided` on a day of March."""
    usual: dict[str, object] = {
        "id": "L-1", "rep": "Rami", "created": CREATED, "origin": Origin("leads.csv", 2), "source": "fair",
        "disposition": Disposition(disposition), "decided": date(2026, 3, decided) if decided else None,
    }  # fmt: skip
    return LeadRecord(**(usual | changes))  # type: ignore[arg-type]


def march(record: LeadRecord, touched: Touches = Touches(), zone: tzinfo = UTC) -> dict[str, int]:
    """Kind → day of March."""
    return {kind: day.day for kind, day in dated(settle_lead(record, touched, zone)).items()}


def activity(kind: ActivityKind, outcome: Happened) -> ActivityRecord:
    return ActivityRecord("A-1", "Rami", kind, CREATED, Origin("activities.csv", 2), outcome)


def test_a_lead_nobody_tried_to_reach_was_created_and_no_more():
    (fact,) = settle_lead(lead(), Touches(), UTC)
    assert (fact.kind, fact.day, fact.rep, fact.share, fact.source, fact.how) == (
        FactKind.LEAD_CREATED, date(2026, 3, 2), "Rami", WHOLE, "fair", 9,
    )  # fmt: skip


def test_milestones_fall_on_the_day_of_the_first_touch_of_their_sort():
    assert march(lead("qualified", 9), Touches(at(3), at(5))) == {
        "lead_created": 2, "lead_attempted": 3, "lead_contacted": 5, "lead_qualified": 9,
    }  # fmt: skip


def test_only_the_creation_tells_an_hour_and_every_milestone_how_the_lead_was_found():
    facts = settle_lead(lead("qualified", 9), Touches(at(3), at(5)), UTC)
    assert [fact.how for fact in facts] == [9, None, None, None]
    assert {fact.source for fact in facts} == {"fair"}


def test_a_lead_qualified_without_a_logged_contact_was_attempted_and_contacted_by_that_day():
    assert march(lead("qualified", 9)) == {
        "lead_created": 2, "lead_attempted": 9, "lead_contacted": 9, "lead_qualified": 9,
    }  # fmt: skip


def test_a_contact_logged_only_after_the_lead_was_qualified_moves_nothing():
    assert march(lead("qualified", 9), Touches(at(12), at(14))) == march(lead("qualified", 9))


def test_a_lead_that_was_reached_without_an_attempt_was_attempted_that_day():
    assert march(lead(), Touches(None, at(6))) == {
        "lead_created": 2, "lead_attempted": 6, "lead_contacted": 6,
    }  # fmt: skip


def test_touches_and_decisions_before_the_creation_count_on_its_day():
    early = lead("qualified", 1)
    assert set(
        march(early, Touches(datetime(2026, 2, 1, tzinfo=UTC), datetime(2026, 2, 3, tzinfo=UTC))).values()
    ) == {2}


def test_a_decision_without_a_day_counts_on_the_day_of_creation():
    assert march(lead("qualified"))["lead_qualified"] == 2
    assert march(lead("disqualified"))["lead_disqualified"] == 2


@pytest.mark.parametrize(
    ("disposition", "unfit"),
    [
        ("disqualified", True), ("bad_contact", True), ("wrong_person", True), ("", False),
        ("not_attempted", False), ("no_response", False), ("qualified", False),
    ],
)  # fmt: skip
def test_disqualified_are_those_who_are_no_buyers_or_cannot_be_reached(disposition: str, unfit: bool):
    assert ("lead_disqualified" in march(lead(disposition, 4))) is unfit


def test_a_lead_that_turned_out_unfit_keeps_the_milestones_it_reached():
    assert march(lead("disqualified", 8), Touches(at(3), at(5))) == {
        "lead_created": 2, "lead_attempted": 3, "lead_contacted": 5, "lead_disqualified": 8,
    }  # fmt: skip


@pytest.mark.parametrize(("zone", "day", "how"), [("Asia/Tokyo", 3, 24 + 8), ("America/New_York", 2, 18)])
def test_the_rep_s_clock_decides_the_day(zone: str, day: int, how: int):
    late = lead(created=datetime(2026, 3, 2, 23, 0, tzinfo=UTC))
    (fact,) = settle_lead(late, Touches(), ZoneInfo(zone))
    assert (fact.day.day, fact.how) == (day, how)
    touched = march(late, Touches(at(4, 16)), ZoneInfo(zone))
    assert touched["lead_attempted"] == {3: 5, 2: 4}[day]


def test_a_meeting_is_no_attempt_and_every_other_kind_is_one():
    kinds = {kind for kind in ActivityKind if attempts(activity(kind, Happened.UNKNOWN))}
    assert kinds == set(ActivityKind) - {ActivityKind.MEETING}


def test_a_lead_is_reached_by_speaking_answering_or_meeting():
    reached = {outcome.value for outcome in Happened if reaches(activity(ActivityKind.CALL, outcome))}
    assert reached == {"conversation", "call_back", "answered", "held", "positive"}


@given(leads(), touches, zones)
def test_each_milestone_is_told_once_after_the_one_it_is_part_of(
    record: LeadRecord, touched: Touches, zone: tzinfo
):
    days = dated(settle_lead(record, touched, zone))
    reached = [kind for kind in MILESTONES if kind in days]
    assert reached == list(MILESTONES[: len(reached)]), "a milestone without the one before"
    assert [days[kind] for kind in reached] == sorted(days[kind] for kind in reached)
    assert min(days.values()) == days["lead_created"]


@given(leads(), touches, zones)
def test_no_milestone_is_later_than_the_touch_that_brought_it(
    record: LeadRecord, touched: Touches, zone: tzinfo
):
    days = dated(settle_lead(record, touched, zone))
    for moment, kind in ((touched.attempted, "lead_attempted"), (touched.reached, "lead_contacted")):
        if moment:
            assert days[kind] <= max(moment.astimezone(zone).date(), days["lead_created"])


@given(leads(), touches, touches, zones)
def test_an_earlier_touch_never_makes_a_milestone_later(
    record: LeadRecord, one: Touches, other: Touches, zone: tzinfo
):
    both = Touches(_first(one.attempted, other.attempted), _first(one.reached, other.reached))
    some, all_ = dated(settle_lead(record, one, zone)), dated(settle_lead(record, both, zone))
    assert all(all_[kind] <= day for kind, day in some.items())


@given(leads(), touches, st.data())
def test_a_lead_is_never_both_qualified_and_disqualified(
    record: LeadRecord, touched: Touches, data: st.DataObject
):
    days = dated(settle_lead(record, touched, data.draw(zones)))
    assert not {"lead_qualified", "lead_disqualified"} <= set(days)


def _first(*moments: datetime | None) -> datetime | None:
    return min((moment for moment in moments if moment), default=None)
