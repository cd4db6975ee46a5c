"""The stage-weighted forecast: worked examples of each policy, and what no policy may do."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upswing.core.forecast.stages import Line, Policy, stage_weighted, usual_policy, weight_under

WEIGHTS = [("Qualified", 0.2), ("Proposal", 0.5), ("Negotiation", 0.8)]
DEALS = [
    ("Qualified", 20_000, False),
    ("Proposal", 30_000, False),
    ("Proposal", 50_000, True),
    ("Negotiation", 40_000, False),
    ("Negotiation", 10_000, True),
]
MEASURED = {
    ("Qualified", False): 0.0949,
    ("Proposal", False): 0.2882,
    ("Negotiation", False): 0.5222,
    ("Qualified", True): 0.0173,
    ("Proposal", True): 0.0693,
    ("Negotiation", True): 0.1263,
}
POLICIES = st.sampled_from(Policy)
SHARES = st.floats(0, 1)


def lines(policy: Policy) -> list[Line]:
    """The five deals, each with its weight under a policy."""
    return [
        Line(str(key), stage, amount, weight_under(policy, WEIGHTS, stage, stalled, MEASURED), stalled)
        for key, (stage, amount, stalled) in enumerate(DEALS)
    ]


def line(amount: int, weight: Fraction | float = 0.5, stalled: bool = False) -> Line:
    return Line("D-1", "Proposal", amount, weight, stalled)


@pytest.mark.parametrize(
    ("policy", "total"),
    [
        (Policy.NONE, 84_000),
        (Policy.DROP, 51_000),
        (Policy.BACK_1, 66_000),
        (Policy.BACK_2, 58_000),
        (Policy.MEASURED, 55_728),
    ],
)
def test_five_deals_of_which_two_are_stalled(policy: Policy, total: float):
    assert stage_weighted(lines(policy)).total == pytest.approx(total, abs=1e-6)


def test_stalled_lines_are_listed_even_where_they_count_for_nothing():
    found = stage_weighted(lines(Policy.DROP))
    assert [(each.key, each.value) for each in found.penalised] == [("2", 0), ("4", 0)]
    assert len(found.lines) == 5


def test_one_stage_before_the_first_is_half_of_it_and_further_back_is_nothing():
    def first(policy: Policy) -> float | Fraction:
        return weight_under(policy, WEIGHTS, "Qualified", True, {})

    assert first(Policy.BACK_1) == 0.1
    assert first(Policy.BACK_2) == 0
    assert weight_under(Policy.BACK_2, WEIGHTS, "Proposal", True, {}) == 0.1


def test_a_deal_on_the_move_keeps_its_weight_whatever_was_measured():
    assert weight_under(Policy.MEASURED, WEIGHTS, "Proposal", False, MEASURED) == 0.5


def test_a_rate_above_the_weight_does_not_raise_it_and_an_unknown_rate_does_not_lower_it():
    assert weight_under(Policy.MEASURED, WEIGHTS, "Proposal", True, {("Proposal", True): 0.9}) == 0.5
    assert weight_under(Policy.MEASURED, WEIGHTS, "Proposal", True, {("Proposal", False): 0.1}) == 0.5


def test_a_stage_back_that_weighs_more_does_not_raise_the_weight():
    falling = [("First", 0.6), ("Second", 0.3)]
    assert weight_under(Policy.BACK_1, falling, "Second", True, {}) == 0.3


def test_a_stage_without_a_weight_is_refused_by_name():
    with pytest.raises(
        ValueError, match=r"Stage “Demo” has no weight; these have one: “Qualified”, “Proposal”"
    ):
        weight_under(Policy.NONE, WEIGHTS, "Demo", False, {})


def test_exact_weights_stay_exact():
    third = [("Only", Fraction(1, 3))]
    assert weight_under(Policy.BACK_1, third, "Only", True, {}) == Fraction(1, 6)
    assert stage_weighted([line(30_000, Fraction(1, 3))]).total == 10_000


def test_lines_without_an_amount_above_nothing_are_left_out_and_told():
    found = stage_weighted([line(100), line(0), line(-700)])
    assert found.total == 50
    assert [each.amount for each in found.left_out] == [0, -700]
    assert [each.amount for each in found.lines] == [100]


def test_no_deals_forecast_nothing():
    found = stage_weighted([])
    assert (found.total, found.lines, found.left_out) == (0, (), ())


@pytest.mark.parametrize("weight", [-0.1, 1.1, Fraction(3, 2), float("nan")])
def test_a_weight_outside_nothing_and_all_is_refused(weight: float | Fraction):
    with pytest.raises(ValueError, match="D-1"):
        line(100, weight)


def test_rates_of_stalled_deals_are_used_once_thirty_were_observed():
    assert [usual_policy(seen) for seen in (0, 29, 30)] == [Policy.BACK_1, Policy.BACK_1, Policy.MEASURED]


@given(weights=st.lists(SHARES, min_size=1, max_size=6), rate=SHARES, policy=POLICIES, data=st.data())
def test_a_penalty_never_raises_a_weight(
    weights: list[float], rate: float, policy: Policy, data: st.DataObject
):
    stages = [(str(place), weight) for place, weight in enumerate(weights)]
    stage, weight = data.draw(st.sampled_from(stages))
    measured = {(stage, True): rate, (stage, False): rate}
    assert 0 <= weight_under(policy, stages, stage, True, measured) <= weight
    assert weight_under(policy, stages, stage, False, measured) == weight


@given(
    st.lists(st.tuples(st.integers(-(10**10), 10**10), SHARES, st.booleans()), max_size=30),
    st.randoms(use_true_random=False),
)
def test_a_forecast_lies_between_nothing_and_all_that_is_open_in_any_order(
    deals: list[tuple[int, float, bool]], shuffled: Random
):
    rows = [line(*deal) for deal in deals]
    found = stage_weighted(rows)
    assert 0 <= found.total <= sum(amount for amount, *_ in deals if amount > 0)
    assert len(found.lines) + len(found.left_out) == len(rows)
    shuffled.shuffle(rows)
    assert stage_weighted(rows).total == found.total
