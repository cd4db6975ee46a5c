"""One total: weights by error and by trust, and chances that add up to it."""

from __future__ import annotations

from math import inf

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import logit

from upswing.core.forecast.total import combine, reconcile

THREE = {"classes": 100.0, "hazard": 200.0, "naive": 300.0}
ERRORS = {"classes": 10.0, "hazard": 20.0, "naive": 40.0}


def test_errors_weigh_by_their_squares_and_gain_trust_with_windows():
    found = combine(THREE, ERRORS, 12, 1_000)
    assert list(found.weights.values()) == pytest.approx([0.6548, 0.2262, 0.1190], abs=5e-5)
    assert found.value == pytest.approx(100 * 0.654762 + 200 * 0.226190 + 300 * 0.119048, abs=1e-3)


def test_after_very_many_windows_errors_alone_weigh():
    weights = combine(THREE, ERRORS, 10**9, 1_000).weights
    assert list(weights.values()) == pytest.approx([0.7619, 0.1905, 0.0476], abs=5e-5)


@pytest.mark.parametrize(("errors", "n"), [(ERRORS, 0), ({}, 12)])
def test_without_scored_windows_all_weigh_the_same(errors: dict[str, float], n: int):
    assert combine(THREE, errors, n, 1_000).value == pytest.approx(200)


def test_a_member_that_is_missing_leaves_its_part_to_the_others():
    two = {"classes": 100.0, "naive": 300.0}
    assert combine(two, ERRORS, 12, 1_000) == combine(two, {"classes": 10, "naive": 40}, 12, 1_000)


def test_a_member_that_was_never_scored_has_its_equal_part_alone():
    weights = combine(THREE, {"classes": 10, "hazard": 20}, 12, 1_000).weights
    assert weights["naive"] == pytest.approx(0.25 / 3)
    assert weights["classes"] == pytest.approx(0.25 / 3 + 0.75 * 0.8)


def test_nobody_is_better_than_one_percent_of_what_comes():
    lucky = combine(THREE, ERRORS | {"naive": 0.0}, 12, 1_000)
    assert lucky.weights == combine(THREE, ERRORS | {"naive": 10.0}, 12, 1_000).weights
    assert lucky.weights["naive"] == pytest.approx(lucky.weights["classes"])


def test_members_without_any_error_share_where_nothing_came():
    weights = combine(THREE, {"classes": 0, "hazard": 0, "naive": 5}, 4, 0).weights
    assert [weights[name] for name in THREE] == pytest.approx([1 / 6 + 1 / 4, 1 / 6 + 1 / 4, 1 / 6])


def test_the_order_of_the_members_changes_nothing():
    assert combine(dict(reversed(THREE.items())), ERRORS, 7, 90).value == combine(THREE, ERRORS, 7, 90).value


@pytest.mark.parametrize("forecasts", [{}, {"classes": inf}, {"classes": float("nan")}])
def test_what_is_no_forecast_is_refused(forecasts: dict[str, float]):
    with pytest.raises(ValueError, match="Only forecasts that are numbers"):
        combine(forecasts, {}, 0, 0)


@pytest.mark.parametrize("error", [-1, float("nan")])
def test_an_error_below_nothing_is_refused(error: float):
    with pytest.raises(ValueError, match="Errors are 0 or more"):
        combine(THREE, {"naive": error}, 3, 10)


SOME = st.dictionaries(st.sampled_from("abcdef"), st.floats(-1e9, 1e9), min_size=1)


@given(
    SOME, st.dictionaries(st.sampled_from("abcdef"), st.floats(0, 1e9)), st.integers(0, 99), st.floats(0, 1e9)
)
def test_weights_add_up_and_the_total_lies_among_the_members(
    forecasts: dict[str, float], errors: dict[str, float], n: int, mean: float
):
    found = combine(forecasts, errors, n, mean)
    assert sum(found.weights.values()) == pytest.approx(1)
    assert min(found.weights.values()) >= 0
    assert min(forecasts.values()) - 1e-3 <= found.value <= max(forecasts.values()) + 1e-3


CHANCES, AMOUNTS = np.array([0.2, 0.5, 0.8]), np.array([10.0, 20.0, 30.0])


def test_three_deals_give_way_until_they_add_up():
    found = reconcile(CHANCES, AMOUNTS, 30)
    assert found.shift == pytest.approx(-0.509234, abs=5e-7)
    assert found.chances == pytest.approx([0.1306, 0.3754, 0.7062], abs=5e-5)
    assert found.unexplained == 0


def test_what_already_adds_up_stays():
    found = reconcile(CHANCES, AMOUNTS, 2 + 10 + 24)
    assert found.chances == pytest.approx(CHANCES)
    assert found.shift == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize(
    ("part", "chance", "unexplained", "shift"),
    [(75, 1, 15, inf), (60, 1, 0, inf), (0, 0, 0, -inf), (-8, 0, -8, -inf)],
)
def test_more_or_less_than_the_deals_can_bring_is_told(
    part: float, chance: float, unexplained: float, shift: float
):
    found = reconcile(CHANCES, AMOUNTS, part)
    assert found.chances.tolist() == [chance] * 3
    assert (found.unexplained, found.shift) == (unexplained, shift)


def test_a_certain_deal_stays_certain_and_a_hopeless_one_hopeless():
    found = reconcile(np.array([1.0, 0.0, 0.5]), AMOUNTS, 15)
    assert found.chances == pytest.approx([1, 0, 1 / 6])
    assert reconcile(np.array([1.0, 0.0, 0.5]), AMOUNTS, 5).unexplained == -5


def test_without_a_deal_that_can_change_all_else_is_unexplained():
    nobody = reconcile(np.empty(0), np.empty(0), 12)
    assert (nobody.chances.tolist(), nobody.unexplained, nobody.shift) == ([], 12, 0)
    settled = reconcile(np.array([1.0, 0.0]), np.array([5.0, 9.0]), 12)
    assert (settled.chances.tolist(), settled.unexplained) == ([1, 0], 7)


@pytest.mark.parametrize(("chance", "amount"), [(-0.1, 5), (1.1, 5), (0.5, -5)])
def test_what_is_no_chance_or_no_amount_is_refused(chance: float, amount: float):
    with pytest.raises(ValueError, match="Chances lie between 0 and 1, amounts are 0 or more"):
        reconcile(np.array([chance]), np.array([amount]), 1)


DEALS = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 10**9)), max_size=20)


@given(DEALS, st.floats(-0.2, 1.2))
def test_chances_and_what_is_unexplained_add_up_to_the_part_in_the_same_order(
    deals: list[tuple[float, int]], share: float
):
    chances, amounts = np.array(deals, float).reshape(-1, 2).T
    part = share * float(amounts.sum())
    found = reconcile(chances, amounts, part)
    assert float(amounts @ found.chances) + found.unexplained == pytest.approx(part, rel=1e-9, abs=1e-3)
    assert ((found.chances >= 0) & (found.chances <= 1)).all()
    assert (np.diff(found.chances[np.argsort(chances, kind="stable")]) >= 0).all()


@given(
    st.lists(st.tuples(st.floats(0.001, 0.999), st.integers(1, 10**9)), min_size=1, max_size=20),
    st.floats(0.001, 0.999),
)
def test_a_part_that_open_deals_can_bring_is_explained_by_one_shift_of_all_odds(
    deals: list[tuple[float, int]], share: float
):
    chances, amounts = np.array(deals, float).reshape(-1, 2).T
    found = reconcile(chances, amounts, share * float(amounts.sum()))
    assert found.unexplained == 0
    assert logit(found.chances) - logit(chances) == pytest.approx(np.full(len(deals), found.shift), abs=1e-4)
