"""The pages in the system's Chromium: reachable by everybody, narrow, without script, within the policy."""

from __future__ import annotations

import re
from contextlib import AbstractContextManager
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from tests.web import browser as walk
from tests.web import fixtures
from tests.web.stage import Guest, staged
from upswing.core.people import AccessRole
from upswing.web.shared.headers import POLICY

pytestmark = [
    pytest.mark.skipif(not walk.AXE.is_file(), reason="run `make assets` first"),
]
MANAGER = Guest(fixtures.MONA, "Mona Berg", AccessRole.MANAGER)
OPERATIONS = Guest(None, "Otto Lindqvist", AccessRole.REVENUE_OPERATIONS)
PAGES: dict[str, tuple[str, dict[str, Any]]] = {
    "scorecard": (f"/reps/{fixtures.TESS}/scorecard/2026-11/", {}),
    "finished": (f"/reps/{fixtures.TESS}/scorecard/2026-Q3/", {}),
    "metric": (f"/reps/{fixtures.TESS}/metrics/won_value/2026-11/", {"records": 140}),
    "team": ("/teams/all/2026-11/", {"viewer": MANAGER, "people": 14}),
    "empty": ("/", {"latest": None}),
    "data": ("/data/", {"viewer": OPERATIONS}),
    "data-empty": ("/data/", {"viewer": OPERATIONS, "latest": None}),
    "imports": ("/data/imports/", {"viewer": OPERATIONS}),
    "batches": ("/data/batches/", {"viewer": OPERATIONS}),
    "batch": (f"/data/batches/{UUID(int=1)}/", {"viewer": OPERATIONS}),
    "invoices": ("/data/invoices/", {"viewer": OPERATIONS}),
    "owners": ("/data/owners/", {"viewer": OPERATIONS}),
    "signin": ("/accounts/login/", {}),
    "missing": ("/nothing/", {}),
}
everywhere = pytest.mark.parametrize("name", PAGES)


@pytest.fixture
def chromium(browser: Browser) -> Browser:
    return browser


def visit(name: str) -> tuple[str, AbstractContextManager[Client]]:
    address, given = PAGES[name]
    return address, staged(**given)


@everywhere
def test_axe_finds_nothing_and_the_policy_refuses_nothing(chromium: Browser, name: str) -> None:
    address, stage = visit(name)
    with stage as client, walk.page(chromium, client, bypass_csp=False, reduced_motion="reduce") as page:
        walk.opened(page, address)
        assert page.evaluate("violations") == []
        assert walk.axe(page) == []
        light = page.evaluate(walk.INK)
        page.emulate_media(color_scheme="dark")
        assert page.evaluate(walk.INK) != light
        assert walk.axe(page, ["color-contrast"]) == []


@everywhere
def test_no_page_scrolls_sideways_at_any_width(chromium: Browser, name: str) -> None:
    address, stage = visit(name)
    with stage as client, walk.page(chromium, client, 320, 800) as page:
        walk.opened(page, address)
        for width in (320, 360, 390, 560, 721, 768, 901, 1024, 1181, 1440):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, width


@everywhere
def test_pages_read_without_script(chromium: Browser, name: str) -> None:
    address, stage = visit(name)
    with stage as client, walk.page(chromium, client, java_script_enabled=False) as page:
        page.goto(walk.SITE + address)
        assert page.locator("h1").inner_text()
        assert page.locator("main").inner_text()


@pytest.mark.parametrize("name", ["scorecard", "team", "metric"])
def test_targets_on_a_phone_are_large_enough(chromium: Browser, name: str) -> None:
    address, stage = visit(name)
    with stage as client, walk.page(chromium, client, 390, 844, is_mobile=True, has_touch=True) as page:
        walk.opened(page, address)
        small = page.evaluate("""[...document.querySelectorAll('.nav a, .nav button, .btn, .segments a, .stepper a')]
            .filter(e => e.checkVisibility()).map(e => [e.textContent, e.getBoundingClientRect().height])
            .filter(([, height]) => height < 42)""")
        assert small == []


def test_a_phone_shows_the_scorecard_within_four_screens_and_its_freshness(chromium: Browser) -> None:
    address, stage = visit("scorecard")
    with stage as client, walk.page(chromium, client, 390, 844, is_mobile=True) as page:
        walk.opened(page, address)
        assert page.evaluate("document.documentElement.scrollHeight") <= 4 * 844
        assert page.locator(".fresh-mini").is_visible()
        page.get_by_role("button", name="More").click()
        assert page.get_by_role("button", name="Sign out").is_visible()


def test_the_theme_changes_at_once_and_is_remembered(chromium: Browser) -> None:
    address, stage = visit("scorecard")
    with stage as client, walk.page(chromium, client) as page:
        walk.opened(page, address)
        with page.expect_request("**/theme/"):
            page.get_by_role("button", name="Dark").click()
        assert page.evaluate("document.documentElement.dataset.theme") == "dark"
        assert page.get_by_role("button", name="Dark").get_attribute("aria-pressed") == "true"
        assert background(page) == "rgb(16, 18, 20)"


def test_stepping_through_time_swaps_the_content_and_says_so(chromium: Browser) -> None:
    address, stage = visit("scorecard")
    with stage as client, walk.page(chromium, client) as page:
        walk.opened(page, address)
        page.get_by_role("link", name="Previous: October 2026").click()
        page.wait_for_url("**/scorecard/2026-10/")
        expect(page).to_have_title(re.compile("October 2026"))
        expect(page.locator("#said")).to_contain_text("October 2026")
        assert page.locator("h1").count() == 1
        assert page.evaluate("violations") == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_printing_is_light_whatever_the_theme(chromium: Browser, theme: Any) -> None:
    address, stage = visit("scorecard")
    with stage as client, walk.page(chromium, client, color_scheme=theme) as page:
        walk.opened(page, address)
        page.emulate_media(media="print")
        assert background(page) == "rgb(255, 255, 255)"
        assert not page.locator(".side").is_visible()
        assert page.locator(".signature").is_visible()


def test_a_planted_style_is_refused(chromium: Browser) -> None:
    address, stage = visit("scorecard")
    with stage as client, walk.page(chromium, client) as page:
        walk.opened(page, address)
        page.evaluate("document.body.setAttribute('style', 'color: red')")
        assert page.evaluate("violations") != []
        assert "style-src 'self'" in POLICY


def background(page: Page) -> str:
    return str(page.evaluate("getComputedStyle(document.documentElement).backgroundColor"))


@pytest.mark.parametrize("name", ["scorecard", "finished"])
def test_a_scorecard_prints_on_one_page(chromium: Browser, name: str) -> None:
    address, stage = visit(name)
    with stage as client, walk.page(chromium, client) as page:
        walk.opened(page, address)
        assert page.pdf(format="A4", prefer_css_page_size=True).count(b"/Type /Page\n") == 1
