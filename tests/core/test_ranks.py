"""Rank groups: who can be told apart, and how rarely luck alone tells equals apart."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from upswing.core.metrics.metric import Better
from upswing.core.posteriors import Rate, draws
from upswing.core.ranks import Group, Standing, rank_groups

ABOVE, TOGETHER, BELOW = Standing.ABOVE, Standing.TOGETHER, Standing.BELOW
FIVE = ("Tess", "Stan", "Rami", "Jonas", "Nadia")


def ranked(hits: list[int], trials: int = 100, seed: int = 1) -> tuple[Group, ...]:
    rates = [Rate(hit, trials) for hit in hits]
    names = [f"rep {place}" for place in range(len(hits))]
    return rank_groups(names, draws(rates, seed), [trials * 0.25] * len(hits))


def certain(*values: float, better: Better = Better.HIGHER) -> tuple[Group, ...]:
    return rank_groups(FIVE, np.array([values] * 20), [10] * len(values), better)


def test_values_that_are_certain_have_certain_places_and_ties_share_one():
    found = certain(5, 3, 1, 3, 3)
    assert [(each.low_place, each.high_place) for each in found] == [(1, 1), (2, 2), (5, 5), (2, 2), (2, 2)]
    assert [each.group for each in found] == [ABOVE, TOGETHER, BELOW, TOGETHER, TOGETHER]


def test_equals_stay_together():
    assert {each.group for each in certain(2, 2, 2, 2, 2)} == {TOGETHER}


def test_where_lower_is_better_the_smallest_is_above():
    found = certain(5, 3, 1, 3, 3, better=Better.LOWER)
    assert [each.group for each in found] == [BELOW, TOGETHER, ABOVE, TOGETHER, TOGETHER]
    assert (found[2].low_place, found[0].low_place) == (1, 5)


def test_the_interval_of_places_leaves_out_a_twentieth_on_either_side():
    values = np.tile([9.0, 4.0, 3.0, 2.0, 1.0], (100, 1))
    values[:4, 0] = 0
    assert rank_groups(FIVE, values, [10] * 5)[0].high_place == 1
    values[:6, 0] = 0
    assert rank_groups(FIVE, values, [10] * 5)[0].high_place == 5


def test_above_needs_more_than_the_threshold():
    values = np.tile([9.0, 4.0, 4.0, 4.0, 4.0], (1_000, 1))
    values[:25, 0] = 0
    assert rank_groups(FIVE, values, [10] * 5)[0].group is TOGETHER
    assert rank_groups(FIVE, values[1:], [10] * 5)[0].group is ABOVE
    assert rank_groups(FIVE, values, [10] * 5, threshold=0.95)[0].group is ABOVE


def test_fewer_than_five_people_with_ten_expected_are_not_compared():
    assert rank_groups(FIVE, np.ones((9, 5)), [10, 10, 10, 10, 9.9]) == ()
    assert rank_groups(FIVE[:4], np.ones((9, 4)), [50] * 4) == ()


def test_who_has_too_few_records_is_neither_placed_nor_among_the_others():
    values = np.tile([3.0, 2.0, 2.0, 1.0, 2.0, 50.0], (20, 1))
    found = rank_groups((*FIVE, "Vera"), values, [10] * 5 + [3])
    assert [each.rep for each in found] == list(FIVE)
    assert (found[0].group, found[0].low_place) == (ABOVE, 1)


def test_reps_come_in_the_order_given_not_by_place():
    assert [each.rep for each in certain(1, 2, 3, 4, 5)] == list(FIVE)


def test_of_thirty_identical_reps_hardly_anybody_is_named():
    random = np.random.default_rng(11)
    named = Counter[Standing]()
    for world in range(40):
        named.update(each.group for each in ranked(random.binomial(100, 0.25, 30).tolist(), seed=world))
    assert named.total() == 1_200
    assert named[ABOVE] + named[BELOW] <= 0.002 * 1_200


def test_of_two_real_halves_some_are_named_and_nobody_on_the_wrong_side():
    random = np.random.default_rng(12)
    sides: list[tuple[bool, Standing]] = []
    for world in range(20):
        found = ranked(random.binomial(100, [0.20] * 15 + [0.35] * 15).tolist(), seed=world)
        sides += [(place >= 15, each.group) for place, each in enumerate(found)]
    assert not [good for good, group in sides if group is (BELOW if good else ABOVE)]
    assert np.mean([group is not TOGETHER for _, group in sides]) == pytest.approx(0.28, abs=0.06)


def test_the_middle_of_equals_spans_most_places():
    widths = [each.high_place - each.low_place for each in ranked([25] * 30)]
    assert min(widths) >= 24
