"""What exists is described: every metric, page, setting, command and connector has its row in the guide."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from upswing.cli.main import COMMANDS
from upswing.config.urls import PAGES
from upswing.connectors.registry import CONNECTORS
from upswing.core.metrics import CATALOGUE

ROOT = Path(__file__).parents[2]
GUIDE = ROOT / "docs" / "guide"


def rows(page: str) -> set[str]:
    """The first cell of every table row of a page, without code marks."""
    text = (GUIDE / page).read_text(encoding="utf-8")
    return {match.strip("` ") for match in re.findall(r"^\| (`[^`]+`) ", text, re.MULTILINE)}


def settings() -> set[str]:
    """Every name the settings read from the environment."""
    text = (ROOT / "src/upswing/config/settings.py").read_text(encoding="utf-8")
    return {f"UPSWING_{name}" for name in re.findall(r'env\.read\("([A-Z_]+)"', text)}


@pytest.mark.parametrize(
    ("page", "things"),
    [
        ("metrics.md", set(CATALOGUE)),
        ("commands.md", {f"upswing {command.NAME}" for command in COMMANDS}),
        ("settings.md", settings()),
        ("pages.md", {page for page in PAGES if page != "shared"}),
        ("import.md", set(CONNECTORS)),
    ],
)
def test_everything_has_its_row_and_no_row_describes_what_is_gone(page: str, things: set[str]):
    assert things <= rows(page), f"docs/guide/{page} lacks {sorted(things - rows(page))}"
    if page != "import.md":
        assert rows(page) <= things, (
            f"docs/guide/{page} describes {sorted(rows(page) - things)}, which is gone"
        )


def test_the_words_of_a_metric_stand_in_the_guide():
    text = (GUIDE / "metrics.md").read_text(encoding="utf-8")
    for metric in CATALOGUE.values():
        assert metric.help in text, metric.key


def test_every_connector_folder_has_its_readme():
    for key in CONNECTORS:
        assert (ROOT / "src/upswing/connectors" / key / "README.md").exists()


def test_no_file_names_a_package_registry_or_a_machine_path():
    hosts = re.compile(
        r"registry\.npmjs|files\.pythonhosted|pypi\.org|deb\.debian|(?<!\w)/(?:root|tmp|home)/"
    )
    tracked = [
        p for p in (*ROOT.glob("*"), *ROOT.glob("frontend/*"), *ROOT.glob("requirements/*")) if p.is_file()
    ]
    tracked += [
        p
        for folder in ("src", "docs", "benchmarks", ".ci")
        for p in (ROOT / folder).rglob("*")
        if p.is_file()
    ]
    kept = [
        p
        for p in tracked
        if "dist" not in p.parts and "__pycache__" not in p.parts and "egg-info" not in str(p)
    ]
    named = [
        p
        for p in kept
        if p.suffix not in {".png", ".woff2"} and hosts.search(p.read_text(encoding="utf-8", errors="ignore"))
    ]
    assert named == []
