"""What stages and words mean, in five languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.connectors.guess.sheets import guessed
from upswing.connectors.files.fields import KINDS
from upswing.connectors.files.guess.guessed import Confidence
from upswing.connectors.files.guess.mapping import mapping
from upswing.connectors.files.guess.meanings import TABLES, stage, word
from upswing.connectors.files.guess.vocabulary import words

SURE, LIKELY, NONE = Confidence.SURE, Confidence.LIKELY, Confidence.NONE
STAGES = [
    ("Closed Won", "won", SURE), ("closedwon", "won", SURE), ("Vundet", "won", SURE), ("gewonnen", "won", SURE),
    ("赢单", "won", SURE), ("수주", "won", SURE), ("Closed Lost", "lost", SURE), ("Tabt", "lost", SURE),
    ("Verloren", "lost", SURE), ("未成交", "lost", SURE), ("수주 실패", "lost", SURE), ("输单", "lost", SURE),
    ("Prospecting", "open", SURE), ("報價中", "open", LIKELY), ("Step 4 of 6", "open", LIKELY),
    ("7 - Won (signed)", "won", LIKELY), ("Lost to competitor", "lost", LIKELY), ("Negotiation open", "open", LIKELY),
    ("Wonderland", "open", LIKELY), ("Qualified lost", "lost", LIKELY),
]  # fmt: skip
WORDS = [
    ("activities", "kind", "Telefonat", "call", SURE), ("activities", "kind", "E-Mail", "email", SURE),
    ("activities", "kind", "besøg", "visit", SURE), ("activities", "kind", "微信", "social", SURE),
    ("activities", "kind", "미팅", "meeting", SURE), ("activities", "kind", "Presentaion", "meeting", LIKELY),
    ("activities", "kind", "Note", "", NONE), ("activities", "outcome", "Left voicemail", "voicemail", SURE),
    ("activities", "outcome", "NO_SHOW", "no_show", SURE), ("activities", "outcome", "부재중", "no_answer", SURE),
    ("leads", "disposition", "Closed - Converted", "qualified", SURE),
    ("leads", "disposition", "Nicht kontaktiert", "not_attempted", SURE), ("leads", "disposition", "blue", "", NONE),
    ("quotes", "status", "Angenommen", "accepted", SURE), ("invoices", "kind", "Gutschrift", "credit_note", SURE),
]  # fmt: skip


@pytest.mark.parametrize(("written", "meant", "confidence"), STAGES)
def test_a_stage_is_open_won_or_lost(written: str, meant: str, confidence: Confidence):
    assert stage(written) == (meant, confidence)


@pytest.mark.parametrize(("kind", "field", "written", "meant", "confidence"), WORDS)
def test_a_word_is_one_of_ours(kind: str, field: str, written: str, meant: str, confidence: Confidence):
    assert word(written, KINDS[kind].fields[field]) == (meant, confidence)


def test_every_meaning_is_a_word_of_ours():
    for ours, table in TABLES.items():
        assert set(words(table).values()) <= {one.value for one in ours}
    assert set(words("stage").values()) == {"open", "won", "lost"}


def test_words_are_counted_and_those_that_are_none_of_ours_are_listed(tmp_path: Path):
    lines = ["Activity ID,Owner,Type,Date,Outcome"]
    lines += [f"A{n},Tess Lund,Call,2026-01-0{n},Besetzt" for n in range(1, 4)]
    lines += ["A8,Tess Lund,E-mail,2026-01-08,replied", "A9,Tess Lund,Note,2026-01-09,mauve"]
    found = guessed(tmp_path, {"activities.csv": "\n".join(lines)})
    told = {
        (one.field, one.written): (one.count, one.meant, one.confidence) for one in found.used[0].meanings
    }
    assert told == {
        ("kind", "Call"): (3, "call", SURE), ("kind", "E-mail"): (1, "email", SURE), ("kind", "Note"): (1, "", NONE),
        ("outcome", "Besetzt"): (3, "no_answer", SURE), ("outcome", "replied"): (1, "answered", SURE),
        ("outcome", "mauve"): (1, "", NONE),
    }  # fmt: skip
    aliases = mapping(found)["activities"]["aliases"]
    assert aliases == {
        "kind": {"E-mail": "email"},  # a note is none of our kinds: its row is refused, and says so
        "outcome": {"Besetzt": "no_answer", "replied": "answered", "mauve": ""},
    }


def test_stages_are_counted_and_stand_in_the_mapping_with_the_open_ones_first(tmp_path: Path):
    lines = [
        "Deal ID,Owner,Stage",
        "D1,Tess Lund,Vundet",
        "D2,Tess Lund,Vundet",
        "D3,Stan Weber,Tabt",
        "D4,Stan Weber,Snak",
    ]
    found = guessed(tmp_path, {"aftaler.csv": "\n".join(lines)})
    assert [(one.written, one.count, one.meant) for one in found.used[0].meanings] == [
        ("Vundet", 2, "won"), ("Tabt", 1, "lost"), ("Snak", 1, "open"),
    ]  # fmt: skip
    assert list(mapping(found)["deals"]["stages"].items()) == [
        ("Snak", "open"),
        ("Vundet", "won"),
        ("Tabt", "lost"),
    ]
