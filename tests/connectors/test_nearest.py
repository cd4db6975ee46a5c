"""Who is offered where nobody is called so: whom a person would take for the one that was meant."""

from __future__ import annotations

import pytest

from upswing.connectors.files.nearest import near, nearest, nearest_id

NEAR = [
    ("Tess Lunt", "Tess Lund"),
    ("T. Lund", "Tess Lund"),
    ("Lund, Tess", "Tess Lund"),
    ("stan", "Stan Weber"),
    ("GTXPro", "GTX Pro"),
    ("show_rat", "show_rate"),
    ("deal", "deal_id"),
]
STRANGERS = [
    ("Stan Lund", "Tess Lund"),
    ("Mona Weber", "Stan Weber"),
    ("Tess Berg", "Tess Lund"),
    ("Otto Lang", "Mona Berg"),
    ("Lost", "Closed"),
    ("owner", "rep"),
]


@pytest.mark.parametrize(("word", "meant"), NEAR)
def test_what_is_nearly_called_so_is_offered(word: str, meant: str):
    assert nearest(word, ["Nobody", meant]) == f"Did you mean “{meant}”?"


@pytest.mark.parametrize(("word", "stranger"), STRANGERS)
def test_a_stranger_is_not_offered(word: str, stranger: str):
    assert nearest(word, [stranger]) == f"There are: {stranger}."
    assert near(word, [stranger]) == ""


def test_the_nearest_spelling_goes_before_the_same_words():
    assert near("Tess Lundt", ["Tess", "Tess Lund", "Tess Lundt Weber"]) == "Tess Lund"


def test_an_id_is_near_by_its_spelling_alone():
    assert nearest_id("D-1O1", {"D-101": "Tess"}) == "Did you mean “D-101”?"
    assert nearest_id("D", ["D-101"]) == ""
