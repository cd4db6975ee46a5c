"""Limits: which rule speaks when, the worked example, and the bounds of each rule."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from upswing.core.forecast.age import Hazards
from upswing.core.forecast.stall import Limit, Rule, chances_by_age, is_stalled, limit

FADING = Hazards(np.full(21, 0.03), np.full(21, 0.02), 0.005, 0.02)
CHANCES = chances_by_age(FADING, 30)
TEN_DAYS = np.array([2, 4, 6, 8, 10, 12, 14, 16, 18, 90])
NO_DAYS = np.empty(0, np.int64)


def test_chances_halve_at_sixteen_days():
    assert CHANCES[[0, 15, 16]] == pytest.approx([0.40094, 0.20831, 0.18986], abs=5e-6)
    assert limit(CHANCES, 30, NO_DAYS, None, 3) == Limit(16, Rule.HALF_CHANCE, 30, 16, None, None)


def test_exactly_half_the_chance_is_the_limit():
    assert limit(np.array([0.4, 0.3, 0.2, 0.1]), 30, NO_DAYS, None, 3).days == 2


def test_all_that_is_known_is_shown_beside_the_rule():
    found = limit(CHANCES, 42, TEN_DAYS, 48.0, 4)
    assert found == Limit(16, Rule.HALF_CHANCE, 42, half_chance=16, quantile=18, cycle=12)


def test_with_fewer_than_thirty_wins_nine_tenths_of_the_deals_won_speak():
    assert limit(CHANCES, 29, TEN_DAYS, 48.0, 4) == Limit(18, Rule.QUANTILE, 10, None, 18, 12)


def test_with_fewer_than_ten_wins_the_cycle_speaks():
    assert limit(CHANCES, 9, TEN_DAYS[:9], 48.0, 4) == Limit(12, Rule.CYCLE, 9, None, None, 12)


def test_a_long_cycle_gives_no_more_than_a_month():
    assert limit(None, 0, NO_DAYS, 400.0, 4).days == 31


@pytest.mark.parametrize(("stages", "days"), [(1, 4), (2, 4), (3, 3), (7, 1), (20, 1)])
def test_a_cycle_of_a_week_gives_at_most_four_days(stages: int, days: int):
    assert limit(None, 0, NO_DAYS, 7.0, stages).days == days


@pytest.mark.parametrize("cycle", [None, 0.0])
def test_where_nothing_is_known_the_limit_is_the_longest_by_cycle(cycle: float | None):
    assert limit(None, 0, NO_DAYS, cycle, 4) == Limit(31, Rule.CYCLE, 0, None, None, None)


def test_a_limit_that_was_set_rules_and_the_others_stay_to_be_seen():
    assert limit(CHANCES, 42, TEN_DAYS, 48.0, 4, 25) == Limit(25, Rule.SET, 0, 16, 18, 12)


@pytest.mark.parametrize(
    "chances", [np.full(9, 0.3), np.array([0.2, 0.3, 0.4]), np.zeros(9), np.empty(0)],
    ids=["steady", "rising", "none at all", "nobody"],
)  # fmt: skip
def test_where_chances_never_halve_the_next_rule_speaks(chances: np.ndarray):
    assert limit(chances, 60, TEN_DAYS, None, 4) == Limit(18, Rule.QUANTILE, 10, None, 18, None)


def test_deals_won_on_their_first_day_still_leave_a_day():
    assert limit(None, 12, np.zeros(12, np.int64), None, 4).days == 1


def test_chances_beyond_the_last_known_age_stay_as_they_are():
    assert len(CHANCES) == 21
    assert chances_by_age(Hazards(np.empty(0), np.empty(0), 0.02, 0.03), 30) == pytest.approx(
        [0.314144], abs=5e-7
    )


@pytest.mark.parametrize(("stages", "override"), [(0, None), (3, 0), (3, -4)])
def test_no_stage_and_no_day_are_refused(stages: int, override: int | None):
    with pytest.raises(ValueError, match="a day or more, in one stage or more"):
        limit(None, 0, NO_DAYS, 7.0, stages, override)


def test_a_deal_is_stalled_above_its_limit_unless_a_step_is_awaited():
    sixteen = limit(CHANCES, 30, NO_DAYS, None, 3)
    assert [is_stalled(age, sixteen) for age in (0, 16, 17)] == [False, False, True]
    assert not is_stalled(400, sixteen, waived=True)


@given(
    st.lists(st.floats(0, 1), max_size=40),
    st.integers(0, 99),
    st.lists(st.integers(0, 400), max_size=30),
    st.none() | st.floats(0, 900),
    st.integers(1, 12),
)
def test_a_limit_is_a_day_or_more_and_is_what_its_rule_says(
    chances: list[float], wins: int, days: list[int], cycle: float | None, stages: int
):
    found = limit(np.array(chances), wins, np.array(days, np.int64), cycle, stages)
    said = {Rule.HALF_CHANCE: found.half_chance, Rule.QUANTILE: found.quantile, Rule.CYCLE: found.cycle or 31}
    assert found.days == said[found.rule] >= 1
    if found.half_chance is not None:
        assert all(chance <= chances[0] / 2 for chance in chances[found.half_chance :])
        assert chances[found.half_chance - 1] > chances[0] / 2
    if found.quantile is not None:
        assert sum(each <= found.quantile for each in days) >= 0.9 * len(days)
    if found.cycle is not None and cycle is not None:
        assert found.cycle <= 31
        assert found.cycle <= cycle / 2 + 1


def test_a_deal_between_two_usual_lengths_is_not_stalled():
    """Where some deals close at once and others late, the chance rises again after a trough."""
    chances = np.array([0.4, 0.3, 0.1, 0.1, 0.3, 0.5, 0.1, 0.0])
    assert limit(chances, 30, np.empty(0, np.int64), None, 1).half_chance == 6
