"""No clock inside: what is pure and what reads take the moment as an argument."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "upswing"
CLOCKLESS = (
    "core",
    "queries",
    "simulation",
    "connectors",
    "people",
    "intake",
    "book",
    "ledger",
    "goals",
    "coaching",
    "actions",
)
CLOCKS = {"now", "today", "utcnow", "localtime", "gmtime"}


def calls(path: Path) -> list[str]:
    """Calls of a clock: `x.now()`, `today()` … with their line."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in CLOCKS:
                found.append(f"{path.relative_to(SOURCE)}:{node.lineno} {name}()")
    return found


@pytest.mark.parametrize("folder", CLOCKLESS)
def test_no_clock_is_read(folder: str):
    assert [found for path in sorted((SOURCE / folder).rglob("*.py")) for found in calls(path)] == []


def test_the_rule_sees_a_clock(tmp_path: Path):
    source = SOURCE / "cli" / "asked.py"
    assert any("now()" in found for found in calls(source))
