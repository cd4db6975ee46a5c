"""Looks wrong? A number is marked by whoever sees it, and stays marked until somebody else answers."""

from __future__ import annotations

import pytest
from django.test import Client

from tests import world
from tests.world import person
from upswing.coaching.models import Dispute

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast")]


def client(who: str) -> Client:
    found = Client()
    found.force_login(world.user(who))
    return found


def number(who: str = "Tess", page: str = "") -> str:
    return f"/reps/{person(who).uid}/metrics/won_value/2026-10/{page}"


def said(who: Client, text: str = "The deal with ACME was mine.") -> Dispute:
    answer = who.post(number(page="dispute/") + "?at=2026-10-15", {"text": text})
    assert answer.status_code == 302
    return Dispute.objects.unscoped("test").latest("pk")


def settled(who: Client, row: Dispute, answer: str = "Credited to you now.") -> int:
    return who.post(f"/disputes/{row.uid}/settlement/", {"answer": answer, "back": number()}).status_code


def test_a_rep_marks_a_number_and_everybody_who_sees_it_sees_the_mark():
    tess = client("tess")
    row = said(tess)
    assert (row.person.name, row.said_by, row.shown, str(row.day)) == (
        "Tess",
        "Tess",
        "€20,000",
        "2026-10-15",
    )
    for who in ("tess", "mona", "olga"):
        text = client(who).get(number()).content.decode()
        assert "This number is in dispute" in text
        assert "The deal with ACME was mine." in text
        card = client(who).get(f"/reps/{person('Tess').uid}/scorecard/2026-10/").content.decode()
        assert "in dispute" in card
    other = client("tess").get(f"/reps/{person('Tess').uid}/metrics/win_rate/2026-10/").content.decode()
    assert "is in dispute" not in other
    assert client("stan").get(number()).status_code == 404
    assert client("stan").post(number(page="dispute/"), {"text": "x"}).status_code == 404


def test_it_is_answered_by_somebody_else_and_the_mark_goes():
    row = said(client("tess"))
    assert settled(client("tess"), row) == 422
    assert settled(client("stan"), row) == 404
    assert "One number waits for an answer." in client("mona").get("/disputes/").content.decode()
    assert client("tess").get("/disputes/").status_code == 404
    assert settled(client("mona"), row, " ") == 422
    assert settled(client("mona"), row) == 302
    text = client("tess").get(number()).content.decode()
    assert "This number is in dispute" not in text
    assert "Credited to you now." in text
    assert settled(client("olga"), row) == 422
    assert "No number waits for an answer." in client("olga").get("/disputes/").content.decode()


def test_a_manager_s_own_objection_is_for_others_to_settle():
    row = said(client("mona"))
    assert settled(client("mona"), row) == 422
    assert settled(client("olga"), row) == 302


@pytest.mark.parametrize("text", ["", "  ", "\0", "x" * 2_001])
def test_nothing_and_too_much_is_refused_and_kept_in_the_form(text: str):
    answer = client("tess").post(number(page="dispute/"), {"text": text})
    assert answer.status_code == 422
    assert "Write what looks wrong in 1 to 2,000 characters" in answer.content.decode()
    assert not Dispute.objects.unscoped("test").exists()


def test_a_number_is_marked_once():
    said(client("tess"))
    again = client("mona").post(number(page="dispute/"), {"text": "I think so too."})
    assert again.status_code == 422
    assert "in dispute already" in again.content.decode()
    assert "I think so too." in again.content.decode()


def test_an_answer_leads_back_to_this_site_only():
    row = said(client("tess"))
    answer = client("olga").post(
        f"/disputes/{row.uid}/settlement/", {"answer": "ok", "back": "https://elsewhere.example/"}
    )
    assert answer["Location"] == "/disputes/"


def test_operations_and_managers_are_told_that_numbers_wait():
    said(client("tess"))
    assert "number is in dispute" in client("olga").get("/data/").content.decode()
    assert "One number is" in client("mona").get("/teams/all/2026-10/").content.decode()
