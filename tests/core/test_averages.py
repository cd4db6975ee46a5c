"""Means of amounts of which most are nothing."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from upswing.core.averages import FEWEST, FEWEST_AMOUNTS, MANY, Average, average, share

FIVE = [100, 200, 300, 400, 500]


def test_the_mean_counts_those_that_brought_nothing():
    found = average(FIVE, 100, seed=1)
    assert found is not None
    assert found.mean == 15
    assert found.low < 15 < found.high


@pytest.mark.parametrize(("amounts", "things"), [(FIVE, 9), (FIVE[:4], 100), ([], 1_000), ([], 0)])
def test_too_few_things_or_amounts_tell_nothing(amounts: list[int], things: int):
    assert average(amounts, things, seed=1) is None


def test_more_amounts_than_things_are_refused():
    with pytest.raises(ValueError, match="5 amounts are more than 4 things"):
        average(FIVE, 4, seed=1)


def test_where_all_bring_the_same_nothing_is_unsure():
    assert average([700] * 20, 20, seed=1) == Average(700, 700, 700)


@given(
    st.lists(st.integers(-(10**9), 10**9), min_size=FEWEST_AMOUNTS, max_size=40),
    st.integers(0, 200),
    st.integers(0),
)
def test_asked_again_in_another_order_or_unit_it_says_the_same(amounts: list[int], more: int, seed: int):
    things = len(amounts) + more + 10
    found, again = average(amounts, things, seed), average(amounts, things, seed)
    assert found == again
    assert found is not None
    assert found.low <= found.high
    tenfold = average([10 * amount for amount in amounts], things, seed)
    assert tenfold is not None
    assert (tenfold.mean, tenfold.low, tenfold.high) == pytest.approx(
        (10 * found.mean, 10 * found.low, 10 * found.high), abs=1e-3
    )


def test_both_ways_of_telling_the_interval_agree_where_they_meet():
    amounts = np.random.default_rng(3).integers(1_000, 9_000, MANY).tolist()
    drawn, reckoned = average(amounts[:-1], 900, seed=1), average(amounts, 900, seed=1)
    assert drawn is not None
    assert reckoned is not None
    assert (drawn.low, drawn.high) == pytest.approx((reckoned.low, reckoned.high), rel=0.02)


@pytest.mark.parametrize(("leads", "share"), [(60, 0.3), (200, 0.12), (2_000, 0.15)])
def test_eight_of_ten_intervals_hold_the_truth(leads: int, share: float):
    """Leads of which some bring an amount that is skewed as deals are; skew costs the smallest a little."""
    rng = np.random.default_rng(7)
    truth, held, asked = share * np.exp(9 + 0.7**2 / 2), 0, 0
    for seed in range(300):
        amounts = np.exp(rng.normal(9, 0.7, rng.binomial(leads, share))).astype(int).tolist()
        found = average(amounts, leads, seed)
        if found:
            asked += 1
            held += found.low <= truth <= found.high
    assert asked > 290
    assert 0.72 < held / asked < 0.88


def test_none_of_a_hundred_is_likely_up_to_wilsons_bound():
    """z²/(n + z²), with z = 1.2816: 1.6425 / 101.6425."""
    assert share(0, 100) == Average(0, 0, pytest.approx(0.016159, abs=1e-6))
    assert share(100, 100) == Average(1, pytest.approx(1 - 0.016159, abs=1e-6), 1)


@given(st.integers(FEWEST, 10**6).flatmap(lambda things: st.tuples(st.integers(0, things), st.just(things))))
def test_a_share_lies_in_its_interval_which_is_wilsons(counted: tuple[int, int]):
    hits, things = counted
    found = share(hits, things)
    assert found is not None
    assert 0 <= found.low <= found.mean <= found.high <= 1
    assert found.low < found.high
    theirs = binomtest(hits, things).proportion_ci(0.8, "wilson")
    assert (found.low, found.high) == pytest.approx((theirs.low, theirs.high), abs=1e-5)


@pytest.mark.parametrize("things", [0, 1, FEWEST - 1])
def test_a_share_of_too_few_is_not_told(things: int):
    assert share(things, things) is None


def test_more_hits_than_things_are_no_share():
    with pytest.raises(ValueError, match="12 of 11 is no share"):
        share(12, 11)
