"""Sentences that remember how they were made."""

from __future__ import annotations

from datetime import date

import pytest

from upswing.core.wording import Either, Worded, worded, worded_many


class Refused(ValueError):
    """Any refusal."""


def test_a_sentence_reads_as_english_and_knows_its_pattern() -> None:
    told = worded(
        "Leave {over} of {lines} out by {day}.",
        over=1_284,
        lines=("calls", "meetings", "leads"),
        day=date(2026, 11, 3),
    )
    assert told == "Leave 1,284 of calls, meetings and leads out by 3 November 2026."
    assert told.pattern == "Leave {over} of {lines} out by {day}."
    assert told.values["over"] == 1_284


def test_several_of_which_any_will_do_are_joined_by_or() -> None:
    assert worded("Add {one}.", one=Either(("calls", "leads"))) == "Add calls or leads."
    assert worded("Add {one}.", one=Either(("calls",))) == "Add calls."


@pytest.mark.parametrize(("number", "said"), [(0, "0 lines"), (1, "one line"), (2, "2 lines")])
def test_one_is_said_otherwise_than_many(number: int, said: str) -> None:
    told = worded_many("one line", "{count} lines", number)
    assert told == said
    assert (told.pattern, told.plural, told.number) == ("one line", "{count} lines", number)


def test_the_text_of_an_error_still_knows_its_pattern() -> None:
    told = str(Refused(worded("There is no {thing}.", thing="card")))
    assert isinstance(told, Worded)
    assert told.values == {"thing": "card"}


def test_a_text_without_values_may_hold_braces() -> None:
    assert worded("{what people wrote}") == "{what people wrote}"
