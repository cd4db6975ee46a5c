"""From a guess and what a person said to a raw mapping: pure, no files, no database."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upswing.connectors.connector import Unreadable
from upswing.connectors.files.guess.guessed import Column, Confidence, Guess, Meaning, Reading, Table
from upswing.web.imports.beginnings import currency_of, name_of
from upswing.web.imports.correcting import (
    about_troubles,
    as_told,
    corrected,
    is_as_shown,
    key_of,
    raw_of,
    stated,
    troubles,
)
from upswing.web.imports.form import About, Form, said

TODAY = date(2026, 11, 20)
SURE, LIKELY = Confidence.SURE, Confidence.LIKELY
COLUMNS = {"Id": "id", "Owner": "rep", "Stage": "stage", "Value": "amount", "Note": ""}
ABOUT = {"name": ["My CRM"], "currency": ["eur"], "read_on": ["2026-11-19"], "time_zone": ["UTC"]}


def table(columns: dict[str, str] = COLUMNS, **more: Any) -> Table:
    shown = tuple(Column(header, (), Reading(1, 1), name, LIKELY) for header, name in columns.items())
    meanings = (Meaning("stage", "Won", 3, "won", SURE), Meaning("stage", "Verbal", 2, "open", LIKELY))
    return Table("deals.csv", "deals", shown, 5, SURE, meanings=meanings, **more)


def names(**more: Any) -> Table:
    return Table("deals.csv", "people", (Column("Owner", (), Reading(1, 1), "name", LIKELY),), 5, LIKELY,
                 more={"distinct": True})  # fmt: skip


def form(columns: dict[str, str] = COLUMNS, **more: list[str]) -> Form:
    told = {
        "file": ["deals.csv"], "start": ["none"], "0.kind": ["deals"], "0.shown": ["deals"],
        "0.header": list(columns), "0.field": list(columns.values()),
        "0.word": ["stage:Won", "stage:Verbal"], "0.meant": ["won", "open"], "0.was": ["\r\n\r\n"], **ABOUT,
    }  # fmt: skip
    return told | {key.replace("_0_", "0."): value for key, value in more.items()}


def test_what_nobody_touched_changes_nothing():
    guess = Guess((table(),))
    assert is_as_shown(said(form()), guess)
    assert corrected(said(form()), guess, guess) == guess


@pytest.mark.parametrize(
    "change",
    [{"_0_kind": ["leads"]}, {"_0_header_row": ["2"]}, {"_0_marks": [",."]}, {"_0_days": ["%d.%m.%Y"]}],
)
def test_whatever_was_said_is_noticed(change: dict[str, list[str]]):
    assert not is_as_shown(said(form(**change)), Guess((table(),)))


def test_chosen_columns_are_what_the_guess_is_made_by():
    told = said(form({**COLUMNS, "Value": "", "Note": "name"}))
    raw = stated(told, Guess((table(),)))
    assert raw["deals"] == [
        {
            "file": "deals.csv",
            "columns": {"id": ["Id"], "rep": ["Owner"], "stage": ["Stage"], "name": ["Note"]},
        }
    ]


def test_another_kind_or_another_way_of_writing_is_guessed_anew():
    for change in ({"_0_kind": ["leads"]}, {"_0_delimiter": [";"]}):
        (kind,) = change.get("_0_kind", ["deals"])
        assert stated(said(form(**change)), Guess((table(),)))[kind] == [{"file": "deals.csv", "columns": {}}]


def test_two_columns_make_one_text_but_not_one_amount():
    both = {"Id": "id", "Owner": "rep", "First": "name", "Last": "name", "Stage": "stage"}
    guess = Guess((table(both, further={"name": ("First", "Last")}),))
    assert list(troubles(said(form(both)), guess)) == []
    twice = {"Id": "id", "Owner": "rep", "Stage": "stage", "A": "amount", "B": "amount"}
    guess = Guess((table(twice, further={"amount": ("A", "B")}),))
    (found,) = troubles(said(form(twice)), guess)
    assert "“Amount” is chosen for “A” and “B”" in found.sentence


def test_what_a_kind_needs_and_lacks_is_said_at_its_table():
    guess = Guess((table({"Id": "id", "Stage": "stage"}),))
    (found,) = troubles(said(form()), guess)
    assert (found.place, found.sentence[:22]) == ("table-0", "Deals need “Rep (who g")


def test_a_word_means_what_was_chosen_also_where_the_mapping_said_otherwise():
    told = said(form(_0_meant=["won", "lost"]))
    plain = Guess((table(),))
    assert raw_of(corrected(told, plain, plain), told, "crm", False)["deals"]["stages"] == {
        "Won": "won",
        "Verbal": "lost",
    }
    stating = as_told(Guess((table(more={"stages": {"Verbal": "won", "Won": "won"}}),)))
    assert [one.meant for one in stating.tables[0].meanings] == ["won", "won"]
    assert (
        raw_of(corrected(told, stating, stating), told, "crm", False)["deals"]["stages"]["Verbal"] == "lost"
    )


def test_a_file_or_the_names_in_it_can_be_left_out():
    guess = Guess((table(), names()))
    assert [one.kind for one in corrected(said(form(_0_kind=[""])), guess, guess).tables] == ["", "people"]
    more = form() | {
        "file": ["deals.csv", "deals.csv"],
        "1.kind": [""],
        "1.shown": ["people"],
        "1.own": ["no"],
    }
    assert [one.kind for one in corrected(said(more), guess, guess).tables] == ["deals", ""]


def test_what_holds_for_all_files_is_part_of_the_mapping():
    told = said(form(organisation=["Nordlys"]))
    raw = raw_of(Guess((table(),)), told, "my-crm", True)
    assert {key: raw[key] for key in ("source", "name", "currency", "organisation", "read_on")} == {
        "source": "my-crm", "name": "My CRM", "currency": "EUR", "organisation": "Nordlys",
        "read_on": date(2026, 11, 19),
    }  # fmt: skip
    assert "organisation" not in raw_of(Guess((table(),)), told, "my-crm", False)


def test_a_first_import_asks_for_the_organisation_and_its_currency():
    about = About(name="CRM", read_on="2026-11-19", time_zone="UTC")
    assert {found.place for found in about_troubles(about, "", TODAY)} == {"organisation", "currency"}
    assert list(about_troubles(replace(about, organisation="Nordlys", currency="dkk"), "", TODAY)) == []


@pytest.mark.parametrize(
    ("languages", "currency"),
    [
        ("da-DK,da;q=0.9,en;q=0.8", "DKK"),
        ("en,en-GB;q=0.9", "GBP"),
        ("ko-KR", "KRW"),
        ("en", ""),
        ("", ""),
        ("xx-YY", ""),
    ],
)
def test_a_browser_tells_in_which_country_money_is_counted(languages: str, currency: str):
    assert currency_of(languages) == currency


@pytest.mark.parametrize(
    ("email", "name"),
    [
        ("olga@nordlys.example", "Nordlys"),
        ("o@sales.north-star.co.uk", "North Star"),
        ("olga@gmail.com", ""),
        ("root@localhost", ""),
    ],
)
def test_an_address_tells_where_somebody_works(email: str, name: str):
    assert name_of(email) == name


@pytest.mark.parametrize(
    ("place", "wrong"),
    [("name", ""), ("currency", "EURO"), ("currency", "USD"), ("read_on", "soon"), ("read_on", "2026-11-21"),
     ("time_zone", "Copenhagen")],
)  # fmt: skip
def test_each_wrong_entry_is_said_at_its_place(place: str, wrong: str):
    right = {"name": "CRM", "currency": "EUR", "read_on": "2026-11-19", "time_zone": "UTC"}
    assert list(about_troubles(About(**right), "EUR", TODAY)) == []
    (found,) = about_troubles(About(**(right | {place: wrong})), "EUR", TODAY)
    assert found.place == place


def test_a_source_of_that_name_is_the_same_source():
    assert key_of("hubspot", {"hs": "HubSpot"}) == "hs"
    assert key_of("Mein CRM (alt)", {}) == "mein-crm-alt"
    assert key_of("…", {}) == "files"


def test_a_header_row_that_is_no_number_is_named():
    with pytest.raises(Unreadable, match="“two” is no row"):
        said(form(_0_header_row=["two"])).hows()


@given(
    st.dictionaries(
        st.sampled_from([*form(), "1.kind", "0.own", "answer:x"]), st.lists(st.text(max_size=20), max_size=6)
    )
)
def test_no_form_breaks_anything_but_a_sentence(wild: dict[str, list[str]]):
    told, guess = said(wild), Guess((table(), names()))
    is_as_shown(told, guess)
    stated(told, guess)
    list(troubles(told, corrected(told, guess, guess)))
