"""The guide has every kind with its fields, every word, and every message."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from upswing.connectors.files.fields import KINDS

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "guide" / "import.md").read_text(encoding="utf-8")
CODE = re.compile(r'(?:Refused|tell)\(\s*"([a-z_]+)"|code = "([a-z_]+)" if [^"]*else "([a-z_]+)"')


def row_of(first: str) -> str:
    """The table row whose first cell it is."""
    (line,) = re.findall(rf"^\| {first} \|.*$", GUIDE, re.MULTILINE)
    return str(line)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_its_row_with_what_it_must_and_may_have(kind: str):
    _, _, must, may, _ = row_of(kind).split("|")
    named = [set(re.findall(r"[a-z_]+", re.sub(r"\([^)]*\)", "", cell))) for cell in (must, may)]
    assert set(KINDS[kind].needed) <= named[0], kind
    assert set(KINDS[kind].optional) <= named[1], kind


@pytest.mark.parametrize(
    ("kind", "field", "words"),
    [
        (kind, field, cell.words)
        for kind, fields in KINDS.items()
        for field, cell in fields.fields.items()
        if cell.words
    ],
)
def test_every_word_stands_in_the_guide(kind: str, field: str, words: list[str]):
    told = set(re.findall(r"[a-z_]+", row_of(f"{kind} {field}")))
    assert set(filter(None, words)) <= told


def test_every_message_stands_in_the_guide():
    sources = (ROOT / "src/upswing/connectors/files").glob("*.py")
    found = {
        code for path in sources for match in CODE.findall(path.read_text(encoding="utf-8")) for code in match
    }
    messages = GUIDE[GUIDE.index("## What the messages mean") :]
    first_cells = ", ".join(re.findall(r"^\| ([^|]+) \|", messages, re.MULTILINE))
    told = {cell.strip(" …").replace(" ", "_") for cell in first_cells.split(",")}
    assert len(found) > 30
    assert found - {""} <= told, sorted(found - {""} - told)
