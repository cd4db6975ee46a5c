"""Chances by age: worked examples, a slow count deal by deal beside the fast one, laws, and planted rates found again."""

from __future__ import annotations

from fractions import Fraction
from time import perf_counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from upswing.core.forecast.age import End, Hazards, Spells, hazards, incidence, rescaled, win_within

ENDS = {"O": End.OPEN, "W": End.WON, "L": End.LOST}
STEADY = Hazards(np.empty(0), np.empty(0), 0.02, 0.03)


def spells(told: str) -> Spells:
    """Ages and ends: 5W was won at age 5; 3-9L was known from age 3."""
    rows = [(*map(int, each[:-1].rpartition("-")[::2]), ENDS[each[-1]]) if "-" in each
            else (0, int(each[:-1]), ENDS[each[-1]]) for each in told.split()]  # fmt: skip
    return of(rows)


def of(rows: list[tuple[int, int, int]]) -> Spells:
    entry, end, outcome = np.array(rows, np.int64).reshape(-1, 3).T
    return Spells(entry, end, outcome)


def ages(*each: int) -> np.ndarray:
    return np.array(each, np.int64)


TEN = spells("2W 3L 3W 5W 5O 6L 8W 8O 9L 10O")
RAW = {"smoothing": 0, "prior": 0.0, "least": 1}


def test_steady_rates_over_thirty_days():
    assert win_within(STEADY, ages(0, 7, 4_000), 0, 30) == pytest.approx([0.314144] * 3, abs=5e-7)


def test_ten_deals_day_by_day():
    found = hazards(TEN, **RAW)
    risk = (10, 10, 9, 7, 7, 5, 4, 4, 2, 1)
    won, lost = (0, 1, 1, 0, 1, 0, 0, 1, 0, 0), (0, 0, 1, 0, 0, 1, 0, 0, 1, 0)
    assert found.won[1:] == pytest.approx([ends / n for ends, n in zip(won, risk, strict=True)])
    assert found.lost[1:] == pytest.approx([ends / n for ends, n in zip(lost, risk, strict=True)])
    assert (found.deal_days, found.wins) == (10 + sum(risk), 4)
    assert (found.tail_won, found.tail_lost) == (0, 0)


def test_what_became_of_ten_deals():
    found = incidence(hazards(TEN, **RAW), 0, 10)
    assert found.won[[1, 2, 3, 4, 5, 7, 8, 10]] == pytest.approx([0, 0.1, 0.2, 0.2, 0.3, 0.3, 0.42, 0.42])
    assert found.lost[[2, 3, 5, 6, 8, 9, 10]] == pytest.approx([0, 0.1, 0.1, 0.22, 0.22, 0.4, 0.4])
    assert found.open[10] == pytest.approx(0.18)


def test_a_deal_open_at_four_days_is_won_within_four_more():
    assert win_within(hazards(TEN, **RAW), ages(4), 0, 4) == pytest.approx([0.314286], abs=5e-7)


def test_a_window_may_begin_later_than_now():
    found = hazards(TEN, **RAW)
    whole, first, rest = (win_within(found, ages(0, 2, 4), *days) for days in ((0, 8), (0, 3), (3, 8)))
    assert first + rest == pytest.approx(whole)
    assert win_within(found, ages(0, 1), 3, 3).tolist() == [0, 0]


def test_a_deal_known_later_is_at_risk_only_from_then_on():
    found = hazards(spells("2W 4W 3-4L 3-5O"), **RAW)
    assert found.won.tolist() == pytest.approx([0, 0, 1 / 2, 0, 1 / 3, 0])
    assert found.lost.tolist() == pytest.approx([0, 0, 0, 0, 1 / 3, 0])


def test_dead_deals_do_not_revive():
    """Twenty deals won on day 10, and thirty that lie there for a thousand days: only the prior makes the tail."""
    found = hazards(spells("10W " * 20 + "11O " * 11 + "1000O " * 19))
    assert len(found.won) == 12
    assert found.tail_won == 0
    assert win_within(found, ages(9, 500), 0, 90)[1] == 0
    revived = hazards(spells("10W " * 20 + "11O " * 11 + "1000O " * 18 + "1000W"))
    assert revived.tail_won == pytest.approx(1 / (19 * 989 + 20))


def test_rates_are_drawn_to_the_mean_of_the_deals_and_ages_near_count_together():
    found = hazards(spells("3W " * 10 + "3O " * 10 + "6O " * 20))
    mean = 10 / (20 * 4 + 20 * 7)
    assert found.won == pytest.approx([(10 + 20 * mean) / (sum([40] * 4 + [20] * 3) - lost + 20)
                                       for lost in (20, 0, 0, 0, 0, 0, 40)], rel=1e-12)  # fmt: skip


def test_few_deals_have_one_rate_drawn_to_none():
    found = hazards(spells("1W 3L 9O"))
    assert len(found.won) == 0
    assert (found.tail_won, found.tail_lost) == pytest.approx((1 / (16 + 20), 1 / (16 + 20)))


def test_without_a_deal_the_rates_of_the_others_stand_and_say_so():
    found = hazards(of([]), pooled=(0.02, 0.03))
    assert win_within(found, ages(3), 0, 30) == pytest.approx([0.314144], abs=5e-7)
    assert (found.deal_days, found.wins) == (0, 0)
    assert win_within(hazards(of([])), ages(3), 0, 30).tolist() == [0]


def test_ages_that_nobody_passed_have_the_mean_rate():
    found = hazards(spells("2W 9-9W 9-9O"), **RAW)
    assert found.won[5] == pytest.approx(2 / 5)


def test_no_deals_have_no_chances():
    assert win_within(STEADY, ages(), 0, 30).shape == (0,)


@pytest.mark.parametrize(
    ("entry", "end", "outcome"),
    [(-1, 3, 0), (4, 3, 0), (0, 3, 3)],
    ids=["below 0", "backwards", "no outcome"],
)
def test_a_spell_that_cannot_be_is_refused(entry: int, end: int, outcome: int):
    with pytest.raises(ValueError, match="spell"):
        Spells(ages(entry), ages(end), ages(outcome))


def test_columns_of_different_lengths_are_refused():
    with pytest.raises(ValueError, match="each"):
        Spells(ages(0, 0), ages(1), ages(0))


def test_ages_and_days_below_nothing_are_refused():
    with pytest.raises(ValueError, match="-2 is not"):
        win_within(STEADY, ages(1, -2), 0, 30)
    with pytest.raises(ValueError, match="-1 is not"):
        win_within(STEADY, ages(1), -1, 30)


def test_past_windows_scale_what_is_predicted():
    assert rescaled((90, 100, 80, 110, 95, 85), (110, 120, 105, 130, 112, 108)) == pytest.approx(
        0.8436, abs=5e-5
    )
    assert rescaled((), ()) == 1
    assert rescaled((50,), (0,)) == 1
    assert rescaled((0, 0), (10, 10)) == pytest.approx(1 / 3)


def test_more_than_six_past_windows_are_refused():
    with pytest.raises(ValueError, match="last 6 windows"):
        rescaled([1] * 7, [1] * 7)


ROWS = st.lists(
    st.tuples(st.integers(0, 8), st.integers(0, 8), st.sampled_from(End)).map(
        lambda row: (row[0], row[0] + row[1], int(row[2]))
    ),
    min_size=1,
    max_size=25,
)


def naive(rows: list[tuple[int, int, int]], outcome: End, age: int, smoothing: int, prior: int) -> Fraction:
    """One rate, counted deal by deal and day by day."""
    at_risk = [(a, end == a and how == outcome) for start, end, how in rows for a in range(start, end + 1)]
    near = [ended for a, ended in at_risk if abs(a - age) <= smoothing]
    mean = Fraction(sum(ended for _, ended in at_risk), len(at_risk))
    return (sum(near) + prior * mean) / (len(near) + prior) if near or prior else mean


@given(ROWS, st.integers(0, 3), st.integers(0, 20), st.integers(1, 4))
def test_every_rate_equals_a_slow_count(
    rows: list[tuple[int, int, int]], smoothing: int, prior: int, least: int
):
    found = hazards(of(rows), smoothing, prior, least)
    crowd = [sum(start <= age <= end for start, end, _ in rows) for age in range(20)]
    assert len(found.won) == max((age + 1 for age, n in enumerate(crowd) if n >= least), default=0)
    for age, (won, lost) in enumerate(zip(found.won, found.lost, strict=True)):
        assert won == pytest.approx(float(naive(rows, End.WON, age, smoothing, prior)))
        assert lost == pytest.approx(float(naive(rows, End.LOST, age, smoothing, prior)))
    beyond = [(start, end, how) for start, end, how in rows if end >= len(found.won)]
    days = sum(end + 1 - max(start, len(found.won)) for start, end, _ in beyond) + prior
    wins = sum(how == End.WON for *_, how in beyond)
    assert found.tail_won == pytest.approx(wins / days if days else 0)


def aalen_johansen(rows: list[tuple[int, int, int]], start: int, days: int) -> Fraction:
    """The share won within so many days of those open at `start`, by multiplying out each day, exactly."""
    still, won = Fraction(1), Fraction(0)
    for age in range(start + 1, start + days + 1):
        risk = [(end == age, how) for first, end, how in rows if first <= age <= end]
        if risk:
            wins, losses = (sum(ended and how == which for ended, how in risk) for which in (1, 2))
            won += still * Fraction(wins, len(risk))
            still *= 1 - Fraction(wins + losses, len(risk))
    return won


@given(ROWS, st.integers(0, 6), st.integers(0, 12))
def test_unsmoothed_chances_are_the_estimate_of_aalen_and_johansen(
    rows: list[tuple[int, int, int]], start: int, days: int
):
    always = [(0, end, how) for _, end, how in rows]
    found = hazards(of(always), **RAW)
    assert win_within(found, ages(start), 0, days)[0] == pytest.approx(
        float(aalen_johansen(always, min(start, len(found.won) - 1), days))
    )


@given(ROWS, st.integers(0, 40), st.integers(0, 60), st.integers(1, 4))
def test_won_lost_and_open_add_up_to_all(rows: list[tuple[int, int, int]], age: int, days: int, least: int):
    found = hazards(of(rows), 2, 3.0, least)
    after = incidence(found, age, days)
    assert after.won + after.lost + after.open == pytest.approx(np.ones(days + 1))
    assert win_within(found, ages(age), 0, days)[0] == pytest.approx(after.won[-1])
    assert (np.diff(after.won) >= 0).all()
    assert (np.diff(after.lost) >= 0).all()


@given(ROWS, st.lists(st.integers(0, 50), min_size=1, max_size=9), st.integers(0, 20), st.integers(0, 20))
def test_chances_are_shares_that_grow_with_time(
    rows: list[tuple[int, int, int]], open_: list[int], after: int, until: int
):
    found = hazards(of(rows))
    shorter, longer = (win_within(found, ages(*open_), after, days) for days in (until, until + 5))
    assert ((shorter >= 0) & (shorter <= longer) & (longer <= 1)).all()


def test_certain_ends_leave_a_chance_of_one_at_most():
    found = Hazards(np.full(5, 0.7), np.full(5, 0.3), 1.0, 0.0)
    assert win_within(found, ages(0, 3, 9), 0, 50) == pytest.approx([0.7, 0.7, 1.0])


def test_a_sum_of_many_small_chances_is_not_rounded_above_one():
    assert win_within(Hazards(np.empty(0), np.empty(0), 0.18, 0.0), ages(0), 0, 200)[0] == 1


def test_planted_rates_are_found_again():
    random = np.random.Generator(np.random.PCG64(11))
    many, won, lost = 40_000, 0.01, 0.02
    ends = random.geometric(won + lost, many)
    cut = random.integers(1, 200, many)
    how = np.where(random.random(many) < won / (won + lost), End.WON, End.LOST)
    found = hazards(
        Spells(np.ones(many, np.int64), np.minimum(ends, cut), np.where(ends <= cut, how, End.OPEN))
    )
    truth = won / (won + lost) * (1 - (1 - won - lost) ** 60)
    assert win_within(found, ages(1, 20, 50), 0, 60) == pytest.approx([truth] * 3, rel=0.05)


def test_twenty_thousand_ages_take_a_few_milliseconds():
    random = np.random.Generator(np.random.PCG64(12))
    ends = random.geometric(0.02, 20_000)
    found = hazards(Spells(np.zeros(20_000, np.int64), ends, random.integers(0, 3, 20_000)))
    open_ = random.integers(0, 500, 20_000)
    took = []
    for _ in range(5):
        start = perf_counter()
        win_within(found, open_, 0, 92)
        took.append(perf_counter() - start)
    assert min(took) < 0.05
