"""The front end's build: pins, lock, budgets, licences. What needs the built files skips before the first build."""

import gzip
import json
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FRONTEND = ROOT / "frontend"
DIST = ROOT / "src/upswing/web/shared/static/upswing/dist"
built = pytest.mark.skipif(not (DIST / "ui.js").is_file(), reason="run `make assets` first")


def weight(name: str) -> int:
    return len(gzip.compress((DIST / name).read_bytes(), 9))


def test_packages_are_pinned_exactly() -> None:
    declared = json.loads((FRONTEND / "package.json").read_text())
    versions = {**declared["dependencies"], **declared["devDependencies"]}.values()
    assert all(version[0].isdecimal() for version in versions)


def test_the_lock_names_no_host_and_every_platform() -> None:
    lock = (FRONTEND / "package-lock.json").read_text()
    packages = json.loads(lock)["packages"]
    assert '"resolved"' not in lock
    assert sum(name.startswith("node_modules/@esbuild/") for name in packages) == 26


def test_colours_stand_in_the_tokens_alone() -> None:
    for sheet in (FRONTEND / "css").glob("*.css"):
        if sheet.name in {"tokens.css", "print.css", "fonts.css"}:
            continue
        text = sheet.read_text()
        assert "#" not in text.replace("#content", ""), sheet.name
        assert "gradient" not in text, sheet.name
        assert "color-mix" not in text, sheet.name


@built
@pytest.mark.parametrize(("name", "limit"), [("upswing.css", 18_000), ("ui.js", 30_000)])
def test_bundles_stay_within_their_budget(name: str, limit: int) -> None:
    assert weight(name) <= limit


@built
def test_two_fonts_the_icons_and_the_licences_are_there_and_no_source_map() -> None:
    assert len(list((DIST / "fonts").glob("*.woff2"))) == 2
    assert {path.name for path in (DIST / "licences").iterdir()} == {"htmx.txt", "inter.txt", "lucide.txt"}
    assert not list(DIST.rglob("*.map"))
    icons = json.loads((DIST / "icons.json").read_text())
    assert set(icons) == set((FRONTEND / "icons.txt").read_text().split())
    assert all('stroke-width="2"' not in body for body in icons.values())


@built
def test_every_icon_a_template_asks_for_was_picked() -> None:
    import re

    icons = json.loads((DIST / "icons.json").read_text())
    web = ROOT / "src/upswing/web"
    asked = {
        name for path in web.rglob("*.html") for name in re.findall(r'\{% icon "([\w-]+)"', path.read_text())
    }
    asked |= {
        name for path in web.rglob("*.html") for name in re.findall(r'\{% empty "([\w-]+)"', path.read_text())
    }
    assert asked <= set(icons)
