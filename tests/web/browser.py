"""A browser in front of the stage: every request is answered in this process, no server and no port."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.contrib.staticfiles import finders
from django.test import Client
from playwright.sync_api import Browser, Page, Route, sync_playwright

from tests.chromium import executable

SITE = "http://upswing.test"
TYPES = {".css": "text/css", ".js": "text/javascript", ".woff2": "font/woff2", ".svg": "image/svg+xml"}
AXE = Path(__file__).parents[2] / "frontend/node_modules/axe-core/axe.min.js"
WATCH = """window.violations = [];
document.addEventListener('securitypolicyviolation', e => violations.push(e.violatedDirective + ' ' + e.blockedURI));"""
INK = "getComputedStyle(document.body).color"
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]


@contextmanager
def chromium() -> Iterator[Browser]:
    """The system's Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable())
        yield browser
        browser.close()


@contextmanager
def page(
    browser: Browser, client: Client, width: int = 1440, height: int = 900, **options: Any
) -> Iterator[Page]:
    """A page of that size; `options` are those of a browser context."""
    context = browser.new_context(viewport={"width": width, "height": height}, **options)
    context.add_init_script(WATCH)
    context.route("**/*", lambda route: answer(route, client))
    yield context.new_page()
    context.close()


def answer(route: Route, client: Client) -> None:
    """Static files from the finders, everything else from Django."""
    asked = urlsplit(route.request.url)
    if asked.path.startswith("/static/"):
        found = finders.find(asked.path.removeprefix("/static/"))
        if not isinstance(found, str):
            return route.fulfill(status=404, body="")
        return route.fulfill(path=found, content_type=TYPES.get(Path(found).suffix, "text/plain"))
    address = asked.path + (f"?{asked.query}" if asked.query else "")
    headers = {
        name: value for name, value in route.request.headers.items() if name in {"hx-request", "accept"}
    }
    send = client.post if route.request.method == "POST" else client.get
    got = send(address, headers=headers)
    return route.fulfill(status=got.status_code, headers=dict(got.items()), body=got.content)


def opened(page: Page, address: str) -> Page:
    """The page at an address, its fonts there."""
    page.goto(SITE + address)
    page.evaluate("document.fonts.ready")
    return page


def axe(page: Page, rules: Sequence[str] = AXE_TAGS) -> list[str]:
    """What axe-core finds by these rules, or tags of rules: rule, and where."""
    page.evaluate(AXE.read_text())
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", list(rules))
    return [
        f"{rule['id']}: {node['target']} {node['failureSummary']}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]
