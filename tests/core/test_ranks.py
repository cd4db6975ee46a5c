"""Rank groups: who can be told apart, and how rarely luck alone tells equals apart."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from upswing.core.metrics.metric import Better
from upswing.core.posteriors import Count, Rate, draws
from upswing.core.ranks import Group, Silence, Standing, Told, rank_groups, scatter, told

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


def as_groups(*standings: Standing) -> tuple[Group, ...]:
    return tuple(
        Group(f"rep {place}", standing, 1, len(standings)) for place, standing in enumerate(standings)
    )


def test_a_reader_is_told_who_is_ahead_and_their_own_row_alone():
    groups = as_groups(ABOVE, *[TOGETHER] * 7, BELOW, BELOW)
    middle, below, top, stranger = (told(groups, rep) for rep in ("rep 1", "rep 9", "rep 0", "nobody"))
    assert {each.ahead for each in (middle, below, top, stranger)} == {("rep 0",)}
    assert (middle.own, middle.alike) == (TOGETHER, 6)
    assert (below.own, below.alike, top.own, stranger.own) == (BELOW, None, ABOVE, None)


def test_who_is_below_cannot_be_found_as_the_one_left_over():
    few = as_groups(ABOVE, ABOVE, TOGETHER, TOGETHER, BELOW)
    assert told(few, "rep 2") == Told(("rep 0", "rep 1"), None, TOGETHER, None, 5)
    most = as_groups(ABOVE, ABOVE, ABOVE, TOGETHER, BELOW)
    assert told(most, "rep 3") == Told((), Silence.MOST_AHEAD, TOGETHER, None, 5)
    assert told(most, "rep 0").own is ABOVE


def test_silence_says_why():
    assert told((), "rep 0") == Told((), Silence.TOO_FEW, None, None, 0)
    assert told(as_groups(*[TOGETHER] * 6, BELOW), "rep 0") == Told((), Silence.ALIKE, TOGETHER, 5, 7)


@given(standings=st.lists(st.sampled_from(Standing), max_size=14), reader=st.integers(0, 14))
def test_nobody_but_those_ahead_is_ever_named(standings: list[Standing], reader: int):
    groups = as_groups(*standings)
    found = told(groups, f"rep {reader}")
    ahead = {each.rep for each in groups if each.group is ABOVE}
    assert set(found.ahead) in (ahead, set())
    assert bool(found.ahead) == (found.silence is None)
    assert 2 * len(found.ahead) <= len(groups)


def test_the_scatter_is_that_of_the_counts_around_each_reps_own_mean():
    """
    Two reps, six parts of equal days, means 10 and 40: each rep's parts are 2 off, up and down.
    Chi-square = 6 x 4 / 10 + 6 x 4 / 40 = 3; degrees of freedom 2 x 5 = 10; less than chance is chance.
    """
    swing = np.array([2.0, -2, 2, -2, 2, -2])
    days = np.full((2, 6), 4.0)
    assert scatter(np.array([10 + swing, 40 + swing]), days) == 1
    assert scatter(np.array([10 + 4 * swing, 40 + 4 * swing]), days) == pytest.approx(16 * 3 / 10)
    assert scatter(np.array([10 + swing]), days[:1]) == 1.5


def test_days_away_are_no_scatter():
    days = np.array([[5.0, 5, 5, 0, 5, 5], [5, 5, 5, 5, 5, 5], [5, 0, 0, 5, 5, 5]])
    assert scatter(days * 3, days) == 1


def test_of_equals_whose_counts_come_in_bursts_hardly_anybody_is_named():
    """480 equals with about 60 records each, in bunches of four: 1 in 100 is named, and 1 in 6 if bunches were luck."""
    named, naive = (_named_of_equals(4, learnt) for learnt in (True, False))
    assert named <= 5
    assert naive >= 60


def test_of_equals_whose_counts_are_luck_hardly_anybody_is_named():
    assert _named_of_equals(1, learnt=True) <= 5


def _named_of_equals(spread: int, learnt: bool) -> int:
    random, named = np.random.default_rng(5), 0
    days = np.full((12, 6), 3.5)
    for world in range(40):
        parts = random.poisson(10 / spread, (12, 6)) * float(spread)
        seen = [Count(actual, parts.sum() / 12) for actual in parts.sum(axis=1).tolist()]
        joint = draws(seen, world, phi=scatter(parts, days) if learnt else 1)
        groups = rank_groups([f"rep {place}" for place in range(12)], joint, [parts.sum() / 12] * 12)
        named += sum(each.group is not TOGETHER for each in groups)
    return named
