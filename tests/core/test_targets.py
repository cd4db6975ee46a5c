"""Targets: what may be asked for in a period, with every factor, and how much of it is due by a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from math import prod

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.core.strategies import calendars, near_days, near_periods, positive
from upswing.core.calendar import Calendar
from upswing.core.metrics import deals, revenue
from upswing.core.period import Period, day_of, month_of, parse_period, quarter_of
from upswing.core.targets import (
    Factor,
    NoTarget,
    Quota,
    Spreading,
    Target,
    aim,
    aim_all,
    counterpart,
    elapsed,
    expected_by,
    stand,
    target_of,
)

WEEKDAYS = Calendar()
ON_LEAVE = Calendar(time_off=frozenset(date(2026, 7, day) for day in (6, 7, 8, 9)))
SIXTY = Fraction(60)


def period(slug: str) -> Period:
    return parse_period(slug, date(2026, 1, 1))


def quota(value: int, slug: str) -> Quota:
    return Quota(Fraction(value), period(slug))


def some(target: Target | NoTarget | None) -> Target:
    assert isinstance(target, Target)
    return target


def keys(target: Target) -> list[str]:
    return [factor.key for factor in target.factors]


def test_leave_season_and_ramp_bring_60_meetings_down_to_22():
    july = period("2026-07")
    more = (Factor("season", Fraction(9, 10)), Factor("ramp", Fraction(1, 2)))
    target = some(aim(SIXTY, july, july, ON_LEAVE, more))
    assert round(float(target.value), 4) == 22.3043
    assert keys(target) == ["time_off", "season", "ramp"]
    assert target.factors[0].values == (("available_days", 19), ("employed_days", 23))
    assert target.base == SIXTY


def test_who_joins_in_july_is_asked_for_the_rest_of_it_and_leave_is_told_apart():
    july = period("2026-07")
    joined = replace(ON_LEAVE, starts=date(2026, 7, 6))
    target = some(aim(SIXTY, july, july, joined))
    assert keys(target) == ["employed", "time_off"]
    assert target.factors[0].values == (("employed_days", 20), ("working_days", 23))
    assert target.factors[1].values == (("available_days", 16), ("employed_days", 20))
    assert target.value == SIXTY * 16 / 23


def test_without_leave_and_factors_the_target_is_the_quota():
    july = period("2026-07")
    assert aim(SIXTY, july, july, WEEKDAYS) == Target(
        SIXTY, (), some(aim(SIXTY, july, july, WEEKDAYS)).course
    )


def test_a_quarter_is_spread_onto_its_months_by_working_days():
    months = [
        some(aim(Fraction(64), period("2026-Q1"), period(slug), WEEKDAYS)) for slug in ("2026-01", "2026-02")
    ]
    assert [month.value for month in months] == [22, 20]
    assert months[1].factors == (
        Factor(
            "part_of_quota", Fraction(20, 64), (("working_days", Fraction(20)), ("quota_days", Fraction(64)))
        ),
    )


def test_quarters_are_added_to_a_year():
    quotas = [quota(value, f"2026-Q{number}") for number, value in enumerate((10, 20, 30, 40), 1)]
    target = some(aim_all(quotas, period("2026"), WEEKDAYS))
    assert (target.value, target.factors) == (100, ())


def test_a_custom_period_takes_its_part_of_each_quota():
    quotas = [quota(22, "2026-01"), quota(40, "2026-02")]
    target = some(aim_all(quotas, period("2026-01-30..2026-02-02"), WEEKDAYS))
    assert target.value == 1 + 2
    assert target.base == 62


def test_the_shorter_quota_counts_where_two_overlap():
    quotas = [quota(64, "2026-Q1"), quota(100, "2026-02")]
    assert some(aim_all(quotas, period("2026-02"), WEEKDAYS)).value == 100
    assert some(aim_all(quotas, period("2026-Q1"), WEEKDAYS)).value == 22 + 100 + 22
    assert aim_all(quotas, period("2026-Q1"), WEEKDAYS) == aim_all(quotas[::-1], period("2026-Q1"), WEEKDAYS)


def test_days_without_any_quota_leave_no_target_and_say_why():
    assert aim_all([], period("2026"), WEEKDAYS) == NoTarget("no_target")
    assert aim_all([quota(5, "2025")], period("2026"), WEEKDAYS) == NoTarget("no_target")
    assert aim_all([quota(5, "2026-Q1")], period("2026"), WEEKDAYS) == NoTarget("partly_set")
    assert aim(SIXTY, period("2025"), period("2026"), WEEKDAYS) is None


def test_days_before_the_rep_joined_need_no_quota():
    joined = Calendar(starts=date(2026, 4, 1))
    target = some(aim_all([quota(10, f"2026-Q{n}") for n in (2, 3, 4)], period("2026"), joined))
    assert target.value == 30


def test_a_weekend_needs_no_quota():
    quotas = [quota(5, "2026-W06"), Quota(Fraction(1), day_of(date(2026, 2, 9)))]
    assert some(aim_all(quotas, period("2026-02-02..2026-02-09"), WEEKDAYS)).value == 6


def test_somebody_who_is_away_all_month_has_no_target():
    away = Calendar(time_off=frozenset(date(2026, 7, 1) + timedelta(n) for n in range(31)))
    july = period("2026-07")
    assert aim_all([Quota(SIXTY, july)], july, away) == NoTarget("no_days")


def test_a_quota_or_a_factor_of_zero_aims_at_nothing():
    july = period("2026-07")
    assert aim_all([Quota(Fraction(0), july)], july, WEEKDAYS) == NoTarget("no_target")
    assert aim_all([Quota(SIXTY, july)], july, WEEKDAYS, [Factor("ramp", Fraction(0))]) == NoTarget(
        "no_target"
    )


@given(positive, calendars(), near_periods, st.lists(positive, max_size=2))
def test_a_target_is_its_base_times_its_factors(value: Fraction, calendar: Calendar, asked: Period, shares):
    quarter = quarter_of(asked.start)
    factors = [Factor(str(number), share) for number, share in enumerate(shares)]
    target = aim(value, quarter, asked.until(quarter.last), calendar, factors)
    assume(target)
    assert some(target).value == value * prod(factor.share for factor in some(target).factors)
    assert sum(part.value for part in some(target).course) == some(target).value


@given(positive, calendars(), near_days)
def test_months_of_a_quarter_add_up_to_its_target(value: Fraction, calendar: Calendar, day: date):
    quarter = quarter_of(day)
    whole = aim(value, quarter, quarter, calendar)
    months = [aim(value, quarter, month, calendar) for month in quarter.months()]
    assert sum(month.value for month in months if month) == (whole.value if whole else 0)


@given(positive, calendars(), near_days)
def test_daily_targets_add_up_to_the_target(value: Fraction, calendar: Calendar, day: date):
    month = month_of(day)
    whole = aim(value, month, month, calendar)
    days = [aim(value, month, day_of(month.start + timedelta(n)), calendar) for n in range(month.days)]
    assert sum(each.value for each in days if each) == (whole.value if whole else 0)


@given(calendars(), near_periods)
def test_nothing_is_gone_before_the_period_and_all_of_it_at_its_last_day(calendar: Calendar, asked: Period):
    assume(calendar.available_days(asked))
    assert elapsed(asked, asked.start - timedelta(1), calendar) == 0
    assert elapsed(asked, asked.last, calendar) == elapsed(asked, asked.end, calendar) == 1


@given(calendars(), near_periods, near_days)
def test_the_share_gone_never_falls(calendar: Calendar, asked: Period, at: date):
    assert 0 <= elapsed(asked, at, calendar) <= elapsed(asked, at + timedelta(1), calendar) <= 1


def test_ten_of_23_working_days_are_gone_by_the_14th_of_july():
    assert elapsed(period("2026-07"), date(2026, 7, 14), WEEKDAYS) == Fraction(10, 23)


def test_a_weekend_is_over_before_it_begins():
    assert elapsed(period("2026-07-04..2026-07-05"), date(2026, 7, 1), WEEKDAYS) == 1


def test_days_off_are_no_days_gone():
    july = period("2026-07")
    assert (
        elapsed(july, date(2026, 7, 3), ON_LEAVE)
        == elapsed(july, date(2026, 7, 9), ON_LEAVE)
        == Fraction(3, 19)
    )


@given(positive, calendars(), near_periods, near_days)
def test_one_quota_falls_due_evenly_over_the_available_days(
    value, calendar: Calendar, asked: Period, at: date
):
    target = aim(value, asked, asked, calendar)
    assume(target)
    due = expected_by(some(target), asked, at, calendar)
    assert due == some(target).value * elapsed(asked, at, calendar)
    assert due == expected_by(Target(some(target).value), asked, at, calendar)


def test_each_quarter_of_a_year_falls_due_in_its_own_days():
    quotas = [quota(value, f"2026-Q{number}") for number, value in enumerate((10, 20, 30, 40), 1)]
    year = period("2026")
    target = some(aim_all(quotas, year, WEEKDAYS))
    due = [expected_by(target, year, period(f"2026-Q{number}").last, WEEKDAYS) for number in (1, 2, 3, 4)]
    assert due == [10, 30, 60, 100]


def test_rates_and_stocks_are_not_spread():
    quotas = [quota(1, "2026"), quota(2, "2026-Q1")]
    assert stand(quotas, period("2026-02")) == Target(Fraction(2))
    assert stand(quotas, period("2026-05")) == Target(Fraction(1))
    assert stand(quotas, period("2026-12-01..2027-01-02")) == NoTarget("no_target")


@pytest.mark.parametrize(
    ("metric", "value"),
    [(deals.CREATED, 20), (revenue.ATTAINMENT, 20), (deals.WIN_RATE, 64), (deals.OPEN, 64)],
)
def test_only_flows_are_spread_over_a_month(metric, value: int):
    found = target_of(metric, [quota(64, "2026-Q1")], period("2026-02"), Spreading(WEEKDAYS))
    assert some(found).value == value


def test_a_month_to_date_is_compared_with_the_same_part_of_the_month_before():
    june, july = period("2026-06"), period("2026-07")
    assert counterpart(july, date(2026, 7, 14), june, WEEKDAYS) == date(2026, 6, 11)
    assert counterpart(july, date(2026, 7, 31), june, WEEKDAYS) == june.last
    assert counterpart(july, date(2026, 6, 30), june, WEEKDAYS) == date(2026, 5, 31)


@given(calendars(), near_periods, st.integers(0, 400))
def test_the_counterpart_is_the_last_day_with_no_larger_share_gone(
    calendar: Calendar, asked: Period, offset: int
):
    assume(asked.days > 1 and calendar.working_days(asked))
    at = asked.start + timedelta(days=offset % (asked.days - 1))
    before = asked.previous()
    share = calendar.working_days(asked.until(at)) / calendar.working_days(asked)
    wanted = share * calendar.working_days(before)
    day = counterpart(asked, at, before, calendar)
    assert before.start - timedelta(1) <= day <= before.last
    assert calendar.working_days(before.until(day)) <= wanted
    if day < before.last:
        assert calendar.working_days(before.until(day + timedelta(1))) > wanted


def test_the_rate_of_a_year_is_the_mean_of_its_quarters_by_days_and_a_stock_the_last():
    year = parse_period("2026", date(2026, 1, 1))
    quarters = [parse_period(f"2026-Q{n}", date(2026, 1, 1)) for n in (1, 2, 3, 4)]
    quotas = [Quota(Fraction(n, 10), quarter) for n, quarter in enumerate(quarters, start=1)]
    mean = Fraction(90 * 1 + 91 * 2 + 92 * 3 + 92 * 4, 3650)
    assert stand(quotas, year) == Target(mean)
    assert stand(quotas, year, at_the_end=True) == Target(Fraction(2, 5))
    assert stand(quotas[:3], year) == NoTarget("no_target")
    assert stand([*quotas, Quota(Fraction(1, 2), year)], year) == Target(Fraction(1, 2))


@given(st.lists(positive, min_size=2, max_size=3), calendars(), near_periods)
def test_what_a_quota_asks_grows_with_it_and_for_the_same_reasons(values: list[Fraction], calendar, asked):
    spreading, whole = Spreading(calendar), quarter_of(asked.start)
    unshared = [Factor("nothing", Fraction(1))]
    for value in values:
        found = spreading.target([Quota(value, whole)], asked)
        alone = aim_all([Quota(value, whole)], asked, calendar, unshared)
        if isinstance(alone, NoTarget):
            assert found == alone
        else:
            assert found == replace(alone, factors=alone.factors[:-1])


def test_quotas_of_other_periods_change_nothing():
    july = period("2026-07")
    others = [quota(7, "2025-07"), quota(0, "2026-07"), quota(9, "2026-08")]
    assert aim_all([*others, Quota(SIXTY, july)], july, ON_LEAVE) == aim_all(
        [Quota(SIXTY, july)], july, ON_LEAVE
    )
