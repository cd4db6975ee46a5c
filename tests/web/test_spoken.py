"""Sentences of the core in the reader's language: patterns are translated, values written anew."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.utils import translation

from tests.tongue import speak
from upswing.core.wording import Either, in_a_row, worded, worded_many
from upswing.web.shared.spoken import spoken


@pytest.fixture(autouse=True)
def _danish(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: object):
    told = (
        ("Leave {over} of {lines} out by {day}.", "Udelad {over} af {lines} senest {day}.", None),
        (
            ("{count} row refused", "{count} rows refused"),
            ("{count} række afvist", "{count} rækker afvist"),
            None,
        ),
        ("Calls", "Opkald", None),
        ("Add {one}.", "Tilføj {one}.", None),
        ("“{label}” is taken.", "“{label}” er optaget.", None),
    )
    speak("da", told, tmp_path, settings, monkeypatch)
    with translation.override("da"):
        yield


def test_values_are_written_as_the_language_writes_them() -> None:
    told = worded(
        "Leave {over} of {lines} out by {day}.", over=1_284, lines=("a", "b", "c"), day=date(2026, 11, 3)
    )
    assert spoken(told) == "Udelad 1.284 af a, b og c senest 3. november 2026."


@pytest.mark.parametrize(("number", "said"), [(1, "1 række afvist"), (2, "2 rækker afvist")])
def test_the_plural_is_the_language_s_own(number: int, said: str) -> None:
    assert spoken(worded_many("{count} row refused", "{count} rows refused", number)) == said


def test_names_of_ours_are_translated_and_what_people_wrote_is_not() -> None:
    assert spoken(worded("“{label}” is taken.", label=worded("Calls"))) == "“Opkald” er optaget."
    assert spoken(worded("“{label}” is taken.", label="Calls")) == "“Calls” er optaget."


def test_of_several_any_will_do() -> None:
    assert spoken(worded("Add {one}.", one=Either((worded("Calls"), "b")))) == "Tilføj Opkald eller b."


def test_sentences_in_a_row_are_each_translated() -> None:
    assert spoken(in_a_row((worded("Add {one}.", one="x"), worded("Calls")))) == "Tilføj x. Opkald"


@pytest.mark.parametrize("text", ["", "{what people wrote}", "Nobody has translated this."])
def test_other_texts_pass_through(text: str) -> None:
    assert spoken(text) == spoken(worded(text)) == text
