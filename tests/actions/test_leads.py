"""Leads as imports bring them, and the milestones that activities bring them to."""

from __future__ import annotations

from datetime import date

import pytest

from tests.actions.standing import by, days, everything, sums
from tests.actions.told import call, contact, lead, meeting, rep
from tests.world import TODAY, bring, roster
from upswing.book.models import Activity, Lead
from upswing.core.measures import LEADS_CREATED, LEADS_QUALIFIED
from upswing.ledger.counting import By

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ledger_agrees")]


def milestones(name: str) -> dict[str, list[str]]:
    """Day → the milestones of all leads of a rep."""
    found: dict[str, list[str]] = {}
    for word in ("created", "attempted", "contacted", "qualified", "disqualified"):
        for day in days(name, f"leads_{word}"):
            found.setdefault(day, []).append(word)
    return found


def test_a_lead_with_its_activities_reaches_its_milestones():
    bring(
        *roster(),
        lead("L1", "Tess", "2026-10-01 08:00", "qualified", "2026-10-09"),
        call("A1", "Tess", "2026-10-02 09:00", lead="L1"),
        call("A2", "Tess", "2026-10-05 09:00", "conversation", lead="L1"),
    )
    assert milestones("Tess") == {
        "10-01": ["created"], "10-02": ["attempted"], "10-05": ["contacted"], "10-09": ["qualified"],
    }  # fmt: skip


def test_importing_leads_and_activities_twice_changes_nothing():
    told = (*roster(), lead("L1", "Tess", "2026-10-01"), call("A1", "Tess", "2026-10-02", lead="L1"))
    first = bring(*told)
    once = everything()
    second = bring(*told)
    assert (first.created, second.created, second.updated, second.unchanged) == (6, 0, 0, 6)
    assert everything() == once


def test_an_earlier_attempt_moves_the_milestone_and_a_later_one_does_not():
    bring(*roster(), lead("L1", "Tess", "2026-10-01"), call("A1", "Tess", "2026-10-06", lead="L1"))
    bring(call("A2", "Tess", "2026-10-08", lead="L1"))
    assert days("Tess", "leads_attempted") == {"10-06": 1_000_000}
    bring(call("A3", "Tess", "2026-10-03", lead="L1"))
    assert days("Tess", "leads_attempted") == {"10-03": 1_000_000}


def test_an_activity_that_moves_to_another_lead_takes_its_milestone_with_it():
    bring(
        *roster(),
        lead("L1", "Tess", "2026-10-01"), lead("L2", "Stan", "2026-10-01"),
        call("A1", "Tess", "2026-10-02", "conversation", lead="L1"),
    )  # fmt: skip
    assert (sums("Tess")["leads_contacted"], sums("Stan")) == (1, {"leads_created": 1})
    bring(call("A1", "Tess", "2026-10-02", "conversation", lead="L2"))
    assert "leads_contacted" not in sums("Tess")
    assert "leads_attempted" not in sums("Tess")
    assert sums("Stan") == {
        "leads_created": 1,
        "leads_attempted": 1,
        "leads_contacted": 1,
        "response_time": 86_400,
    }


def test_an_activity_that_turns_out_to_be_about_no_lead_gives_its_milestone_up():
    bring(*roster(), lead("L1", "Stan", "2026-10-01"), call("A1", "Tess", "2026-10-02", lead="L1"))
    bring(call("A1", "Tess", "2026-10-02"))
    assert (sums("Stan"), sums("Tess")) == ({"leads_created": 1}, {"calls": 1})


def test_a_changed_outcome_gives_and_takes_the_contact():
    bring(*roster(), lead("L1", "Tess", "2026-10-01"), call("A1", "Tess", "2026-10-02", lead="L1"))
    bring(call("A1", "Tess", "2026-10-02", "conversation", lead="L1"))
    assert days("Tess", "leads_contacted") == {"10-02": 1_000_000}
    bring(call("A1", "Tess", "2026-10-02", "voicemail", lead="L1"))
    assert days("Tess", "leads_contacted") == {}
    assert days("Tess", "leads_attempted") == {"10-02": 1_000_000}


def test_a_meeting_that_is_held_reaches_its_lead_and_attempts_it_that_day():
    bring(*roster(), lead("L1", "Tess", "2026-10-01"), meeting("M1", "Tess", "2026-10-07 10:00", lead="L1"))
    assert milestones("Tess") == {"10-01": ["created"]}
    bring(meeting("M1", "Tess", "2026-10-07 10:00", "held", lead="L1"))
    assert milestones("Tess") == {"10-01": ["created"], "10-07": ["attempted", "contacted"]}


def test_a_lead_handed_over_takes_all_its_milestones_along():
    bring(
        *roster(),
        lead("L1", "Tess", "2026-10-01"),
        call("A1", "Tess", "2026-10-02", "conversation", lead="L1"),
    )
    bring(lead("L1", "Stan", "2026-10-01"))
    assert sums("Tess") == {"calls": 1, "connects": 1, "conversations": 1}
    assert sums("Stan") == {
        "leads_created": 1,
        "leads_attempted": 1,
        "leads_contacted": 1,
        "response_time": 86_400,
    }
    bring(call("A2", "Nina", "2026-10-01 07:00", lead="L1"))
    assert days("Stan", "leads_attempted") == {"10-01": 1_000_000}


def test_a_lead_requalified_loses_what_it_was():
    bring(*roster(), lead("L1", "Tess", "2026-10-01", "qualified", "2026-10-05", "fair"))
    bring(lead("L1", "Tess", "2026-10-01", "disqualified", "2026-10-06", "fair"))
    assert milestones("Tess") == {"10-01": ["created"], "10-06": ["disqualified"]}


def test_activities_read_before_their_lead_are_its_once_both_are_read_again():
    bring(*roster(), call("A1", "Tess", "2026-10-02", lead="L1"))
    assert Activity.objects.unscoped("test").get().lead is None
    again = bring(lead("L1", "Tess", "2026-10-01"), call("A1", "Tess", "2026-10-02", lead="L1"))
    assert (again.created, again.updated) == (1, 1)
    assert milestones("Tess") == {"10-01": ["created"], "10-02": ["attempted"]}


def test_activities_of_another_source_count_for_the_lead():
    bring(*roster(), lead("L1", "Tess", "2026-10-01"))
    bring(call("A1", "Stan", "2026-10-02", lead="L1"), source="dialler")
    assert milestones("Tess") == {"10-01": ["created"], "10-02": ["attempted"]}


def test_leads_are_told_apart_by_how_they_were_found():
    bring(
        *roster(),
        lead("L1", "Tess", "2026-10-01", "qualified", "2026-10-05", "fair"),
        lead("L2", "Tess", "2026-10-01", source="web"), lead("L3", "Stan", "2026-10-02", source="fair"),
    )  # fmt: skip
    assert by(By.SOURCE, LEADS_CREATED, TODAY, "Tess", "Stan") == {"fair": 2_000_000, "web": 1_000_000}
    assert by(By.SOURCE, LEADS_CREATED, TODAY, "Stan") == {"fair": 1_000_000}
    assert by(By.SOURCE, LEADS_QUALIFIED, TODAY, "Tess") == {"fair": 1_000_000}
    assert by(By.SOURCE, LEADS_QUALIFIED, date(2026, 10, 4), "Tess") == {}
    bring(lead("L1", "Tess", "2026-10-01", "qualified", "2026-10-05", "web"))
    assert by(By.SOURCE, LEADS_CREATED, TODAY, "Tess") == {"web": 2_000_000}


def test_a_lead_counts_on_the_days_of_its_rep_s_own_clock():
    bring(
        rep("Tess", zone="Asia/Tokyo"), rep("Stan"), contact("C1"),
        lead("L1", "Tess", "2026-10-01 20:00", contact="C1"), lead("L2", "Stan", "2026-10-01 20:00"),
        call("A1", "Stan", "2026-10-02 20:00", lead="L1"),
    )  # fmt: skip
    assert milestones("Tess") == {"10-02": ["created"], "10-03": ["attempted"]}
    assert milestones("Stan") == {"10-01": ["created"]}
    assert days("Stan", "calls") == {"10-02": 1_000_000}
    assert Lead.objects.unscoped("test").get(external_id="L1").contact is not None
