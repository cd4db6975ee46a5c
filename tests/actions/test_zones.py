"""A clock that is mended: what was done stands on the days of the clock that holds now."""

from __future__ import annotations

import pytest

from tests.actions.standing import days
from tests.actions.told import call, contact, lead, login, meeting, rep
from tests.world import bring, operator
from upswing.actions.organisation import set_organisation
from upswing.ledger.models import Fact

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ledger_agrees")]

LATE = (
    lead("L1", "Tess", "2026-10-05 20:00"), call("A1", "Tess", "2026-10-05 20:00", lead="L1"),
    meeting("M1", "Tess", "2026-10-05 20:00", "held", lead="L1"), login("Tess", "2026-10-05 20:00"),
)  # fmt: skip
DAILY = ("leads_created", "leads_attempted", "leads_contacted", "calls", "meetings_due", "logins")


def test_what_a_rep_did_moves_to_the_days_of_their_new_zone():
    bring(rep("Tess"), *LATE)
    assert {tuple(days("Tess", key)) for key in DAILY} == {("10-05",)}
    bring(rep("Tess", zone="Asia/Tokyo"))
    assert {tuple(days("Tess", key)) for key in DAILY} == {("10-06",)}


def test_a_zone_and_the_records_brought_with_it_agree():
    bring(rep("Tess"), *LATE)
    bring(rep("Tess", zone="Asia/Tokyo"), *LATE, call("A2", "Tess", "2026-10-06 20:00"))
    assert list(days("Tess", "calls")) == ["10-06", "10-07"]


def test_the_organisation_s_new_zone_moves_everybody_without_one_of_their_own():
    bring(rep("Tess"), rep("Stan", zone="UTC"), *LATE, login("Stan", "2026-10-05 20:00"))
    set_organisation(operator(), None, "Asia/Tokyo", None)
    assert (list(days("Tess", "logins")), list(days("Stan", "logins"))) == (["10-06"], ["10-05"])


def test_a_contact_s_new_zone_moves_the_hours_at_which_they_were_called():
    bring(rep("Tess"), contact("C1"), call("A1", "Tess", "2026-10-05 09:00", contact="C1"))
    bring(contact("C1", "Asia/Tokyo"), contact("C2"))
    assert Fact.objects.get(kind="call").how == 18
    bring(contact("C1"))
    assert Fact.objects.get(kind="call").how == 9
