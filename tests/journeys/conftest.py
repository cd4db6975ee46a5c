"""A real browser before the running product; everything the page does wrong is collected."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from playwright.sync_api import Browser, Page

from tests import world

AXE = Path(__file__).parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = (1440, 1024, 390, 360, 320)
INK = "getComputedStyle(document.body).color"
COLLECT = """
window.__violations = [];
document.addEventListener('securitypolicyviolation', e => window.__violations.push(e.violatedDirective + ' ' + e.blockedURI));
"""
AT = "?at=2026-10-15"


@dataclass
class Visitor:
    """One person in one browser window."""

    page: Page
    home: str
    complaints: list[str] = field(default_factory=list)

    def sign_in(self, who: str) -> None:
        """Through the form, as a person would."""
        self.page.goto(self.home + "/accounts/login/")
        self.page.locator("input[name=login]").fill(f"{who}@example.com")
        self.page.locator("input[name=password]").fill(world.PASSWORD)
        self.page.locator("input[name=password]").press("Enter")
        self.page.wait_for_url(lambda url: "/accounts/login" not in url)

    def open(self, path: str) -> None:
        """Go to an address of the product."""
        self.page.goto(self.home + path)

    def sideways(self) -> int:
        """Pixels by which the page is wider than the window."""
        width: int = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        return width

    def violations(self) -> list[str]:
        """What broke the content security policy."""
        found: list[str] = self.page.evaluate("window.__violations || []")
        return found

    def axe(self, rules: Sequence[str] = RULES) -> list[str]:
        """What axe-core finds, as short lines."""
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found: list[dict[str, Any]] = self.page.evaluate(
            "rules => axe.run(document, {runOnly: rules}).then(r => r.violations)", list(rules)
        )
        return [f"{v['id']}: {node['target']} {node['html'][:120]}" for v in found for node in v["nodes"]]

    def dark(self) -> list[str]:
        """What axe-core finds once the page is dark: only colours differ."""
        light = self.page.evaluate(INK)
        self.page.emulate_media(color_scheme="dark", reduced_motion="reduce")
        same = ["it is not dark"] if self.page.evaluate(INK) == light else []
        found = self.axe(["color-contrast"])
        self.page.emulate_media(color_scheme="light")
        return same + found

    def faults(self, pages: Mapping[str, str]) -> dict[str, list[str]]:
        """Of each of these pages that has any: what axe-core finds, light and dark, and what broke the policy."""
        found = {}
        for name, path in pages.items():
            self.open(path)
            found[name] = self.axe() + self.violations() + self.dark()
        return {name: problems for name, problems in found.items() if problems}

    def too_wide(self, pages: Mapping[str, str]) -> dict[str, int]:
        """Of each of these pages that is wider than one of the windows: by how many pixels."""
        found = {}
        for name, path in pages.items():
            self.open(path)
            for width in WIDTHS:
                self.page.set_viewport_size({"width": width, "height": 900})
                found[f"{name} at {width}"] = self.sideways()
        return {name: pixels for name, pixels in found.items() if pixels > 0}


@pytest.fixture
def visit(browser: Browser, live_server: Any, transactional_db: None) -> Iterator[Callable[..., Visitor]]:
    """Make visitors: `visit(width=390, scheme="dark", script=False)`."""
    world.settle_in(
        world.quota("Stan", "2026-10", 30_000),
        world.quota("Rami", "2026-10", 5_000),
        world.quota("Tess", "2026-10", 9, "deals_won"),
    )
    world.give_sign_ins()
    cache.clear()  # sign-in limits of the walk before
    windows = []

    def make(
        width: int = 1440,
        height: int = 900,
        scheme: str = "light",
        *,
        script: bool = True,
        locale: str = "en-GB",
    ) -> Visitor:
        window = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            java_script_enabled=script,
            locale=locale,
        )
        windows.append(window)
        page = window.new_page()
        visitor = Visitor(page, live_server.url)
        page.add_init_script(COLLECT)
        page.on(
            "console", lambda said: visitor.complaints.append(said.text) if said.type == "error" else None
        )
        page.on("pageerror", lambda error: visitor.complaints.append(str(error)))
        page.on("request", lambda asked: _note_stranger(visitor, asked.url))
        return visitor

    yield make
    for window in windows:
        window.close()


def _note_stranger(visitor: Visitor, url: str) -> None:
    if not url.startswith((visitor.home, "data:")):
        visitor.complaints.append(f"asked another host: {url}")
