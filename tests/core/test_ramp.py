"""Ramp: what share of a full target a new rep is asked for, day by day of their first months."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.strategies import calendars, near_days, near_periods
from upswing.core.calendar import Calendar
from upswing.core.period import Period, day_of, parse_period
from upswing.core.ramp import Ramp, Tenure, isotonic, learned

WEEKDAYS = Calendar()
SIXTHS = Ramp()
values = st.lists(st.tuples(st.floats(0, 2), st.floats(0.1, 9)), min_size=1, max_size=9)


def period(slug: str) -> Period:
    return parse_period(slug, date(2026, 1, 1))


def test_the_first_six_months_ask_for_a_sixth_more_each():
    shares = [SIXTHS.factor(date(2026, 1, 1), period(f"2026-{month:02}"), WEEKDAYS) for month in range(1, 9)]
    assert shares == [Fraction(sixths, 6) for sixths in (1, 2, 3, 4, 5, 6, 6, 6)]


def test_month_three_of_six_is_half():
    assert SIXTHS.factor(date(2026, 5, 1), period("2026-07"), WEEKDAYS) == Fraction(1, 2)


def test_a_month_of_tenure_that_ends_within_the_period_counts_by_days():
    """From 15 June: 10 working days of July in month 1, 13 in month 2."""
    found = SIXTHS.factor(date(2026, 6, 15), period("2026-07"), WEEKDAYS)
    assert found == Fraction(10 * 1 + 13 * 2, 23 * 6)


def test_only_days_since_the_first_one_count():
    assert SIXTHS.factor(date(2026, 7, 20), period("2026-07"), WEEKDAYS) == Fraction(1, 6)


def test_days_off_move_the_mean_towards_the_months_worked():
    off = Calendar(time_off=frozenset(date(2026, 7, 15) + timedelta(n) for n in range(17)))
    assert SIXTHS.factor(date(2026, 6, 15), period("2026-07"), off) == Fraction(1, 6)


def test_who_began_on_the_31st_begins_a_month_of_tenure_when_a_short_month_is_over():
    every_day = Calendar(weekdays=frozenset(range(7)))
    days = (date(2026, 1, 30), date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 1), date(2026, 3, 31))
    sixths = [6 * SIXTHS.factor(date(2025, 12, 31), day_of(day), every_day) for day in days]
    assert sixths == [1, 2, 2, 3, 4]


def test_no_first_day_no_day_and_long_tenure_ask_for_all():
    assert SIXTHS.factor(None, period("2026-07"), WEEKDAYS) == 1
    assert SIXTHS.factor(date(2026, 9, 1), period("2026-07"), WEEKDAYS) == 1
    assert SIXTHS.factor(date(2020, 9, 1), period("2026-07"), WEEKDAYS) == 1
    assert Ramp(()).factor(date(2026, 7, 1), period("2026-07"), WEEKDAYS) == 1


@given(near_days, near_periods, calendars(), near_days)
def test_two_parts_of_a_period_add_up_to_it(starts: date, asked: Period, calendar: Calendar, cut: date):
    one = asked.until(cut)
    other = Period(one.kind, one.end, asked.end)
    own = replace(calendar, starts=max(starts, calendar.starts or starts))
    whole, *parts = (own.available_days(p) * SIXTHS.factor(starts, p, calendar) for p in (asked, one, other))
    assert sum(parts) == whole


@given(near_days, near_periods, calendars())
def test_the_factor_is_the_mean_of_the_days(starts: date, asked: Period, calendar: Calendar):
    days = [day_of(asked.start + timedelta(n)) for n in range(asked.days)]
    worked = [
        (calendar.available_days(day), SIXTHS.factor(starts, day, calendar))
        for day in days
        if day.start >= starts
    ]
    total = sum(length for length, _ in worked)
    assert SIXTHS.factor(starts, asked, calendar) == (
        sum(n * share for n, share in worked) / total if total else 1
    )


@pytest.mark.parametrize("wrong", ["0", "-1/2", "7/6"])
def test_a_share_lies_above_nothing_and_up_to_all(wrong: str):
    with pytest.raises(ValueError, match=f"of {wrong}, 1 not all do"):
        Ramp((Fraction(wrong), Fraction(1)))


def test_neighbours_that_fall_are_pooled():
    assert isotonic((0.2, 0.5, 0.4, 0.8), (4, 6, 6, 4)) == pytest.approx((0.2, 0.45, 0.45, 0.8))
    assert isotonic((3, 2, 1), (1, 1, 2)) == pytest.approx((1.75,) * 3)
    assert isotonic((2, 1, 0), (0, 0, 5)) == (0, 0, 0)
    assert isotonic((), ()) == ()


@given(values)
def test_isotonic_is_the_minimax_of_weighted_means(pairs: list[tuple[float, float]]):
    """Each value is the largest over starts of the smallest over ends of the weighted mean between them."""
    numbers, weights = map(np.array, zip(*pairs, strict=True))
    n = len(pairs)

    def between(first: int, last: int) -> float:
        return float(np.average(numbers[first : last + 1], weights=weights[first : last + 1]))

    wanted = [max(min(between(i, j) for j in range(k, n)) for i in range(k + 1)) for k in range(n)]
    assert isotonic(numbers.tolist(), weights.tolist()) == pytest.approx(wanted, abs=1e-9)


def curve(*actual: int, expected: int = 200) -> list[Tenure]:
    return [Tenure(Fraction(each), Fraction(expected)) for each in actual]


def test_a_team_learns_its_own_curve_from_eight_hires():
    months = curve(20, 60, 50, 120, 180, 260)
    assert learned(months, 7) is None
    found = learned(months, 8)
    assert found is not None
    assert list(found.shares) == sorted(found.shares)
    assert found.shares[1] == found.shares[2]
    assert [float(share) for share in found.shares] == pytest.approx(
        [0.1, 0.275, 0.275, 0.6, 0.9, 1], abs=0.03
    )
    assert all((share * 100).denominator == 1 for share in found.shares)


def test_months_with_little_behind_them_are_drawn_to_the_others():
    few = [Tenure(Fraction(0), Fraction(2)), *curve(100, 100, 100)]
    found = learned(few, 8)
    assert found is not None
    assert float(found.shares[0]) > 0.3


def test_nothing_expected_of_anybody_teaches_nothing():
    assert learned([Tenure(Fraction(0), Fraction(0))], 9) is None
