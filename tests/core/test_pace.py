"""Pace: what is due by a day from days and habit, and where a period is likely to end."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import integrate, stats

from tests.core.strategies import calendars, near_days, near_periods, positive
from upswing.core import targets
from upswing.core.calendar import Calendar
from upswing.core.habits import Habit, Past, habit_of
from upswing.core.pace import (
    Expected,
    NoProjection,
    Projection,
    expected_by,
    projected_end,
    projected_money,
)
from upswing.core.period import Period, parse_period
from upswing.core.targets import Quota, Target, aim_all

WEEKDAYS = Calendar()
SIXTY = Target(Fraction(60))
DUE_23 = Expected(Fraction(23), Fraction(23, 60))


def period(slug: str) -> Period:
    return parse_period(slug, date(2026, 1, 1))


JULY, TENTH_DAY = period("2026-07"), date(2026, 7, 14)


def past(slug: str, by_tenth_day: int, in_all: int = 100) -> Past:
    """A month with so much on its first working day, and the rest on its last."""
    month = period(slug)
    days = [month.start + timedelta(n) for n in range(month.days)]
    working = [day for day in days if day.weekday() < 5]
    return Past(month, ((working[0], by_tenth_day), (working[-2], 0), (working[-1], in_all - by_tenth_day)))


FOUR = tuple(past(f"2026-{month:02}", 30) for month in (3, 4, 5, 6))
OF_FOUR = habit_of(FOUR, WEEKDAYS, 1)


def some(found: Projection | NoProjection) -> Projection:
    assert isinstance(found, Projection)
    return found


def test_four_past_months_weigh_as_much_as_the_days():
    found = expected_by(SIXTY, JULY, TENTH_DAY, WEEKDAYS, OF_FOUR)
    assert found.share == (Fraction(30, 100) + Fraction(10, 23)) / 2
    assert round(float(found.share), 6) == 0.367391
    assert found.value == 60 * found.share


def test_the_more_past_periods_the_more_habit_counts_up_to_the_last_four():
    assert [habit_of(FOUR[:n], WEEKDAYS, 1).trust for n in range(5)] == [
        0,
        *(Fraction(n, n + 4) for n in (1, 2, 3, 4)),
    ]
    older = (past("2026-01", 99), past("2026-02", 99))
    assert habit_of(older + FOUR, WEEKDAYS, 1).by(Fraction(10, 23)) == Fraction(30, 100)


def test_a_past_period_in_which_nothing_was_counted_says_nothing():
    assert habit_of((past("2026-06", 0, 0),), WEEKDAYS, 1).trust == 0


def test_a_past_period_in_which_more_was_taken_back_than_was_there_says_nothing():
    june = period("2026-06")
    returned = Past(june, ((june.start, -5), (date(2026, 6, 30), 25)))
    assert habit_of((returned,), WEEKDAYS, 1).trust == 0


def test_a_few_deals_are_no_habit():
    june = period("2026-06")
    days = [date(2026, 6, day) for day in range(1, 13)]
    found = [
        habit_of((Past(june, tuple((day, 1) for day in days[:count])),), WEEKDAYS).periods
        for count in (9, 10)
    ]
    assert found == [0, 1]


def test_a_past_month_is_read_at_the_same_share_of_its_working_days():
    """10 of July's 23 working days are 9.57 of June's 22: between the ninth, 11 June, and the tenth."""
    june = period("2026-06")
    came = tuple((date(2026, 6, day), day) for day in range(1, 31))
    found = habit_of((Past(june, came),), WEEKDAYS, 1).by(Fraction(10, 23))
    ninth, tenth = sum(range(1, 12)), sum(range(1, 13))
    assert found == (ninth + (Fraction(220, 23) - 9) * (tenth - ninth)) / Fraction(sum(range(1, 31)))


def test_what_came_in_at_a_weekend_is_there_on_the_monday():
    june = period("2026-06")
    came = tuple((date(2026, 6, day), count) for day, count in ((5, 1), (6, 2), (8, 0), (30, 1)))
    found = habit_of((Past(june, came),), WEEKDAYS, 1)
    assert [found.by(Fraction(days, 22)) for days in (5, 6)] == [Fraction(1, 4), Fraction(3, 4)]


@given(
    st.lists(st.tuples(positive, near_periods), min_size=1, max_size=3), calendars(), near_periods, near_days
)
def test_without_history_it_is_the_days_alone_to_the_last_digit(quotas, calendar, asked: Period, at: date):
    target = aim_all(
        [Quota(value, each) for value, each in quotas] + [Quota(Fraction(7), asked)], asked, calendar
    )
    assume(isinstance(target, Target))
    found = expected_by(target, asked, at, calendar)
    assert found.value == targets.expected_by(target, asked, at, calendar)
    assert found.share == found.value / target.value


EVEN = Habit(4, ((Fraction(0), Fraction(0)), (Fraction(1), Fraction(1))))


@given(
    st.lists(st.tuples(positive, near_periods), min_size=1, max_size=3), calendars(), near_periods, near_days
)
def test_an_even_habit_changes_nothing_whatever_the_leave_and_the_quotas(
    quotas, calendar, asked: Period, at: date
):
    whole = Quota(Fraction(7), asked)
    target = aim_all([*(Quota(value, each) for value, each in quotas), whole], asked, calendar)
    assume(isinstance(target, Target))
    assert expected_by(target, asked, at, calendar, EVEN) == expected_by(target, asked, at, calendar)


LATE = Habit(4, ((Fraction(0), Fraction(0)), (Fraction(1, 2), Fraction(1, 10)), (Fraction(1), Fraction(1))))


def test_nothing_is_due_before_a_rep_has_joined_and_leave_takes_its_own_days_out():
    joined = Calendar(starts=date(2026, 7, 16))
    assert expected_by(SIXTY, JULY, date(2026, 7, 15), joined, LATE).value == 0
    away = Calendar(time_off=frozenset(date(2026, 7, day) for day in range(20, 32)))
    assert expected_by(SIXTY, JULY, date(2026, 7, 17), away, LATE).share == 1


@settings(max_examples=40)
@given(calendars(), st.dates(date(2026, 7, 1), date(2026, 7, 30)))
def test_habit_falls_due_day_by_day_as_an_addition_of_its_days_has_it(calendar: Calendar, at: date):
    """Add what usually comes in on each single day, of those on which the rep is there."""
    asked = period("2026-07")
    whole = calendar.working_days(asked)
    assume(calendar.available_days(asked))
    days = [asked.start + timedelta(n) for n in range(asked.days)]

    def usual(day: date) -> Fraction:
        before = [one for one in days if one < day]
        gone = sum((calendar.length(one) for one in before), Fraction(0)) / whole
        there = (not calendar.starts or calendar.starts <= day) and (
            not calendar.ends or day <= calendar.ends
        )
        later = gone + calendar.length(day) / whole
        return LATE.by(later) - LATE.by(gone) if there and day not in calendar.time_off else Fraction(0)

    in_all = sum(map(usual, days))
    assume(in_all)
    by_habit = sum(usual(day) for day in days if day <= at) / in_all
    by_days = targets.expected_by(SIXTY, asked, at, calendar)
    assert expected_by(SIXTY, asked, at, calendar, LATE).value == 30 * by_habit + by_days / 2


histories = st.lists(
    st.lists(st.integers(0, 9), min_size=28, max_size=28).map(tuple),
    max_size=5,
)


@settings(max_examples=25)
@given(positive, calendars(), histories)
def test_daily_parts_are_never_negative_and_add_up_to_the_target(value, calendar: Calendar, daily):
    months = [period(slug) for slug in ("2025-01", "2025-03", "2025-05", "2025-07", "2025-08")]
    asked = period("2026-05")
    assume(calendar.available_days(asked))
    told = [
        Past(month, tuple((month.start + timedelta(n), count) for n, count in enumerate(counts)))
        for month, counts in zip(months, daily, strict=False)
    ]
    habit = habit_of(told, calendar, 1)
    days = [asked.start + timedelta(n) for n in range(-1, asked.days + 1)]
    shares = [expected_by(Target(value), asked, day, calendar, habit).share for day in days]
    assert shares[0] == 0
    assert shares[-2] == shares[-1] == 1
    assert shares == sorted(shares)


def test_what_came_in_is_told_by_days_of_the_period_in_order():
    june = period("2026-06")
    for days in ([date(2026, 7, 1)], [date(2026, 6, 2), date(2026, 6, 1)], [date(2026, 6, 2)] * 2):
        with pytest.raises(ValueError, match="What came in 2026-06 is told by its own days"):
            Past(june, tuple((day, 1) for day in days))


def test_twenty_of_twenty_three_lead_to_43_to_65_of_sixty():
    found = some(projected_end(Fraction(20), DUE_23, SIXTY))
    assert (found.p10, found.p50, found.p90) == (43, 53, 65)
    assert found.p_reach == pytest.approx(0.2330, abs=5e-5)


def test_counts_that_scatter_more_end_in_a_wider_range():
    found = some(projected_end(Fraction(20), DUE_23, SIXTY, phi=1.5))
    assert (found.p10, found.p50, found.p90) == (42, 53, 67)
    assert found.p_reach == pytest.approx(0.276, abs=5e-4)


def test_a_count_agrees_with_the_negative_binomial_of_scipy():
    rest = stats.nbinom(10 + 20, (10 + 23) / (10 + 60))
    found = some(projected_end(Fraction(20), DUE_23, SIXTY))
    assert [found.p10, found.p50, found.p90] == [20 + rest.ppf(share) for share in (0.1, 0.5, 0.9)]
    assert found.p_reach == pytest.approx(rest.sf(39))


def test_a_scattered_count_agrees_with_an_integral_over_the_true_ratio():
    ratio = stats.gamma(10 + 20 / 1.5, scale=1 / (10 + 23 / 1.5))

    def reached(rho: float) -> float:
        return float(ratio.pdf(rho) * stats.nbinom.sf(39, rho * 37 / 0.5, 1 / 1.5))

    found = some(projected_end(Fraction(20), DUE_23, SIXTY, phi=1.5))
    assert found.p_reach == pytest.approx(integrate.quad(reached, 0.05, 4)[0], abs=0.001)


def test_half_a_shared_deal_stays_half():
    found = some(projected_end(Fraction(41, 2), DUE_23, SIXTY))
    assert (found.p50 - Fraction(41, 2)).denominator == 1


counted = st.integers(0, 200)


@settings(max_examples=40)
@given(counted, counted, st.integers(1, 300), st.sampled_from([1, 1.5, 3]))
def test_a_projection_rises_with_what_is_done(one: int, other: int, target: int, phi: float):
    due = Expected(Fraction(target, 2), Fraction(1, 2))
    low, high = (
        some(projected_end(Fraction(y), due, Target(Fraction(target)), phi)) for y in sorted((one, other))
    )
    assert min(one, other) <= low.p10 <= low.p50 <= low.p90 <= high.p90
    assert low.p10 <= high.p10
    assert 0 <= low.p_reach <= high.p_reach + 1e-12 <= 1 + 2e-12


def test_at_the_end_of_the_period_nothing_is_to_come():
    over = Expected(Fraction(60), Fraction(1))
    for phi in (1, 1.5):
        assert projected_end(Fraction(59), over, SIXTY, phi) == Projection(*(Fraction(59),) * 3, 0.0)
        assert projected_end(Fraction(60), over, SIXTY, phi) == Projection(*(Fraction(60),) * 3, 1.0)


def test_a_reached_target_is_reached():
    assert some(projected_end(Fraction(61), DUE_23, SIXTY)).p_reach == 1


def test_under_a_third_it_is_too_early_and_without_a_target_there_is_no_end():
    early = Expected(Fraction(1999, 100), Fraction(1999, 6000))
    assert projected_end(Fraction(20), early, SIXTY) == NoProjection("too_early")
    assert isinstance(projected_end(Fraction(20), Expected(Fraction(20), Fraction(1, 3)), SIXTY), Projection)
    nothing = Target(Fraction(0))
    assert projected_end(
        Fraction(1), expected_by(nothing, JULY, JULY.last, WEEKDAYS), nothing
    ) == NoProjection("no_target")


def money(sizes: list[int], phi: float = 1, seed: int = 1, draws: int = 2_000):
    """Won 20 deals of 1,000 where 23 of 60 were due."""
    due = Expected(DUE_23.value * 100_000, DUE_23.share)
    target = Target(SIXTY.value * 100_000)
    return projected_money(Fraction(2_000_000), Fraction(20), due, target, sizes, seed, phi=phi, draws=draws)


@pytest.mark.parametrize("phi", [1, 1.5])
def test_deals_of_one_size_end_as_their_count_does(phi: float):
    found, plain = (
        some(money([100_000], phi, draws=40_000)),
        some(projected_end(Fraction(20), DUE_23, SIXTY, phi)),
    )
    for drawn, exact in zip(
        (found.p10, found.p50, found.p90), (plain.p10, plain.p50, plain.p90), strict=True
    ):
        assert abs(drawn - exact * 100_000) <= 100_000
    assert found.p_reach == pytest.approx(plain.p_reach, abs=0.01)


def test_deals_of_many_sizes_end_in_a_wider_range_around_the_same_middle():
    even, uneven = some(money([100_000])), some(money([20_000] * 8 + [420_000] * 2))
    assert uneven.p90 - uneven.p10 > even.p90 - even.p10
    assert float(uneven.p50) == pytest.approx(float(even.p50), rel=0.05)


def test_the_range_of_money_agrees_with_the_moments_of_a_compound_sum():
    sizes = [20_000] * 8 + [420_000] * 2
    found = some(money(sizes, draws=40_000))
    count = stats.nbinom(30, 33 / 70)
    sd = np.sqrt(count.mean() * np.var(sizes) + count.var() * np.mean(sizes) ** 2)
    middle = 2_000_000 + count.mean() * np.mean(sizes)
    near = stats.norm(middle, sd)
    assert float(found.p90 - found.p10) == pytest.approx(near.ppf(0.9) - near.ppf(0.1), rel=0.03)


def test_the_same_seed_gives_the_same_range():
    sizes = list(range(1_000, 200_000, 997))
    assert money(sizes, seed=4) == money(sizes, seed=4)
    assert money(sizes, seed=4) != money(sizes, seed=5)


def test_without_a_won_deal_in_the_team_money_has_no_sizes():
    assert money([]) == NoProjection("no_sizes")


def test_money_too_is_not_projected_before_a_third_is_due():
    early = Expected(Fraction(1), Fraction(1, 4))
    assert projected_money(Fraction(0), Fraction(0), early, SIXTY, [5], 1) == NoProjection("too_early")


def test_money_at_the_end_of_the_period_is_what_it_is():
    over = Expected(Fraction(60), Fraction(1))
    found = projected_money(Fraction(60), Fraction(2), over, SIXTY, [7, 9], 1)
    assert found == Projection(*(Fraction(60),) * 3, 1.0)
