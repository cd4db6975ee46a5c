"""Working days and available days."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.strategies import calendars, customs, near_days, near_periods
from upswing.core.calendar import Calendar, own_weeks
from upswing.core.period import Period, edges, parse_period

HALF = Fraction(1, 2)


def period(slug: str) -> Period:
    return parse_period(slug, date(2026, 1, 1))


def naive(calendar: Calendar, asked: Period) -> tuple[Fraction, Fraction]:
    """Working and available days, one day at a time."""
    working = available = Fraction(0)
    for day in (asked.start + timedelta(n) for n in range(asked.days)):
        weekdays = dict(enumerate((calendar.weekdays, *(week for _, week in calendar.weeks))))
        begun = sum(starts <= day for starts, _ in calendar.weeks)
        if day.weekday() in weekdays[begun] and day not in calendar.holidays:
            length = HALF if day in calendar.half_days else Fraction(1)
            working += length
            employed = (calendar.starts or day) <= day <= (calendar.ends or day)
            available += length if employed and day not in calendar.time_off else 0
    return working, available


@pytest.mark.parametrize(("slug", "days"), [("2026-02", 20), ("2026-07", 23), ("2026-Q1", 64), ("2026", 261)])
def test_weekdays_of_2026(slug: str, days: int):
    assert Calendar().working_days(period(slug)) == days


@given(calendars(), near_periods)
def test_the_fast_count_equals_the_slow_one(calendar: Calendar, asked: Period):
    assert (calendar.working_days(asked), calendar.available_days(asked)) == naive(calendar, asked)


@given(calendars(), near_periods, near_days)
def test_days_before_and_after_a_cut_add_up(calendar: Calendar, asked: Period, cut: date):
    before = asked.until(cut)
    after = Period(before.kind, before.end, asked.end)
    assert calendar.working_days(before) + calendar.working_days(after) == calendar.working_days(asked)
    assert calendar.available_days(before) + calendar.available_days(after) == calendar.available_days(asked)


@given(calendars(), near_periods)
def test_a_rep_is_available_on_working_days_only(calendar: Calendar, asked: Period):
    assert 0 <= calendar.available_days(asked) <= calendar.working_days(asked) <= asked.days


@given(customs())
def test_whole_months_and_edges_hold_the_working_days_of_the_period(asked: Period):
    parts = (*asked.months(), *edges(asked))
    assert sum(Calendar().working_days(part) for part in parts) == Calendar().working_days(asked)


def test_four_days_of_leave_leave_19_of_23_working_days():
    leave = frozenset(date(2026, 7, day) for day in (6, 7, 8, 9))
    assert Calendar(time_off=leave).available_days(period("2026-07")) == 19


def test_leave_on_a_holiday_counts_once():
    new_year = frozenset({date(2026, 1, 1)})
    calendar = Calendar(holidays=new_year, time_off=new_year)
    assert calendar.available_days(period("2026-01")) == calendar.working_days(period("2026-01")) == 21


def test_leave_at_the_weekend_costs_nothing():
    assert Calendar(time_off=frozenset({date(2026, 7, 4)})).available_days(period("2026-07")) == 23


def test_half_days_count_half_worked_or_off():
    eve = frozenset({date(2026, 12, 24)})
    assert Calendar(half_days=eve).working_days(period("2026-12")) == Fraction(45, 2)
    assert Calendar(half_days=eve, time_off=eve).available_days(period("2026-12")) == 22
    assert Calendar(half_days=eve, holidays=eve).working_days(period("2026-12")) == 22


def test_only_employed_days_are_available_first_and_last_included():
    rep = Calendar(starts=date(2026, 7, 15), ends=date(2026, 7, 17))
    assert rep.available_days(period("2026-07")) == 3
    assert rep.working_days(period("2026-07")) == 23
    assert rep.available_days(period("2026-06")) == rep.available_days(period("2026-08")) == 0


@given(near_periods, near_days, near_days)
def test_employment_is_counted_day_by_day(asked: Period, starts: date, ends: date):
    calendar = Calendar(frozenset(range(7)), starts=starts, ends=ends)
    assert calendar.available_days(asked) == naive(calendar, asked)[1]


@given(st.frozensets(st.integers(0, 6)))
def test_a_year_has_the_weekdays_of_its_weeks(weekdays: frozenset[int]):
    assert abs(Calendar(weekdays).working_days(period("2026")) - 52 * len(weekdays)) <= 1


def test_another_week_leaves_the_days_before_alone():
    four = Calendar(weeks=((date(2026, 7, 15), frozenset(range(4))),))
    assert four.working_days(period("2026-06")) == Calendar().working_days(period("2026-06")) == 22
    assert four.working_days(period("2026-07")) == 23 - 3
    assert four.length(date(2026, 7, 10)) == 1
    assert four.length(date(2026, 7, 17)) == 0


weeks = st.dictionaries(near_days, st.frozensets(st.integers(0, 6), min_size=1), max_size=3)


@given(st.frozensets(st.integers(0, 6), min_size=1), weeks, weeks, near_days)
def test_own_weekdays_hold_from_their_day_and_everybody_s_where_there_are_none(first, common, own, day: date):
    own = dict(own)
    if own:
        own[max(own)] = frozenset()
    rows = tuple(sorted(common.items(), key=lambda each: each[0]))
    shared = next((week for starts, week in reversed(rows) if starts <= day), first)
    mine = next((own[starts] for starts in sorted(own, reverse=True) if starts <= day), frozenset())
    weekdays, later = own_weeks(first, rows, own)
    assert Calendar(weekdays, weeks=later).week(day) == (mine or shared)
