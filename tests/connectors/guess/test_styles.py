"""How days and numbers are written: decided by the values where they can, asked where they cannot."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.connectors.guess.sheets import guessed
from upswing.connectors.files.guess.guessed import Column, Guess, Reads
from upswing.connectors.files.guess.styles import DAYS, as_day, as_number, reading
from upswing.connectors.files.guess.written import days_written, numbers_written

DAY = [
    (["2026-01-02", "2026-11-30"], "%Y-%m-%d"), (["02.01.2026", "30.11.2026"], "%d.%m.%Y"),
    (["2.1.2026", "30.11.2026"], "%d.%m.%Y"), (["02/01/2026", "30/11/2026"], "%d/%m/%Y"),
    (["1/2/2026", "11/30/2026"], "%m/%d/%Y"), (["1/2/26", "11/30/26"], "%m/%d/%y"), (["2.1.26", "3.1.26"], "%d.%m.%y"),
    (["2026/01/02"], "%Y/%m/%d"), (["20260102", "20261130"], "%Y%m%d"), (["2 Jan 2026"], "%d %b %Y"),
    (["Jan 2, 2026"], "%b %d, %Y"), (["02-Jan-26"], "%d-%b-%y"), (["2026年1月2日"], "%Y年%m月%d日"),
    (["2026년 1월 2일"], "%Y년 %m월 %d일"), (["2026. 1. 2."], "%Y. %m. %d."),
]  # fmt: skip
INSTANT = [
    (["2026-01-02 10:30"], ""), (["2026-01-02T10:30:00Z"], ""), (["2021-01-07 6:49:18"], ""),
    (["02.01.2026 10:30", "30.11.2026 9:05"], "%d.%m.%Y %H:%M"), (["11/30/2026, 2:05 PM"], "%m/%d/%Y, %I:%M %p"),
]  # fmt: skip
NUMBER = [
    (["1200", "7"], (".", "")), (["1200.50", "7.5"], (".", "")), (["1,200.50", "7.5"], (".", ",")),
    (["1.200,50", "7,5"], (",", ".")), (["1200,50"], (",", "")), (["1 200,50"], (",", " ")), (["1'200.50"], (".", "'")),
    (["0.875", "1.234"], (".", "")), (["0,875", "1,234"], (",", "")), (["1.234.567"], (",", ".")),
]  # fmt: skip


def column(*values: str) -> tuple[Column, dict[str, int]]:
    cells = dict.fromkeys(values, 1)
    return Column("Close date", (), reading(cells)), cells


@pytest.mark.parametrize(("values", "style"), DAY)
def test_days_are_known_by_their_style(values: list[str], style: str):
    found, cells = column(*values)
    assert found.reading.what is Reads.DAY
    assert style in found.reading.days
    iso = style == "%Y-%m-%d"  # read in every table: nothing to say
    assert days_written("deals.csv", [(found, cells)]) == ({} if iso else {"date": style}, None)


@pytest.mark.parametrize(("values", "style"), INSTANT)
def test_instants_are_known_by_their_style(values: list[str], style: str):
    found, cells = column(*values)
    assert found.reading.what is Reads.INSTANT
    assert style in found.reading.instants
    assert days_written("deals.csv", [(found, cells)]) == ({"time": style} if style else {}, None)


@pytest.mark.parametrize(("values", "marks"), NUMBER)
def test_numbers_are_known_by_their_marks(values: list[str], marks: tuple[str, str]):
    found, cells = column(*values)
    written, question = numbers_written("deals.csv", [(found, cells)])
    assert question is None
    plain = all(value.isdigit() for value in values)
    assert written == ({} if plain else dict(zip(("decimal", "thousands"), marks, strict=True)))


def test_days_that_read_two_ways_are_asked_with_both_readings():
    _, question = days_written("deals.csv", [column("03/04/26", "05/06/26", "07/07/26")])
    assert question is not None
    assert [choice.answer for choice in question.choices] == ["%d/%m/%y", "%m/%d/%y"]
    assert question.choices[0].readings == (("03/04/26", "2026-04-03"), ("05/06/26", "2026-06-05"))
    assert question.choices[1].readings == (("03/04/26", "2026-03-04"), ("05/06/26", "2026-05-06"))
    assert question.choices[1].written == {"date": "%m/%d/%y"}
    assert question.sentence == (
        "The days of “deals.csv” read in 2 ways: “03/04/26” in “Close date” is “2026-04-03” or “2026-03-04”. Choose one."
    )


def test_numbers_that_read_two_ways_are_asked_with_both_readings():
    _, question = numbers_written("deals.csv", [column("1.234", "7.500", "12")])
    assert question is not None
    assert [choice.answer for choice in question.choices] == [".", ","]
    assert [choice.readings[0] for choice in question.choices] == [("1.234", "1.234"), ("1.234", "1234.0")]
    assert question.choices[1].written == {"decimal": ",", "thousands": "."}


def test_one_value_decides_and_so_does_another_column_of_the_table():
    undecided, decided = column("03/04/26", "05/06/26"), column("03/04/26", "30/11/26")
    assert days_written("deals.csv", [decided]) == ({"date": "%d/%m/%y"}, None)
    assert days_written("deals.csv", [undecided, decided]) == ({"date": "%d/%m/%y"}, None)
    assert numbers_written("deals.csv", [column("1.234"), column("12.5")]) == (
        {"decimal": ".", "thousands": ""},
        None,
    )


def test_days_that_read_alike_either_way_ask_nothing():
    assert days_written("deals.csv", [column("01/01/2026", "02/02/2026")])[1] is None


def test_a_time_beside_the_day_is_decided_together_with_it():
    days, times = column("03/04/2026"), column("03/04/2026 10:00", "30/11/2026 11:00")
    assert days_written("calls.csv", [days, times]) == ({"date": "%d/%m/%Y", "time": "%d/%m/%Y %H:%M"}, None)


def test_a_few_values_that_are_no_days_leave_the_others_days():
    found, _ = column(*(str(date(2026, 1, 1) + timedelta(n)) for n in range(30)), "soon", "n/a")
    assert found.reading.what is Reads.DAY
    assert column("soon", "n/a", "2026-01-01")[0].reading.what is not Reads.DAY


def test_the_question_is_asked_once_and_only_for_columns_that_are_used(tmp_path: Path):
    text = "Deal ID,Owner,Stage,Created,Close date,Noted\nD1,Tess Lund,Won,03/04/2026,04/05/2026,1.234\n"
    found = guessed(tmp_path, {"deals.csv": text})
    assert [question.key for question in found.questions] == ["deals.csv:days"]
    assert found.latest is None


def test_the_latest_day_is_the_last_one_that_is_not_in_the_future(tmp_path: Path):
    text = "Deal ID,Owner,Stage,Created,Expected close\nD1,Tess Lund,Open,30.10.2026,24.12.2027\n"
    found: Guess = guessed(tmp_path, {"deals.csv": text})
    assert found.latest == date(2026, 10, 30)


@given(day=st.dates(date(1990, 1, 1), date(2100, 12, 31)), style=st.sampled_from(DAYS))
def test_every_style_reads_back_what_it_writes(day: date, style: str):
    if "%y" in style and not 1990 <= day.year <= 2068:
        day = day.replace(year=2026, day=min(day.day, 28))
    assert as_day(day.strftime(style), style) == day


@given(
    days=st.lists(st.dates(date(2000, 1, 1), date(2060, 12, 31)), min_size=1, unique=True),
    style=st.sampled_from(DAYS),
)
def test_what_was_written_is_decided_rightly_or_asked(days: list[date], style: str):
    told, question = days_written("x.csv", [column(*(day.strftime(style) for day in days))])
    readings = (
        {told["date"]}
        if "date" in told
        else {choice.answer for choice in question.choices}
        if question
        else {DAYS[0]}
    )
    found = [[as_day(day.strftime(style), one) for day in days] for one in readings]
    assert days in found


@given(
    st.decimals("-999999.99", "999999.99", places=2),
    st.sampled_from([(".", ","), (",", "."), (",", " "), (".", "'")]),
)
def test_a_number_with_two_decimals_reads_one_way(amount: Decimal, marks: tuple[str, str]):
    text = f"{amount:,.2f}".translate(str.maketrans({".": marks[0], ",": marks[1]}))
    written, question = numbers_written("x.csv", [column(text)])
    assert question is None
    assert as_number(text, (written["decimal"], written["thousands"])) == amount


def test_a_value_far_down_decides_in_good_time():
    start = datetime(2026, 3, 1, tzinfo=UTC)
    rows = [f"{start + timedelta(minutes=2 * n):%d/%m/%Y %H:%M}" for n in range(10_000)]  # until the 14th
    before = time.perf_counter()
    assert days_written("calls.csv", [column(*rows)]) == ({"time": "%d/%m/%Y %H:%M"}, None)
    _, question = days_written("calls.csv", [column(*rows[:5_000])])
    assert question is not None
    assert time.perf_counter() - before < 5
