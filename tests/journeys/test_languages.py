"""The pages in every language, and in one whose words are longer than any of ours."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import messages
from tests.journeys.conftest import AT
from tests.journeys.test_journeys import OCTOBER, card, number
from tests.tongue import speak

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

LANGUAGES = {"da-DK": "da", "zh-CN": "zh-hans", "ko-KR": "ko"}
LONGER = "åéîøü"
"""Put behind every fifth letter, so that a text takes two fifths more room."""


def pages() -> tuple[str, ...]:
    return (
        card("Tess"), f"/teams/all/{OCTOBER}/{AT}", number("Tess", "win_rate"), "/standards/", f"/targets/{OCTOBER}/{AT}",
        "/targets/calendar/", "/metrics/",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("locale", "width"), [("da-DK", 1440), ("da-DK", 390), ("zh-CN", 390), ("ko-KR", 390)]
)
def test_every_language_fits_and_is_accessible(visit, locale: str, width: int):
    mona = visit(width=width, locale=locale)
    mona.sign_in("mona")
    for path in pages():
        mona.open(path)
        assert mona.page.locator("html").get_attribute("lang") == LANGUAGES[locale]
        assert mona.sideways() <= 0, path
        assert mona.axe() == [], path
    assert mona.complaints == []


def test_a_rep_chooses_a_language_where_the_theme_is_chosen(visit):
    tess = visit()
    tess.sign_in("tess")
    tess.open(card("Tess"))
    tess.page.locator("details.languages summary").click()
    tess.page.get_by_role("button", name="한국어").click()
    tess.page.wait_for_url(re.compile("/scorecard/"))
    assert tess.page.locator("html").get_attribute("lang") == "ko"
    assert (
        "2026년 10월"
        in tess.page.locator("main").inner_text() + tess.page.locator("header").first.inner_text()
    )
    elsewhere = visit(locale="da-DK")
    elsewhere.sign_in("tess")
    assert elsewhere.page.locator("html").get_attribute("lang") == "ko"
    assert tess.complaints == elsewhere.complaints == []


@pytest.fixture
def lengthened(tmp_path: Path, settings: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """Danish, each of whose texts is the English one with two fifths more letters."""
    told = (
        (
            found.id,
            tuple(map(longer, found.id)) if isinstance(found.id, tuple) else longer(found.id),
            found.context,
        )
        for found in messages.template()
        if found.id
    )
    speak("da", told, tmp_path, settings, monkeypatch)


def longer(text: str) -> str:
    """The text with more letters; its values and tags as they are."""
    parts = re.split(r"(\{\w+\}|%\(\w+\)s|<[^>]*>|&\w+;)", text)
    return "".join(
        part if place % 2 else re.sub(r"(\w{5})", r"\1" + LONGER[:2], part)
        for place, part in enumerate(parts)
    )


@pytest.mark.parametrize("width", [1440, 320])
def test_longer_words_still_fit(visit, lengthened: None, width: int):
    mona = visit(width=width, locale="da-DK")
    mona.sign_in("mona")
    for path in pages():
        mona.open(path)
        assert LONGER[:2] in mona.page.content()
        assert mona.sideways() <= 0, path
