"""Scores: worked examples, laws, and forecasts of planted chances that come out as promised."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from upswing.core.forecast.age import Hazards, win_within
from upswing.core.forecast.ranges import drawn
from upswing.core.forecast.scoring import (
    Scores,
    Verdict,
    Window,
    better,
    brier,
    crps,
    log_loss,
    pit,
    reliability,
    score,
)

FOUR, ENDED = np.array([0.8, 0.3, 0.1, 0.4]), np.array([1, 0, 0, 1])


def floats(*each: float) -> np.ndarray:
    return np.array(each, float)


def test_three_windows():
    found = score([Window(100, 110), Window(120, 100), Window(90, 95)])
    assert found.wape == pytest.approx(0.114754, abs=5e-7)
    assert found.bias == pytest.approx(0.016393, abs=5e-7)
    assert found.mape == pytest.approx((10 / 110 + 20 / 100 + 5 / 95) / 3)
    assert (found.coverage, found.n) == (None, 3)


def test_a_range_covers_its_ends():
    windows = [
        Window(10, 5, 5, 9),
        Window(10, 9, 5, 9),
        Window(10, 4, 5, 9),
        Window(10, 99),
        Window(10, 10, 5, None),
    ]
    assert score(windows).coverage == pytest.approx(2 / 3)


def test_where_nothing_came_there_is_nothing_to_divide_by():
    assert score([Window(5, 0), Window(0, 0, 0, 0)]) == Scores(None, None, None, 1.0, 2)
    assert score([]) == Scores(None, None, None, None, 0)
    assert score([Window(5, -4)]) == Scores(None, None, None, None, 1)


def test_windows_without_an_actual_count_in_all_but_the_mean_of_ratios():
    found = score([Window(5, 0), Window(12, 10)])
    assert (found.wape, found.bias, found.mape) == pytest.approx((0.7, 0.7, 0.2))


SUMS = st.just(0.0) | st.floats(0.01, 1e9)
WINDOWS = st.lists(st.builds(Window, SUMS, SUMS), max_size=20)


@given(WINDOWS, st.floats(0.5, 100))
def test_scores_do_not_depend_on_the_unit_and_bias_is_never_more_than_the_error(
    windows: list[Window], unit: float
):
    found, other = (
        score(windows),
        score([Window(each.forecast * unit, each.actual * unit) for each in windows]),
    )
    assert (found.wape is None) == (sum(each.actual for each in windows) <= 0)
    if found.wape is not None and found.bias is not None:
        assert abs(found.bias) <= found.wape * (1 + 1e-12)
        assert (other.wape, other.mape) == pytest.approx((found.wape, found.mape))
        assert other.bias == pytest.approx(found.bias, abs=1e-12 * (1 + found.wape))


def test_four_deals_by_square_and_by_surprise():
    assert brier(FOUR, ENDED) == pytest.approx(0.125)
    assert log_loss(FOUR, ENDED) == pytest.approx(0.400367, abs=5e-7)


def test_certainty_that_is_wrong_costs_much_but_not_everything():
    assert log_loss(floats(0), floats(1)) == pytest.approx(-np.log(1e-4))
    assert log_loss(floats(1), floats(0)) == pytest.approx(-np.log(1e-4))


def test_no_deals_have_no_scores():
    assert (brier(floats(), floats()), log_loss(floats(), floats()), reliability(floats(), floats())) == (
        None,
        None,
        (),
    )


@pytest.mark.parametrize(("chances", "outcomes"), [((0.5, 0.5), (1,)), ((1.2,), (1,)), ((-0.1,), (0,))])
def test_chances_without_outcome_or_beyond_certainty_are_refused(
    chances: tuple[float, ...], outcomes: tuple[float, ...]
):
    for scored in (brier, log_loss, reliability):
        with pytest.raises(ValueError, match="Each outcome has its chance"):
            scored(floats(*chances), floats(*outcomes))


def test_draws_are_scored_by_how_far_and_how_wide_they_are():
    assert crps(floats(4, 1, 2), 3) == pytest.approx(0.666667, abs=5e-7)
    assert crps(floats(5), 3) == 2


def test_without_a_draw_there_is_no_score():
    for scored in (crps, pit):
        with pytest.raises(ValueError, match="Nothing was drawn"):
            scored(floats(), 3)


@given(st.lists(st.integers(-50, 50), min_size=1, max_size=12), st.integers(-60, 60))
def test_crps_is_the_area_between_two_steps(draws: list[int], y: int):
    grid = np.arange(-61, 61)
    below = np.array([np.mean([each <= x for each in draws]) for x in grid])
    area = float(((below - (grid >= y)) ** 2).sum())
    assert crps(floats(*draws), y) == pytest.approx(area, abs=1e-9)


def test_pit_counts_ties_half():
    assert [pit(floats(1, 2, 2, 4), y) for y in (0, 2, 3, 9)] == [0, 0.5, 0.75, 1]


def test_reliability_puts_a_chance_of_one_into_the_last_bin():
    found = reliability(floats(0.05, 0.0, 1.0, 0.92, 0.95), floats(0, 0, 1, 1, 0))
    assert [(each.start, each.end, each.n) for each in found] == [(0, 0.1, 2), (0.9, 1, 3)]
    assert (found[1].chance, found[1].won) == pytest.approx((0.956667, 2 / 3), abs=1e-6)
    ends = stats.beta(2.5, 1.5).ppf([0.1, 0.9])
    assert (found[1].low, found[1].high) == pytest.approx(tuple(ends))
    assert (found[0].low, found[0].high) == pytest.approx(tuple(stats.beta(0.5, 2.5).ppf([0.1, 0.9])))


@given(st.lists(st.tuples(st.floats(0, 1), st.integers(0, 1)), max_size=40), st.integers(1, 20))
def test_every_deal_is_in_one_bin_that_holds_its_chance(deals: list[tuple[float, int]], bins: int):
    chances, outcomes = np.array(deals, float).reshape(-1, 2).T
    found = reliability(chances, outcomes, bins)
    assert sum(each.n for each in found) == len(deals)
    assert sum(each.n * each.won for each in found) == pytest.approx(outcomes.sum())
    for each in found:
        assert each.start - 1e-9 <= each.chance <= each.end + 1e-9
        assert 0 <= each.low <= each.high <= 1


def test_a_forecast_that_is_nearer_in_most_windows_is_better():
    random = np.random.Generator(np.random.PCG64(21))
    actual = 100 + random.normal(0, 20, 40)
    near, far = actual + random.normal(0, 5, 40), actual + random.normal(0, 15, 40)
    found = better(near, far, actual, block=1, seed=1)
    assert found.better
    assert found.low < (np.abs(near - actual) - np.abs(far - actual)).mean() < found.high < 0
    turned = better(far, near, actual, block=1, seed=1)
    assert not turned.better
    assert turned.low > 0


def test_equals_are_not_better():
    same = floats(*range(30))
    assert better(same, same, same + 3, 1, 1) == Verdict(better=False, low=0, high=0)


def test_overlapping_windows_count_for_less():
    """Twelve quarters of luck, each seen in four windows: by single windows it seems sure, in rows of four it does not."""
    luck = np.repeat([9, 8, 9, 7, -7, -8, -9, -7, 9, 8, 9, 9], 4).astype(float)
    a, b, actual = 10 - luck / 2, 10 + luck / 2, np.zeros(48)
    single, rows = (better(a, b, actual, block, seed=3) for block in (1, 4))
    assert single.better
    assert not rows.better


def test_windows_that_follow_each_other_are_drawn_together():
    """Each four in a row are one nearer on average, so rows of four leave no doubt."""
    b = np.full(40, 5.0)
    a = b - np.tile([1, 3, 1, -1], 10)
    assert better(a, b, np.zeros(40), 4, 1) == Verdict(better=True, low=-1, high=-1)
    assert better(a, b, np.zeros(40), 1, 1).low < -1.1


@pytest.mark.parametrize(("n", "block"), [(0, 1), (4, 1), (19, 4)])
def test_fewer_than_five_blocks_are_too_few_to_tell(n: int, block: int):
    actual = np.zeros(n)
    assert better(actual, actual + 5, actual, block, 1) == Verdict(better=False, low=None, high=None)


def test_five_blocks_are_enough():
    actual = np.zeros(20)
    assert better(actual, actual + 5, actual, 4, 1) == Verdict(better=True, low=-5, high=-5)


def test_a_block_of_no_windows_is_refused():
    with pytest.raises(ValueError, match="one window or more, not 0"):
        better(floats(1), floats(1), floats(1), 0, 1)


def test_of_two_forecasts_alike_one_seems_better_as_rarely_as_promised():
    random = np.random.Generator(np.random.PCG64(22))
    found = 0
    for seed in range(300):
        actual, a, b = random.normal(100, 10, (3, 40))
        found += better(a, b, actual, 1, seed, draws=400).better
    assert 4 <= found <= 30


def test_forecasts_of_planted_hazards_come_out_as_promised():
    """Deals of known hazards, ended day by day: chances are reliable, and totals fall evenly over their draws."""
    random = np.random.Generator(np.random.PCG64(23))
    planted = Hazards(np.linspace(0.03, 0.002, 90), np.full(90, 0.02), 0.001, 0.01)
    places, chances, outcomes = [], [], []
    for seed in range(150):
        ages = random.integers(0, 120, 80)
        amounts = random.integers(500, 50_000, 80)
        given_ = win_within(planted, ages, 0, 30)
        ended = played(planted, ages, 30, random)
        chances.append(given_)
        outcomes.append(ended)
        places.append(pit(drawn(given_, amounts, 0, 0, seed, draws=500), float(amounts @ ended)))
    assert stats.kstest(places, "uniform").pvalue > 0.01
    bins = reliability(np.concatenate(chances), np.concatenate(outcomes))
    assert len(bins) >= 4
    assert all(abs(each.won - each.chance) < 4 * np.sqrt(0.25 / each.n) for each in bins)


def played(planted: Hazards, ages: np.ndarray, days: int, random: np.random.Generator) -> np.ndarray:
    """Whether each deal was won, by throwing for it on every day."""
    won_at, lost_at = planted.ahead(400)
    still, won = np.ones(len(ages), bool), np.zeros(len(ages))
    for day in range(1, days + 1):
        thrown = random.random(len(ages))
        wins = still & (thrown < won_at[ages + day])
        won[wins] = 1
        still &= ~wins & (thrown >= won_at[ages + day] + lost_at[ages + day])
    return won
