"""Activities as imports bring them: each counts once, on its rep's day, as what became of it."""

from __future__ import annotations

import random

import pytest

from tests.actions.standing import by, days, everything, facts, sums
from tests.actions.told import activity, call, contact, lead, login, meeting, rep
from tests.world import TODAY, bring, roster
from upswing.book.models import Activity, Deal, Lead
from upswing.core.measures import MEETINGS_BOOKED, MEETINGS_HELD
from upswing.ledger.counting import By
from upswing.ledger.models import Fact

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ledger_agrees")]

WEEK = (
    call("A1", "Tess", "2026-10-05 09:00", "conversation", seconds=300),
    call("A2", "Tess", "2026-10-05 10:00", "voicemail", seconds=20),
    activity("E1", "Tess", "email", "2026-10-06 09:00", "answered"),
    activity("V1", "Stan", "visit", "2026-10-06 13:00", "conversation"),
    activity("S1", "Stan", "social", "2026-10-06 14:00", "sent"),
    meeting("M1", "Tess", "2026-10-08 10:00", "positive", booked="2026-10-05 09:05", channel="call"),
    meeting("M2", "Tess", "2026-10-09 10:00", "cancelled", booked="2026-10-06 12:00", channel="email"),
    meeting("M3", "Stan", "2026-10-09 10:00", "no_show", booked="2026-10-07 12:00", channel="call"),
    call("A3", "Stan", "2026-10-07 09:00", "conversation", lead="L1"),
)


def week(*told: object) -> None:
    bring(*roster(), lead("L1", "Tess", "2026-10-01"), *(told or WEEK))


def test_a_week_of_activities_counts_as_its_table_says():
    week()
    assert sums("Tess") == {
        "leads_created": 1, "leads_attempted": 1, "leads_contacted": 1, "response_time": 6 * 86_400,
        "calls": 2, "connects": 1, "conversations": 1, "talk_time": 320, "emails": 1, "emails_answered": 1,
        "meetings_booked": 2, "meetings_due": 1, "meetings_held": 1, "meetings_positive": 1,
    }  # fmt: skip
    assert sums("Stan") == {
        "calls": 1, "connects": 1, "conversations": 1, "visits": 1, "messages": 1,
        "meetings_booked": 1, "meetings_due": 1,
    }  # fmt: skip


def test_meetings_are_booked_on_one_day_and_due_on_another():
    week()
    assert days("Tess", "meetings_booked") == {"10-05": 1_000_000, "10-06": 1_000_000}
    assert days("Tess", "meetings_due") == {"10-08": 1_000_000}


def test_meetings_are_told_apart_by_the_way_they_were_booked():
    week()
    assert by(By.CHANNEL, MEETINGS_BOOKED, TODAY, "Tess", "Stan") == {"call": 2_000_000, "email": 1_000_000}
    assert by(By.CHANNEL, MEETINGS_HELD, TODAY, "Tess", "Stan") == {"call": 1_000_000}


def test_importing_the_week_twice_changes_nothing():
    week()
    once = everything()
    again = bring(*WEEK)
    assert (again.created, again.updated, again.unchanged) == (0, 0, len(WEEK))
    assert everything() == once


@pytest.mark.parametrize("seed", range(3))
def test_any_order_of_rows_gives_the_same_figures(seed: int):
    week()
    wanted = everything()
    Fact.objects.all().delete()
    for model in (Activity, Deal, Lead):
        model.objects.unscoped("test").delete()
    shuffled = list(WEEK)
    random.Random(seed).shuffle(shuffled)
    week(*shuffled)
    assert everything() == wanted


@pytest.mark.parametrize("size", [1, 2, 3])
def test_any_size_of_the_chunks_gives_the_same_figures(monkeypatch: pytest.MonkeyPatch, size: int):
    monkeypatch.setattr("upswing.actions.shelves.activities.Activities.chunk", size)
    week(*WEEK[::-1])
    assert (sums("Tess")["calls"], sums("Stan")["meetings_due"], len(facts())) == (2, 1, 14)


def test_a_changed_outcome_moves_the_counts():
    week(meeting("M1", "Tess", "2026-10-08 10:00", "booked", booked="2026-10-05 09:00"))
    assert sums("Tess") == {"leads_created": 1, "meetings_booked": 1, "meetings_due": 1}
    bring(meeting("M1", "Tess", "2026-10-08 10:00", "positive", booked="2026-10-05 09:00"))
    assert {"meetings_held": 1, "meetings_positive": 1}.items() <= sums("Tess").items()
    bring(meeting("M1", "Tess", "2026-10-08 10:00", "cancelled", booked="2026-10-05 09:00"))
    assert sums("Tess") == {"leads_created": 1, "meetings_booked": 1}


def test_a_meeting_put_off_is_due_on_its_new_day_alone():
    week(meeting("M1", "Tess", "2026-10-08 10:00", booked="2026-10-05"))
    bring(meeting("M1", "Tess", "2026-11-03 10:00", booked="2026-10-05"))
    assert days("Tess", "meetings_due") == {"11-03": 1_000_000}
    assert days("Tess", "meetings_booked") == {"10-05": 1_000_000}


def test_an_activity_written_to_another_rep_leaves_nothing_with_the_first():
    week(call("A1", "Tess", "2026-10-05", "conversation"))
    bring(call("A1", "Stan", "2026-10-05", "conversation"))
    assert sums("Tess") == {"leads_created": 1}
    assert sums("Stan") == {"calls": 1, "connects": 1, "conversations": 1}


def test_an_activity_of_another_source_with_the_same_id_is_another_activity():
    week(call("A1", "Tess", "2026-10-05"))
    bring(call("A1", "Tess", "2026-10-06"), source="dialler")
    assert days("Tess", "calls") == {"10-05": 1_000_000, "10-06": 1_000_000}


def test_references_to_what_nobody_knows_are_left_open_and_the_activity_counts():
    week(call("A1", "Tess", "2026-10-05", lead="L9", deal="D9", contact="C9"))
    kept = Activity.objects.unscoped("test").get()
    assert (kept.lead, kept.deal, kept.contact, sums("Tess")["calls"]) == (None, None, None, 1)


def test_the_day_is_the_rep_s_and_the_hour_the_contact_s():
    bring(
        rep("Tess", zone="Europe/Copenhagen"), contact("C1", "America/New_York"),
        call("A1", "Tess", "2026-10-05 22:30", contact="C1"), call("A2", "Tess", "2026-10-05 22:30"),
        login("Tess", "2026-10-05 22:30"),
    )  # fmt: skip
    found = Fact.objects.values_list("kind", "day__day", "how").order_by("kind", "how")
    assert list(found) == [("call", 6, 18), ("call", 6, 24), ("login", 6, 24)]


def test_a_contact_brought_with_its_activities_or_before_them_is_on_the_same_clock():
    bring(*roster(), contact("C1", "Asia/Tokyo"), call("A1", "Tess", "2026-10-05 09:00", contact="C1"))
    bring(contact("C2"), call("A2", "Tess", "2026-10-05 09:00", contact="C1"))
    assert set(Fact.objects.values_list("how", flat=True)) == {18}


def test_a_contact_s_mended_clock_holds_for_the_activities_brought_with_it(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("upswing.actions.shelves.plain.Contacts.chunk", 1)
    bring(*roster(), contact("C2", "Asia/Tokyo"), contact("C3", "Asia/Tokyo"))
    bring(
        contact("C1"), contact("C2", "Europe/Copenhagen"), contact("C3"),
        call("A2", "Tess", "2026-10-05 09:00", contact="C2"), call("A3", "Tess", "2026-10-05 09:00", contact="C3"),
    )  # fmt: skip
    assert list(Fact.objects.order_by("how").values_list("how", flat=True)) == [9, 11]
