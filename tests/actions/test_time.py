"""Hours spent prospecting and sign-ins, which mostly have no id of their own."""

from __future__ import annotations

import pytest

from tests.actions.standing import by, days, everything, sums
from tests.actions.told import hours, login, rep
from tests.world import TODAY, bring, roster
from upswing.book.models import TimeEntry
from upswing.core.measures import LOGINS, PROSPECTING_TIME
from upswing.ledger.counting import By

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ledger_agrees")]

TOLD = (
    hours("Tess", "2026-10-05", 90, "call", "web"),
    hours("Tess", "2026-10-05", 30, "email", "web"),
    hours("Tess", "2026-10-05", 15, "call", "fair"),
    hours("Stan", "2026-10-05", 45),
    login("Tess", "2026-10-05 08:00"),
    login("Tess", "2026-10-05 13:00"),
    login("Stan", "2026-10-06 08:00"),
)


def test_hours_and_sign_ins_count_for_their_rep():
    bring(*roster(), *TOLD)
    assert sums("Tess") == {"prospecting_time": 135 * 60, "logins": 2}
    assert sums("Stan") == {"prospecting_time": 45 * 60, "logins": 1}


def test_importing_hours_twice_changes_nothing():
    bring(*roster(), *TOLD)
    once = everything()
    assert bring(*TOLD).unchanged == len(TOLD)
    assert everything() == once


def test_hours_are_told_apart_by_source_and_way_of_reaching_out():
    bring(*roster(), *TOLD)
    assert by(By.SOURCE, PROSPECTING_TIME, TODAY, "Tess") == {"web": 7_200, "fair": 900}
    assert by(By.CHANNEL, PROSPECTING_TIME, TODAY, "Tess", "Stan") == {
        "call": 6_300,
        "email": 1_800,
        "": 2_700,
    }
    assert by(By.SOURCE, LOGINS, TODAY, "Tess") == {"": 2_000_000}


def test_mended_minutes_take_the_place_of_the_old_ones():
    bring(*roster(), *TOLD)
    assert bring(hours("TESS", "2026-10-05", 60, "call", "web")).updated == 1
    assert sums("Tess")["prospecting_time"] == 105 * 60


def test_an_entry_with_an_id_may_change_its_day_and_its_rep():
    bring(*roster(), hours("Tess", "2026-10-05", 60, key="T1"))
    bring(hours("Stan", "2026-10-06", 60, key="T1"))
    assert (sums("Tess"), days("Stan", "prospecting_time")) == ({}, {"10-06": 3_600})


def test_entries_that_differ_in_very_long_words_are_kept_apart():
    long = "x" * 60
    bring(
        *roster(),
        hours("Tess", "2026-10-05", 5, long + "ab", long),
        hours("Tess", "2026-10-05", 7, long + "ba", long),
    )
    assert sums("Tess")["prospecting_time"] == 12 * 60


def test_entries_without_an_id_of_a_long_name_find_themselves_again():
    name = "R" * 198
    told = (rep(name), hours(name, "2026-10-05", 5, "call", "web"), login(name, "2026-10-05 08:00"))
    bring(*told)
    assert bring(*told).unchanged == 3
    assert TimeEntry.objects.unscoped("test").count() == 1


def test_a_sign_in_late_at_night_counts_on_the_rep_s_own_day():
    bring(rep("Tess", zone="Asia/Tokyo"), login("Tess", "2026-10-05 20:00"))
    assert days("Tess", "logins") == {"10-06": 1_000_000}
