"""No text of ours stays English: with every text in brackets, what stands outside them is data, days or numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.test import Client

import messages
from tests import world
from tests.tongue import speak
from tests.world import person
from upswing.core.templates import STARTERS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast", "bracketed")]

OPEN, CLOSE = "⟦", "⟧"
DATA = {
    "channel",
    "outcome",
    "product",
    "segment",
    "source",
    "stage",
    "Testers",
    "rep",
    "day",
    "calls",
    "Lund",
    "Berg",
    "Holm",
    "Upswing",
    "Mona",
    "Tess",
    "Stan",
    "Rami",
    "Otto",
    "Nina",
    "Olga",
    "EUR",
    "CSV",
    "XLSX",
    "Excel",
    "English",
    "Dansk",
}
"""Names, currencies and kinds of file."""
NEVER = {"script", "style", "code", "title"}
SPOKEN = ("aria-label", "title", "placeholder", "alt")


@pytest.fixture
def bracketed(tmp_path: Path, settings: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """Korean, so that Babel writes no Latin letters; every text of ours reads as itself in brackets."""
    told = (
        (found.id, (f"{OPEN}{found.id[-1]}{CLOSE}",), found.context)
        if isinstance(found.id, tuple)
        else (found.id, f"{OPEN}{found.id}{CLOSE}", found.context)
        for found in messages.template()
        if found.id
    )
    speak("ko", told, tmp_path, settings, monkeypatch)


class Texts(HTMLParser):
    """What a page says, apart from what is marked as not to be translated."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[str] = []
        self.silent: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        if tag not in {"meta", "link", "input", "img", "br", "hr", "path", "rect", "circle", "line"} and (
            self.silent
            or tag in NEVER
            or known.get("translate") == "no"
            or "initials" in (known.get("class") or "")
            or known.get("class") == "avatar"
        ):
            self.silent.append(tag)
        if not self.silent:
            self.told += [known[name] or "" for name in SPOKEN if known.get(name)]

    def handle_endtag(self, tag: str) -> None:
        if self.silent and self.silent[-1] == tag:
            self.silent.pop()

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.told.append(data)


def unmarked(page: str) -> set[str]:
    """The words that stand outside every bracket."""
    read = Texts()
    read.feed(page)
    text = " \x00 ".join(read.told)
    before = ""
    while before != text:
        before, text = text, re.sub(f"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}", " ", text)
    text = re.sub(f"https?://\\S+|{OPEN}[^\x00]*", " ", text)  # an address; a text that was cut off
    return {word for word in re.findall(r"[A-Za-z][A-Za-z’'-]{2,}", text) if word not in DATA}


def client(who: str) -> Client:
    found = Client(headers={"Accept-Language": "ko"})
    found.force_login(world.user(who))
    return found


def addresses() -> Iterator[tuple[str, str]]:
    tess = f"/reps/{person('Tess').uid}"
    for who, page in (
        ("tess", f"{tess}/scorecard/2026-10/?at=2026-10-15"),
        ("mona", f"{tess}/scorecard/2026-Q3/?at=2026-10-15&vs=peers"),
        ("mona", f"{tess}/metrics/won_value/2026-10/?at=2026-10-15"),
        ("mona", f"{tess}/metrics/win_rate/2026-09/?at=2026-10-15"),
        ("mona", f"{tess}/metrics/won_value/2026-10/dispute/"),
        ("mona", "/teams/all/2026-10/?at=2026-10-15"),
        ("mona", "/teams/all/2026-W41/print/?at=2026-10-15"),
        ("tess", f"{tess}/views/"),
        ("tess", "/rankings/"),
        ("tess", "/metrics/"),
        ("tess", "/standards/"),
        ("tess", "/access/"),
        ("tess", "/access/tokens/new/"),
        ("mona", "/access/feeds/new/"),
        ("mona", "/disputes/"),
        ("tess", "/nothing/here/"),
        ("tess", f"{tess}/scorecard/2026-13/"),
    ):
        yield who, page
    for page in (
        "/setup/cards/", "/setup/metrics/", "/setup/industry/", "/targets/2026-10/?at=2026-10-15", "/targets/season/",
        "/targets/ramp/", "/targets/calendar/", "/targets/workplaces/", "/targets/waiting/", "/targets/2026-10/proposals/",
        f"/targets/2026-10/{person('Tess').uid}/won_value/", "/data/", "/data/batches/", "/data/owners/", "/data/invoices/",
        "/data/imports/", "/standards/",
    ):  # fmt: skip
        yield "olga", page


def test_what_pages_say_is_translated() -> None:
    left = {}
    for who, page in addresses():
        answer = client(who).get(page, follow=True)
        if answer.status_code not in (200, 404):
            left[page] = {str(answer.status_code)}
        elif words := unmarked(answer.content.decode()):
            left[page] = words
    assert left == {}, "\n".join(f"{page}: {sorted(words)}" for page, words in left.items())


@pytest.mark.parametrize(
    ("begin", "sent", "then"),
    [
        ("/setup/cards/new/", {"starter": min(STARTERS)}, {}),
        ("/setup/cards/new/", {"name": "\n"}, {}),
        ("/setup/metrics/new/", {"name": "Nn"}, {"text": "calls / 0 + leads["}),
        ("/standards/new/", {"name": "Nn"}, {}),
        ("/targets/season/", {"month": "x"}, {}),
        ("/access/tokens/new/", {}, {}),
        ("/setup/industry/new/", {}, {}),
    ],
)
def test_what_is_written_and_refused_is_translated(
    begin: str, sent: dict[str, str], then: dict[str, str]
) -> None:
    who = client("olga")
    answer = who.post(begin, sent, follow=True)
    pages = [answer]
    if then or answer.redirect_chain:
        pages.append(who.post(answer.redirect_chain[-1][0], {"deed": "publish", **then}, follow=True))
    assert pages[-1].status_code == (422 if then else pages[-1].status_code)
    assert {page.status_code for page in pages} <= {200, 422}
    left = [sorted(words) for page in pages if (words := unmarked(page.content.decode()))]
    assert left == [], str(left)
