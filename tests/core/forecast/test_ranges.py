"""Ranges: what past errors earn, what one shared shock does, and where nothing is left to chance."""

from __future__ import annotations

from math import exp, log, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from upswing.core.forecast.ranges import (
    drawn,
    range_from_errors,
    range_from_overlapping,
    shock,
    simulate,
)

THREE = [(100, 110), (120, 100), (90, 95)]
HUNDRED, ONES = np.full(100, 0.3), np.ones(100)


def mean_under_shocks(chance: float, sigma: float) -> float:
    """A chance averaged over shocks to its odds, by quadrature."""
    nodes, weights = np.polynomial.hermite_e.hermegauss(60)
    odds = chance / (1 - chance) * np.exp(sigma * nodes - sigma**2 / 2)
    return float(weights @ (odds / (1 + odds)) / weights.sum())


def test_three_windows_make_a_first_range():
    found = range_from_errors(105, THREE)
    assert (found.low, found.middle, found.high) == pytest.approx((77.1, 105, 142.9), abs=0.05)
    assert log(found.high / 105) / 1.2816 == pytest.approx(0.24061, abs=5e-6)
    assert (found.verified, found.windows, found.left_out) == (False, 3, 0)


def test_without_a_window_the_usual_error_stands():
    found = range_from_errors(200, [])
    assert (found.low, found.high) == pytest.approx((200 * exp(-1.2816 * 0.3), 200 * exp(1.2816 * 0.3)))
    assert (found.verified, found.windows) == (False, 0)


def test_seven_exact_windows_are_not_enough_to_be_narrow_and_eight_are():
    seven, eight = (range_from_errors(130, [(100, 100)] * number) for number in (7, 8))
    assert (seven.low, seven.high) == pytest.approx((100, 169), abs=1e-9)
    assert log(eight.high / 130) / 1.2816 == pytest.approx(sqrt(4 * 0.3**2 / 12))
    assert [seven.verified, eight.verified] == [False, True]


def test_windows_without_a_ratio_are_left_out_and_counted():
    found = range_from_errors(105, [*THREE, (0, 5), (5, 0), (-3, 8)])
    assert (found.windows, found.left_out) == (3, 3)
    assert found.low == range_from_errors(105, THREE).low


def test_a_total_of_nothing_has_no_range_and_one_below_nothing_stays_in_order():
    nothing, below = range_from_errors(0, THREE), range_from_errors(-105, THREE)
    assert (nothing.low, nothing.middle, nothing.high) == (0, 0, 0)
    assert (below.low, below.middle, below.high) == pytest.approx((-142.9, -105, -77.1), abs=0.05)


def test_the_shock_is_the_usual_until_eight_windows_teach_it():
    errors = [0.1, -0.2, 0.3, -0.1, 0.0, 0.2, -0.3, 0.25]
    pairs = [(100, 100 * exp(error)) for error in errors]
    assert shock(pairs[:7]) == 0.4
    assert shock(pairs) == pytest.approx(np.std(errors, ddof=1))


def test_a_hundred_deals_by_themselves():
    found = simulate(HUNDRED, ONES, 0, 0, seed=5)
    assert (found.low, found.middle, found.high) == (24, 30, 36)
    assert (found.low, found.high) == tuple(stats.binom(100, 0.3).ppf([0.1, 0.9]))


def test_a_hundred_deals_with_one_shared_shock():
    """The wins themselves, before they are scaled so that their mean is the total."""
    scale = 0.3 / mean_under_shocks(0.3, 0.4)
    found = simulate(HUNDRED, ONES, 0, 0.4, seed=5)
    assert (found.low / scale, found.high / scale) == pytest.approx((18, 41), abs=0.6)


def test_the_mean_of_the_draws_is_the_total():
    random = np.random.Generator(np.random.PCG64(3))
    chances, amounts = random.random(50), random.random(50) * 1_000
    totals = drawn(chances, amounts, 4_000, 0.4, seed=8, draws=40_000, spread=0.3)
    assert totals.mean() == pytest.approx(amounts @ chances + 4_000, rel=0.01)


@pytest.mark.parametrize("draws", [1, 4_000])
def test_without_doubt_every_draw_is_the_sum_itself(draws: int):
    totals = drawn(np.array([0.0, 1.0, 1.0]), np.array([5, 7_000_000_011, 13]), 100, 0, 1, draws)
    assert totals.tolist() == [7_000_000_124] * draws


def test_certain_deals_stay_certain_under_any_shock():
    found = simulate(np.array([1.0, 0.0]), np.array([700, 900]), 0, 0.8, seed=2)
    assert (found.low, found.middle, found.high) == (700, 700, 700)


def test_without_deals_there_is_the_new_business_alone():
    found = simulate(np.empty(0), np.empty(0), 1_000, 0.4, seed=4, draws=40_000)
    ends = [1_000 * exp(0.4 * z - 0.08) for z in (-1.2816, 0, 1.2816)]
    assert [found.low, found.middle, found.high] == pytest.approx(ends, rel=0.02)
    nothing = simulate(np.empty(0), np.empty(0), 0, 0.4, seed=4)
    assert (nothing.low, nothing.middle, nothing.high) == (0, 0, 0)


def test_new_business_may_have_a_doubt_of_its_own():
    found = drawn(np.empty(0), np.empty(0), 1_000, 0.3, seed=4, draws=40_000, spread=0.4)
    assert np.std(np.log(found)) == pytest.approx(0.5, rel=0.02)


def test_the_shock_is_shared_by_deals_and_new_business():
    half = np.full(400, 0.5)
    deals, business, both = (
        np.var(drawn(half, np.full(400, amount), extra, 0.4, seed=9))
        for amount, extra in ((1.0, 0), (0.0, 200), (1.0, 200))
    )
    assert both > 1.7 * (deals + business)


def test_the_same_seed_draws_the_same_and_another_draws_anew():
    def again(seed: int) -> list[float]:
        return drawn(HUNDRED, ONES, 10, 0.4, seed).tolist()

    assert again(1) == again(1)
    assert again(1) != again(2)


def test_many_deals_are_drawn_a_few_at_a_time_with_the_same_result(monkeypatch: pytest.MonkeyPatch):
    before = drawn(HUNDRED, ONES, 10, 0.4, 6)
    monkeypatch.setattr("upswing.core.forecast.ranges._AT_ONCE", 700)
    assert drawn(HUNDRED, ONES, 10, 0.4, 6) == pytest.approx(before, rel=1e-12)


@pytest.mark.parametrize(
    ("chance", "extra", "sigma", "draws", "spread"),
    [
        (1.2, 0, 0, 9, 0),
        (-0.1, 0, 0, 9, 0),
        (0.5, -1, 0, 9, 0),
        (0.5, 0, -1, 9, 0),
        (0.5, 0, 0, 0, 0),
        (0.5, 0, 0, 9, -1),
    ],
)
def test_what_cannot_be_drawn_is_refused(
    chance: float, extra: float, sigma: float, draws: int, spread: float
):
    with pytest.raises(
        ValueError, match="Chances lie between 0 and 1; extra, sigma and spread are 0 or more"
    ):
        drawn(np.array([chance]), np.ones(1), extra, sigma, 1, draws, spread)


PAIRS = st.lists(st.tuples(st.floats(-10, 1e9), st.floats(-10, 1e9)), max_size=20)


@given(st.floats(-1e9, 1e9), PAIRS)
def test_a_range_is_in_order_and_counts_every_window(total: float, pairs: list[tuple[float, float]]):
    found = range_from_errors(total, pairs)
    assert found.low <= found.middle <= found.high
    assert found.windows + found.left_out == len(pairs)


@given(
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 10**9)), max_size=12),
    st.floats(0, 1e9),
    st.floats(0, 1),
    st.integers(0, 2**64 - 1),
)
def test_a_simulated_range_is_in_order_and_above_nothing(
    deals: list[tuple[float, int]], extra: float, sigma: float, seed: int
):
    chances, amounts = np.array(deals, float).reshape(-1, 2).T
    found = simulate(chances, amounts, extra, sigma, seed, draws=50)
    assert 0 <= found.low <= found.middle <= found.high


@given(st.lists(st.floats(-0.5, 0.5), min_size=1, max_size=12), st.floats(1.01, 3))
def test_greater_errors_never_make_a_range_narrower(errors: list[float], more: float):
    small, large = (
        range_from_errors(100, [(50, 50 * exp(error * by)) for error in errors]) for by in (1, more)
    )
    assert large.low <= small.low + 1e-9
    assert small.high <= large.high + 1e-9


def test_windows_that_overlap_tell_less():
    """The same errors, a week apart in months of 30 days, against side by side."""
    pairs = [(100, 110), (100, 90)] * 13
    overlapping, beside = (
        range_from_overlapping(100, pairs, apart, verified=True) for apart in (7 / 30, 1.0)
    )
    assert overlapping.low < beside.low < 100 < beside.high < overlapping.high
    spread = sqrt((4 * 0.3**2 + 13 * (log(1.1) ** 2 + log(0.9) ** 2)) / 30)
    reach = float(stats.t.ppf(0.9, 30)) * spread * sqrt(1 + 1 / 30)
    assert beside.high == pytest.approx(100 * exp(reach))


def test_a_range_that_is_not_verified_reaches_a_third_up_at_least():
    pairs = [(100, 100)] * 40
    assert range_from_overlapping(100, pairs, 7 / 30, verified=False).high == pytest.approx(130)
    assert range_from_overlapping(100, pairs, 7 / 30, verified=True).high < 130
