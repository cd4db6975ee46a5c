"""Season: month weights, typed or learned, that never change what a whole year is asked for."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from statistics import mean

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.core.strategies import calendars, near_days, near_periods
from upswing.core.calendar import Calendar
from upswing.core.period import Period, month_of, parse_period, quarter_of, year_of
from upswing.core.season import Season, Source, indices, learned, normalised, strength, typed
from upswing.core.targets import Factor, Target, aim

WEEKDAYS = Calendar()
FLAT = (Fraction(1),) * 12
QUIET_SUMMER = tuple(
    map(Fraction, ("1.05", "1.05", "1.05", "1", "1", "1", "0.5", "0.7", "1.2", "1.2", "1.2", "1"))
)

weights = st.lists(st.integers(5, 150), min_size=12, max_size=12).map(
    lambda table: tuple(Fraction(weight, 50) for weight in table)
)


def period(slug: str) -> Period:
    return parse_period(slug, date(2026, 1, 1))


def weighed(season: Season, part: Period, whole: Period | None, calendar: Calendar) -> Fraction:
    return calendar.working_days(part) * season.factor(part, calendar, whole)


def test_flat_weights_change_nothing():
    for slug in ("2026-02", "2026-W07", "2026", "2025-11-20..2026-03-03"):
        assert Season(FLAT).factor(period(slug), WEEKDAYS) == 1


def test_a_month_that_weighs_half_is_asked_for_half_as_much_a_day():
    season = Season((Fraction(1),) * 6 + (Fraction(1, 2),) + (Fraction(1),) * 5)
    average = Fraction(261 * 2 - 23, 261 * 2)
    assert season.factor(period("2026-07"), WEEKDAYS) == Fraction(1, 2) / average
    assert season.factor(period("2026-07-13"), WEEKDAYS) == season.factor(period("2026-07"), WEEKDAYS)
    assert season.factor(period("2026-08"), WEEKDAYS) == 1 / average


@settings(max_examples=30)
@given(weights, calendars(), near_days, st.integers(1, 12))
def test_the_months_of_a_year_add_up_to_it_exactly(table, calendar: Calendar, day: date, fiscal_start: int):
    season, year = Season(table), year_of(day, fiscal_start)
    assert sum(weighed(season, month, year, calendar) for month in year.months()) == calendar.working_days(
        year
    )


@settings(max_examples=30)
@given(weights, calendars(), near_days)
def test_without_a_whole_the_calendar_year_adds_up_and_counts_once(table, calendar: Calendar, day: date):
    season, year = Season(table), year_of(day)
    assert season.factor(year, calendar) == 1
    assert season.factor(quarter_of(day), calendar) == season.factor(quarter_of(day), calendar, year)


@settings(max_examples=30)
@given(weights, calendars(), near_periods, near_days)
def test_two_parts_of_a_period_add_up_to_it(table, calendar: Calendar, asked: Period, cut: date):
    season = Season(table)
    one = asked.until(cut)
    other = Period(one.kind, one.end, asked.end)
    parts = weighed(season, one, None, calendar) + weighed(season, other, None, calendar)
    assert parts == weighed(season, asked, None, calendar)


@settings(max_examples=30)
@given(weights, st.fractions(Fraction(1, 9), Fraction(9)), near_periods)
def test_only_the_proportions_of_the_weights_matter(table, scale: Fraction, asked: Period):
    scaled = Season(tuple(weight * scale for weight in table))
    assert scaled.factor(asked, WEEKDAYS) == Season(table).factor(asked, WEEKDAYS)


def test_a_yearly_quota_comes_to_its_months_and_none_is_lost():
    year, season = period("2026"), Season(QUIET_SUMMER)
    shares = {month: season.factor(month, WEEKDAYS, year) for month in year.months()}
    found = [
        aim(Fraction(1_000), year, month, WEEKDAYS, (Factor("season", share),))
        for month, share in shares.items()
    ]
    assert sum(each.value for each in found if isinstance(each, Target)) == 1_000


def test_a_period_without_working_days_has_no_season():
    assert Season(QUIET_SUMMER).factor(period("2026-07-04..2026-07-05"), WEEKDAYS) == 1


def test_a_period_outside_the_whole_is_refused():
    with pytest.raises(ValueError, match="2026-07 does not lie in 2026-Q2"):
        Season(FLAT).factor(period("2026-07"), WEEKDAYS, period("2026-Q2"))


@pytest.mark.parametrize("wrong", [(Fraction(1),) * 11, (Fraction(0),) + (Fraction(1),) * 11, ()])
def test_a_season_has_twelve_weights_above_nothing(wrong):
    with pytest.raises(ValueError, match="above 0 for each of 12 months"):
        Season(wrong)


def test_weights_that_change_the_year_are_refused_with_weights_that_do_not():
    """22 of 261 working days lie in January."""
    with pytest.raises(ValueError, match="month weights") as refused:
        typed([Fraction(2), *FLAT[1:]], period("2026"), WEEKDAYS)
    message = str(refused.value)
    assert message.startswith("These month weights turn the 261 working days of 2026 into 283.0, ")
    assert message.endswith("Scaled they keep it: 1.845" + ", 0.922" * 11 + ".")


@settings(max_examples=30)
@given(weights)
def test_the_offer_of_a_refusal_is_accepted(table):
    year = period("2026")
    offered = normalised(table, year, WEEKDAYS)
    assert (
        sum(
            weight * WEEKDAYS.working_days(month)
            for weight, month in zip(offered, year.months(), strict=True)
        )
        == 261
    )
    to_three_digits = [Fraction(round(weight * 1_000), 1_000) for weight in offered]
    assert typed(to_three_digits, year, WEEKDAYS).source is Source.TYPED


def test_two_digits_are_enough_to_type_a_season():
    year = period("2026")
    offered = [Fraction(round(100 * weight), 100) for weight in normalised(QUIET_SUMMER, year, WEEKDAYS)]
    season = typed(offered, year, WEEKDAYS)
    assert season.months == tuple(offered)
    assert season.weighted(year, WEEKDAYS.working_days) != 261
    assert season.factor(year, WEEKDAYS) == 1


def test_slots_are_drawn_towards_one():
    observed, expected = map(Fraction, (30, 50, 60)), map(Fraction, (50, 50, 40))
    assert [round(float(each), 4) for each in indices(list(observed), list(expected))] == [
        0.7333,
        1.0,
        1.3077,
    ]


def test_the_pull_is_one_over_the_variance_that_luck_leaves():
    observed, expected = [Fraction(n) for n in (300, 500, 700)], [Fraction(500)] * 3
    assert strength(observed, expected) == 1 / (Fraction(16, 100) - Fraction(1, 500))
    assert strength(observed, expected, phi=Fraction(2)) == 1 / (Fraction(16, 100) - Fraction(2, 500))
    assert strength([Fraction(5)] * 3, [Fraction(5)] * 3) == 10_000
    assert strength([Fraction(1)], [Fraction(0)]) == 10_000


def history(years: int, weights, growth: float = 1, level: float = 40) -> list[Fraction]:
    """Counts of 2026 and the years before it, without luck: level a day, times growth a year, times the weight."""
    months = [month for year in range(2027 - years, 2027) for month in period(str(year)).months()]
    days = [WEEKDAYS.working_days(month) for month in months]
    return [
        Fraction(round(float(day * weights[n % 12]) * level * growth ** (n // 12)))
        for n, day in enumerate(days)
    ]


def test_a_season_is_learned_from_two_years_not_from_one_and_a_half():
    last = period("2026-12")
    known = history(2, QUIET_SUMMER)
    assert learned(known[1:], last, WEEKDAYS) is None
    found = learned(known, last, WEEKDAYS)
    assert found is not None
    assert found.source is Source.LEARNED
    years = [month for year in ("2025", "2026") for month in period(year).months()]
    shares = [found.months[month.start.month - 1] * WEEKDAYS.working_days(month) for month in years]
    assert sum(shares) == sum(WEEKDAYS.working_days(month) for month in years)
    wanted = normalised(QUIET_SUMMER, period("2026"), WEEKDAYS)
    assert [float(weight) for weight in found.months] == pytest.approx(
        [float(weight) for weight in wanted], abs=0.02
    )


def test_growth_from_year_to_year_is_no_season():
    found = learned(history(3, FLAT, growth=2), period("2026-12"), WEEKDAYS)
    assert found is not None
    assert [float(weight) for weight in found.months] == pytest.approx([1] * 12, abs=0.002)


def test_a_season_learned_up_to_june_puts_each_month_in_its_place():
    known = history(3, QUIET_SUMMER)
    whole, cut = learned(known, period("2026-12"), WEEKDAYS), learned(known[:-6], period("2026-06"), WEEKDAYS)
    assert whole
    assert cut
    assert [float(a - b) for a, b in zip(whole.months, cut.months, strict=True)] == pytest.approx(
        [0] * 12, abs=0.02
    )


def test_luck_alone_makes_hardly_a_season():
    random = np.random.default_rng(4)
    found = learned([Fraction(int(n)) for n in random.poisson(30, 36)], period("2026-12"), WEEKDAYS)
    assert found is not None
    assert mean(abs(float(weight) - 1) for weight in found.months) < 0.02


def test_nothing_counted_is_no_season():
    assert learned([Fraction(0)] * 24, period("2026-12"), WEEKDAYS) is None


@settings(max_examples=30)
@given(weights, near_days)
def test_days_weigh_as_their_month(table, day: date):
    assume(WEEKDAYS.length(day))
    year = year_of(day)
    ratio = Season(table).factor(month_of(day), WEEKDAYS, year) / Season(table).factor(
        period("2026-01"), WEEKDAYS, year
    )
    assert ratio == table[day.month - 1] / table[0]
