"""Walks through the product in a real browser."""

from __future__ import annotations

import re

import pytest

from tests import world
from tests.journeys.conftest import AT

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

OCTOBER = "2026-10"


def card(name: str) -> str:
    return f"/reps/{world.person(name).uid}/scorecard/{OCTOBER}/{AT}"


def number(name: str, key: str) -> str:
    return f"/reps/{world.person(name).uid}/metrics/{key}/{OCTOBER}/{AT}"


SIGN_IN = {"sign-in": "/accounts/login/"}


def pages() -> dict[str, str]:
    """Every page, by what it is."""
    return {
        "card": card("Tess"), "empty card": card("Rami"), "team": f"/teams/all/{OCTOBER}/{AT}",
        "records": number("Tess", "win_rate"), "stock": number("Tess", "open_value"), "missing": "/nowhere/",
    }  # fmt: skip


def test_a_rep_signs_in_sees_the_card_and_opens_the_records_behind_a_number(visit):
    tess = visit()
    tess.sign_in("tess")
    tess.open(card("Tess"))
    assert tess.page.locator("main [data-headline]").inner_text().strip()
    tess.page.locator("main a[href*='/metrics/won_value/']").first.click()
    tess.page.wait_for_url(re.compile("/metrics/won_value/"))
    listed = tess.page.locator("main table tbody tr")
    assert listed.count() == 2
    assert "T1" in tess.page.locator("main").inner_text()
    assert tess.complaints == []
    assert tess.violations() == []


def test_a_manager_signs_in_opens_the_team_and_a_rep_and_both_see_the_same_page(visit):
    mona, tess = visit(), visit()
    mona.sign_in("mona")
    mona.open(f"/teams/all/{OCTOBER}/{AT}")
    names = [
        name
        for name in ("Rami", "Stan", "Tess")
        if mona.page.locator("main").get_by_role("link", name=name).count()
    ]
    assert names == ["Rami", "Stan", "Tess"]
    assert "Nina" not in mona.page.content()
    mona.page.locator("main").get_by_role("link", name="Tess").first.click()
    mona.page.wait_for_url(re.compile("/scorecard/"))
    tess.sign_in("tess")
    tess.open(card("Tess"))

    def figures(visitor) -> list[str]:
        return visitor.page.locator("main table td").all_inner_texts()

    assert figures(mona) == figures(tess)
    assert mona.complaints == tess.complaints == []


def test_what_a_manager_may_not_see_does_not_exist(visit):
    otto = visit()
    otto.sign_in("otto")
    answer = otto.page.goto(otto.home + card("Tess"))
    assert answer is not None
    assert answer.status == 404
    assert "Tess" not in otto.page.content()


def test_every_page_is_accessible_and_breaks_no_policy(visit):
    olga = visit()
    assert olga.faults(SIGN_IN) == {}
    olga.sign_in("olga")
    assert olga.faults(pages()) == {}


def test_no_page_scrolls_sideways(visit):
    olga = visit()
    assert olga.too_wide(SIGN_IN) == {}
    olga.sign_in("olga")
    assert olga.too_wide(pages()) == {}


def test_everything_reads_and_the_form_works_without_javascript(visit):
    mona = visit(script=False)
    mona.sign_in("mona")
    for path in list(pages().values())[:-1]:
        mona.open(path)
        assert mona.page.locator("main").inner_text().strip()
    mona.open(card("Tess"))
    assert "20,000" in mona.page.locator("main").inner_text()
    mona.page.locator("main a[href*='/metrics/won_value/']").first.click()
    assert "T1" in mona.page.locator("main").inner_text()


def test_a_wrong_password_is_refused_kindly_and_too_many_are_stopped(visit):
    somebody = visit()
    for attempt in range(7):
        somebody.open("/accounts/login/")
        if somebody.page.locator("input[name=login]").count() == 0:
            break
        somebody.page.locator("input[name=login]").fill("tess@example.com")
        somebody.page.locator("input[name=password]").fill(f"wrong {attempt}")
        somebody.page.locator("input[name=password]").press("Enter")
        somebody.page.wait_for_load_state()
    assert re.search("many tries", somebody.page.locator("body").inner_text(), re.IGNORECASE)


def test_signing_out_ends_the_login_session(visit):
    tess = visit()
    tess.sign_in("tess")
    tess.open("/accounts/logout/")
    if tess.page.locator("main form button").count():
        tess.page.locator("main form button").first.click()
        tess.page.wait_for_load_state()
    tess.open(card("Tess"))
    assert "/accounts/login/" in tess.page.url
