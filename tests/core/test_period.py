"""Periods: one definition of when."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.strategies import WHOLE_KINDS, customs, days, fiscal_starts, periods, whole_periods
from upswing.core.period import (
    Period,
    PeriodKind,
    UnknownPeriod,
    day_of,
    edges,
    month_of,
    parse_period,
    period_of,
    quarter_of,
    week_of,
    weeks_in,
    whole_months,
    year_of,
)

TODAY = date(2026, 11, 14)


def read(text: str, fiscal_start: int = 1) -> Period:
    return parse_period(text, TODAY, fiscal_start)


@pytest.mark.parametrize(
    ("text", "start", "last"),
    [
        ("2026-11-14", date(2026, 11, 14), date(2026, 11, 14)),
        ("2026-W47", date(2026, 11, 16), date(2026, 11, 22)),
        ("2020-W53", date(2020, 12, 28), date(2021, 1, 3)),
        ("2026-11", date(2026, 11, 1), date(2026, 11, 30)),
        ("2026-Q4", date(2026, 10, 1), date(2026, 12, 31)),
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("2026-11-01..2026-11-15", date(2026, 11, 1), date(2026, 11, 15)),
    ],
)
def test_every_kind_of_slug_is_read_and_written_back(text: str, start: date, last: date):
    period = read(text)
    assert (period.start, period.last, period.slug) == (start, last, text)


@pytest.mark.parametrize(
    ("word", "slug"),
    [
        ("today", "2026-11-14"), ("this-week", "2026-W46"), ("last-week", "2026-W45"),
        ("this-month", "2026-11"), ("last-month", "2026-10"),
        ("this-quarter", "2026-Q4"), ("last-quarter", "2026-Q3"),
        ("this-year", "2026"), ("last-year", "2025"),
    ],
)  # fmt: skip
def test_words_are_read_on_the_given_day(word: str, slug: str):
    assert read(word).slug == slug


def test_case_and_space_around_a_slug_do_not_matter():
    assert read(" 2026-w47 ") == read("2026-W47")
    assert read("LAST-Quarter") == read("2026-q3")


@given(periods.filter(lambda period: period.days > 0))
def test_reading_a_slug_gives_the_period_back(period: Period):
    assert parse_period(period.slug, TODAY, period.fiscal_start) == period


def test_a_quarter_that_does_not_exist_is_named_with_examples():
    with pytest.raises(UnknownPeriod) as caught:
        read("2017-Q5")
    assert str(caught.value) == (
        "No period reads “2017-Q5”: a year has quarters Q1 to Q4. "
        "Write 2017-Q3, 2017-07, 2017-W30, 2017, this-month or last-quarter."
    )


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2017-13", "months 01 to 12"),
        ("2017-00", "months 01 to 12"),
        ("2017-W53", "2017 has weeks W01 to W52"),
        ("2017-W00", "weeks W01 to"),
        ("2017-02-30", "the calendar has no 2017-02-30"),
        ("2017-13-01", "the calendar has no"),
        ("2017-03-02..2017-03-01", "its last day comes before its first"),
        ("2017-03-02..2017-02-31", "the calendar has no 2017-02-31"),
        ("1989", "1990 to 2100"),
        ("2101-W01", "1990 to 2100"),
        ("2017-01-01..9999-12-31", "1990 to 2100"),
        ("", "No period reads “”. Write 2026-Q3"),
        ("next year", "Write 2026-Q3"),
        ("２０１７", "Write 2026-Q3"),
        ("2017-1-1", "Write"),
    ],
)
def test_what_is_no_period_is_said_in_a_sentence(text: str, reason: str):
    with pytest.raises(UnknownPeriod, match=reason):
        read(text)


@given(st.text(max_size=24))
def test_any_text_is_a_period_or_unknown(text: str):
    try:
        period = read(text)
    except UnknownPeriod:
        return
    assert period.days > 0


def test_a_fiscal_year_bears_the_year_in_which_it_ends():
    assert year_of(date(2025, 2, 1), 2).slug == "2026"
    assert year_of(date(2026, 1, 31), 2).slug == "2026"
    assert read("2026", 2).start == date(2025, 2, 1)
    assert quarter_of(date(2025, 2, 28), 2).slug == "2026-Q1"
    assert read("2026-Q4", 4).last == date(2026, 3, 31)


@given(days, fiscal_starts)
def test_the_fiscal_quarter_lies_in_the_fiscal_year_of_the_same_name(day: date, fiscal_start: int):
    quarter, year = quarter_of(day, fiscal_start), year_of(day, fiscal_start)
    assert quarter.slug.startswith(year.slug)
    assert year.start <= quarter.start <= quarter.last <= year.last


@given(whole_periods())
def test_neighbours_touch_and_are_of_one_kind(period: Period):
    assert period.previous().end == period.start
    assert period.end == period.next().start
    assert period.next().previous() == period == period.previous().next()
    assert period.previous().kind is period.kind


@given(customs())
def test_neighbours_of_a_custom_period_have_as_many_days(period: Period):
    assert period.previous().end == period.start
    assert period.previous().days == period.days == period.next().days


@given(days, st.sampled_from(WHOLE_KINDS), fiscal_starts)
def test_each_day_lies_in_exactly_one_period_of_a_kind(day: date, kind: PeriodKind, fiscal_start: int):
    period = period_of(kind, day, fiscal_start)
    assert period.contains(day)
    assert not period.previous().contains(day)
    assert not period.next().contains(day)
    assert {period_of(kind, other, fiscal_start) for other in (period.start, period.last)} == {period}


@given(days, fiscal_starts)
def test_months_add_up_to_the_year(day: date, fiscal_start: int):
    year = year_of(day, fiscal_start)
    assert len(year.months()) == 12
    assert sum(month.days for month in year.months()) == year.days


@given(periods)
def test_whole_months_and_edges_make_up_the_period(period: Period):
    pieces = sorted([*whole_months(period), *edges(period)])
    covered = [piece.start + timedelta(day) for piece in pieces for day in range(piece.days)]
    assert covered == [period.start + timedelta(day) for day in range(period.days)]
    assert len(edges(period)) <= 2
    assert all(edge.days and not edge.months() for edge in edges(period))


def test_a_period_is_cut_into_whole_months_and_the_days_around_them():
    period = read("2026-01-30..2026-04-02")
    assert [month.slug for month in period.months()] == ["2026-02", "2026-03"]
    assert [edge.slug for edge in edges(period)] == ["2026-01-30..2026-01-31", "2026-04-01..2026-04-02"]


@pytest.mark.parametrize(
    ("slug", "earlier"),
    [
        ("2026-02", "2025-02"),
        ("2026-Q1", "2025-Q1"),
        ("2026", "2025"),
        ("2026-W10", "2025-W10"),
        ("2020-W53", "2019-W52"),
        ("2024-02-29", "2023-02-28"),
        ("2024-02-01..2024-02-29", "2023-02-01..2023-02-28"),
        ("2024-02-29..2024-02-29", "2023-02-28..2023-02-28"),
        ("2026-03-01..2026-03-15", "2025-03-01..2025-03-15"),
    ],
)
def test_the_same_period_a_year_earlier_keeps_its_name(slug: str, earlier: str):
    assert read(slug).same_last_year().slug == earlier


@given(periods)
def test_a_year_earlier_is_about_a_year_earlier(period: Period):
    assert 358 <= (period.start - period.same_last_year().start).days <= 372
    assert period.same_last_year().kind is period.kind


def test_the_part_until_a_day_includes_that_day():
    november = read("2026-11")
    assert november.until(date(2026, 11, 15)).slug == "2026-11-01..2026-11-15"
    assert november.until(date(2026, 10, 31)).days == 0
    assert november.until(date(2027, 1, 1)).days == 30


@given(periods, days)
def test_the_part_until_a_day_is_what_the_period_holds_up_to_it(period: Period, day: date):
    part = period.until(day)
    assert part.start == period.start
    assert part.days == sum(period.start + timedelta(n) <= day for n in range(period.days))


def test_earlier_periods_sort_first():
    assert sorted([read("2026-Q1"), read("2025"), read("2026-01")]) == [
        read("2025"),
        read("2026-01"),
        read("2026-Q1"),
    ]
    assert read("2025") < read("2026") <= read("2026")


def test_the_fiscal_start_means_nothing_to_days_weeks_and_months():
    assert period_of(PeriodKind.MONTH, TODAY, 4) == month_of(TODAY)
    assert period_of(PeriodKind.WEEK, TODAY, 4) == week_of(TODAY)
    assert period_of(PeriodKind.DAY, TODAY, 4) == day_of(TODAY)
    assert quarter_of(TODAY, 4) != quarter_of(TODAY)


@pytest.mark.parametrize(
    ("kind", "start", "end", "fiscal_start"),
    [
        (PeriodKind.MONTH, date(2026, 1, 2), date(2026, 2, 2), 1),
        (PeriodKind.WEEK, date(2026, 11, 14), date(2026, 11, 21), 1),
        (PeriodKind.QUARTER, date(2026, 1, 1), date(2026, 4, 1), 2),
        (PeriodKind.YEAR, date(2026, 1, 1), date(2027, 1, 1), 13),
        (PeriodKind.DAY, date(2026, 1, 1), date(2026, 1, 1), 1),
        (PeriodKind.CUSTOM, date(2026, 1, 2), date(2026, 1, 1), 1),
    ],
)
def test_days_that_are_not_one_whole_period_are_refused(
    kind: PeriodKind, start: date, end: date, fiscal_start: int
):
    with pytest.raises(ValueError, match=r"is not a|fiscal year starts"):
        Period(kind, start, end, fiscal_start)


def test_a_year_has_52_or_53_weeks():
    assert [weeks_in(year) for year in (2015, 2019, 2020, 2026)] == [53, 52, 53, 53]


def test_the_periods_before_come_the_earliest_first() -> None:
    quarter = parse_period("2026-Q1", date(2026, 1, 1))
    assert [each.slug for each in quarter.before(3)] == ["2025-Q2", "2025-Q3", "2025-Q4"]
    assert quarter.before(0) == []
