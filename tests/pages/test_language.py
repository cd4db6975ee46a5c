"""Every page in its reader's language: the one they chose, else their browser's; programs are answered in English."""

from __future__ import annotations

import pytest
from django.test import Client

from tests import world
from tests.world import person
from upswing.people.models import Organisation, User

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast")]


def client(who: str) -> Client:
    found = Client()
    found.force_login(world.user(who))
    return found


def card() -> str:
    return f"/reps/{person('Tess').uid}/scorecard/2026-10/"


@pytest.mark.parametrize(
    ("asked", "language"),
    [
        ("da-DK,da;q=0.9,en;q=0.5", "da"),
        ("zh-CN,zh;q=0.9", "zh-hans"),
        ("ko", "ko"),
        ("fr,de;q=0.8", "en"),
        ("", "en"),
    ],
)
def test_a_page_speaks_what_the_browser_asks_for(asked: str, language: str) -> None:
    page = client("tess").get(card(), headers={"Accept-Language": asked})
    assert f'<html lang="{language}"' in page.content.decode()
    assert page.headers["Content-Language"] == language
    assert "Accept-Language" in page.headers["Vary"]


def test_a_chosen_language_is_kept_for_the_user_on_every_device() -> None:
    answer = client("tess").post(
        "/language/", {"language": "ko"}, headers={"Referer": f"http://testserver{card()}"}
    )
    assert (answer.status_code, answer.headers["Location"]) == (303, f"http://testserver{card()}")
    elsewhere = client("tess").get(card(), headers={"Accept-Language": "da"})
    assert '<html lang="ko"' in elsewhere.content.decode()
    assert "2026년 10월" in elsewhere.content.decode()


def test_before_the_sign_in_the_device_remembers_the_language() -> None:
    visitor = Client()
    visitor.post("/language/", {"language": "da"})
    assert '<html lang="da"' in visitor.get("/accounts/login/").content.decode()


def test_a_language_that_is_not_spoken_changes_nothing() -> None:
    rep = client("tess")
    assert (
        rep.post(
            "/language/", {"language": "tlh"}, headers={"Referer": "https://elsewhere.example/"}
        ).headers["Location"]
        == "/"
    )
    assert User.objects.get(email=world.user("tess").email).language == ""
    assert '<html lang="en"' in rep.get(card()).content.decode()


def test_programs_are_answered_in_english() -> None:
    rep = client("tess")
    rep.post("/language/", {"language": "da"})
    answer = rep.get(f"/api/v1/scorecards/{person('Tess').uid}", {"period": "2026-10"})
    assert answer.status_code == 200
    assert "Won value" in answer.content.decode()


def test_one_reader_s_language_is_not_the_next_one_s() -> None:
    client("tess").get(card(), headers={"Accept-Language": "da"})
    assert '<html lang="en"' in client("tess").get(card()).content.decode()


def test_numbers_and_days_are_written_as_in_the_organisation_s_country() -> None:
    Organisation.objects.filter(id=1).update(currency="USD", locale="en_US")
    told = client("tess").get(card() + "?at=2026-10-20").content.decode()
    assert "Oct 20, 2026" in told
    assert "US$" not in told
