"""Pace: what is due by a day from days and habit, and where a period is likely to end."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from itertools import accumulate

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import integrate, stats

from tests.core.strategies import calendars, near_days, near_periods, positive
from upswing.core import targets
from upswing.core.calendar import Calendar
from upswing.core.pace import (
    Curve,
    Expected,
    NoProjection,
    Past,
    Projection,
    expected_by,
    projected_end,
    projected_money,
)
from upswing.core.period import Period, parse_period
from upswing.core.season import Season
from upswing.core.targets import Quota, Stretch, Target, aim_all

WEEKDAYS = Calendar()
SIXTY = Target(Fraction(60))
DUE_23 = Expected(Fraction(23), Fraction(23, 60))
QUIET_JULY = Season((Fraction(1),) * 6 + (Fraction(1, 2),) + (Fraction(1),) * 5)


def period(slug: str) -> Period:
    return parse_period(slug, date(2026, 1, 1))


JULY, TENTH_DAY = period("2026-07"), date(2026, 7, 14)


def past(slug: str, by_tenth_day: int, in_all: int = 100) -> Past:
    """A month with so much on its first day, and the rest on its last."""
    month = period(slug)
    return Past(month, (by_tenth_day, *(0,) * (month.days - 2), in_all - by_tenth_day))


FOUR = tuple(past(f"2026-{month:02}", 30) for month in (3, 4, 5, 6))


def some(found: Projection | NoProjection) -> Projection:
    assert isinstance(found, Projection)
    return found


def test_four_past_months_weigh_as_much_as_the_days():
    found = expected_by(SIXTY, Curve(JULY, WEEKDAYS, past=FOUR), TENTH_DAY)
    assert found.share == (Fraction(30, 100) + Fraction(10, 23)) / 2
    assert round(float(found.share), 6) == 0.367391
    assert found.value == 60 * found.share


def test_the_more_past_periods_the_more_habit_counts_up_to_the_last_four():
    assert [Curve(JULY, WEEKDAYS, past=FOUR[:n]).trust for n in range(5)] == [
        0,
        *(Fraction(n, n + 4) for n in (1, 2, 3, 4)),
    ]
    older = (past("2026-01", 99), past("2026-02", 99))
    assert Curve(JULY, WEEKDAYS, past=older + FOUR).habit(TENTH_DAY) == Fraction(30, 100)


def test_a_past_period_in_which_nothing_was_counted_says_nothing():
    assert Curve(JULY, WEEKDAYS, past=(past("2026-06", 0, 0),)).trust == 0


def test_a_past_month_is_read_at_the_same_share_of_its_working_days():
    """10 of July's 23 working days are 9.6 of June's 22: the ninth is 11 June."""
    june = period("2026-06")
    daily = tuple(range(1, 31))
    found = Curve(JULY, WEEKDAYS, past=(Past(june, daily),)).habit(TENTH_DAY)
    assert found == Fraction(sum(range(1, 12)), sum(range(1, 31)))


@given(
    st.lists(st.tuples(positive, near_periods), min_size=1, max_size=3), calendars(), near_periods, near_days
)
def test_without_history_and_season_it_is_the_days_alone_to_the_last_digit(
    quotas, calendar, asked: Period, at: date
):
    target = aim_all(
        [Quota(value, each) for value, each in quotas] + [Quota(Fraction(7), asked)], asked, calendar
    )
    assume(isinstance(target, Target))
    found = expected_by(target, Curve(asked, calendar), at)
    assert found.value == targets.expected_by(target, asked, at, calendar)
    assert found.share == found.value / target.value


@settings(max_examples=40)
@given(positive, calendars(), near_periods, near_days)
def test_a_flat_season_changes_nothing(value: Fraction, calendar: Calendar, asked: Period, at: date):
    target, flat = Target(value), Season((Fraction(1),) * 12)
    plain, seasonal = (expected_by(target, Curve(asked, calendar, season), at) for season in (None, flat))
    assert plain == seasonal


def test_a_quiet_month_is_due_half_as_fast():
    """June 22, July 23, August 21 working days; those of July weigh half."""
    summer = period("2026-06-01..2026-08-31")
    found = [
        expected_by(SIXTY, Curve(summer, WEEKDAYS, QUIET_JULY), day).share
        for day in (date(2026, 6, 30), date(2026, 7, 31), date(2026, 8, 31))
    ]
    weighed = list(accumulate([Fraction(22), Fraction(23, 2), Fraction(21)]))
    assert found == [each / weighed[-1] for each in weighed]


def test_the_season_stays_within_each_stretch_of_the_course():
    summer = period("2026-06-01..2026-08-31")
    course = (
        Stretch(period("2026-06-01..2026-07-31"), Fraction(50)),
        Stretch(period("2026-08"), Fraction(10)),
    )
    target = Target(Fraction(60), course=course)
    found = expected_by(target, Curve(summer, WEEKDAYS, QUIET_JULY), date(2026, 6, 30))
    assert found.value == 50 * Fraction(22) / (22 + Fraction(23, 2))


histories = st.lists(
    st.lists(st.integers(0, 9), min_size=31, max_size=31).map(tuple),
    max_size=5,
)


@settings(max_examples=25)
@given(positive, calendars(), histories, st.sampled_from([None, QUIET_JULY]))
def test_daily_parts_are_never_negative_and_add_up_to_the_target(value, calendar: Calendar, daily, season):
    months = [period(slug) for slug in ("2025-01", "2025-03", "2025-05", "2025-07", "2025-08")]
    asked = period("2026-05")
    assume(calendar.available_days(asked))
    curve = Curve(asked, calendar, season, tuple(map(Past, months, daily)))
    days = [asked.start + timedelta(n) for n in range(-1, asked.days + 1)]
    shares = [expected_by(Target(value), curve, day).share for day in days]
    assert shares[0] == 0
    assert shares[-2] == shares[-1] == 1
    assert shares == sorted(shares)


def test_a_past_period_has_a_number_for_each_day():
    with pytest.raises(ValueError, match="2026-06 has 30 days, not 2"):
        Past(period("2026-06"), (1, 2))


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
        Fraction(1), expected_by(nothing, Curve(JULY, WEEKDAYS), JULY.last), nothing
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
