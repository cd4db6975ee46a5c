"""Posteriors: the design's worked examples, slow sums by scipy.stats, laws, and how often intervals cover the truth."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from upswing.core.posteriors import Count, Estimate, Rate, counts, draws, rates, recent


def group(hits: Sequence[float], trials: Sequence[float]) -> list[Rate]:
    return [Rate(*pair) for pair in zip(hits, trials, strict=True)]


def work(actual: Sequence[float], expected: Sequence[float]) -> list[Count]:
    return [Count(*pair) for pair in zip(actual, expected, strict=True)]


def means(found: Sequence[Estimate]) -> list[float]:
    return [each.mean for each in found]


def intervals(found: Sequence[Estimate]) -> list[tuple[float, float]]:
    return [(each.low, each.high) for each in found]


FOUR = group((2, 8, 30, 60), (5, 20, 80, 300))


def test_four_reps_are_drawn_together_by_what_each_has_shown():
    found = rates(FOUR)
    assert means(found) == pytest.approx([0.3237, 0.3429, 0.3518, 0.2121], abs=1e-4)
    wanted = [(0.212, 0.451), (0.249, 0.447), (0.288, 0.418), (0.182, 0.243)]
    for (low, high), ends in zip(intervals(found), wanted, strict=True):
        assert (low, high) == pytest.approx(ends, abs=6e-4)
    assert [each.n for each in found] == [5, 20, 80, 300]


def test_somebody_without_a_trial_has_the_wide_interval_of_the_group():
    first = rates(group((0, 8, 30, 60), (0, 20, 80, 300)))[0]
    assert (first.mean, first.low, first.high) == pytest.approx((0.3067, 0.178, 0.450), abs=6e-4)
    assert not first.alone


def test_three_equals_at_one_half_stay_there():
    for found in rates(group((5, 5, 5), (10, 10, 10))):
        assert (found.mean, found.low, found.high) == pytest.approx((0.5, 0.370, 0.630), abs=6e-4)


def test_rates_below_one_percent_are_found():
    found = means(rates(group((3, 0, 1), (800, 500, 900))))
    assert found == pytest.approx([0.0039, 0.0008, 0.0015], abs=5e-5)


def test_four_counts():
    found = counts(work((2, 8, 30, 60), (5, 20, 25, 60)))
    assert means(found) == pytest.approx([0.6748, 0.5468, 1.0923, 0.9730], abs=1e-4)
    assert intervals(found)[0] == pytest.approx((0.358, 1.002), abs=6e-4)


def slowly(group: Sequence[Rate]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Weights, and the Beta parameters of each rep, on 3,000 rates μ between 0 and 1, with nothing left out."""
    strength, mu = np.meshgrid(np.geomspace(3, 3_000, 16), (np.arange(3_000) + 0.5) / 3_000)
    a, b = strength * mu, strength * (1 - mu)
    seen = sum(stats.betabinom.logpmf(rate.hits, rate.trials, a, b) for rate in group)
    logs = (seen + stats.norm.logpdf(np.log(strength), np.log(50), 1.2)).ravel()
    weights = np.exp(logs - logs.max())
    hits, misses = np.array([(rate.hits, rate.trials - rate.hits) for rate in group]).T
    return weights / weights.sum(), a.reshape(-1, 1) + hits, b.reshape(-1, 1) + misses


@pytest.mark.parametrize(
    "reps",
    [
        FOUR, group((0, 9), (9, 9)), group((40,), (50,)), group((0,) * 6, (12,) * 6), group((7,) * 5, (7,) * 5),
        group((0, 0), (0, 0)),
    ],
    ids=["four", "two opposites", "one alone", "nothing", "everything", "no trial at all"],
)  # fmt: skip
def test_rates_agree_with_a_slow_sum_over_all_means_and_strengths(reps: list[Rate]):
    weights, a, b = slowly(reps)
    found = rates(reps)
    assert means(found) == pytest.approx((weights @ (a / (a + b))).tolist(), abs=0.003)
    for side, share in ((0, 0.1), (1, 0.9)):
        ends = [interval[side] for interval in intervals(found)]
        assert (weights @ stats.beta.cdf(ends, a, b)).tolist() == pytest.approx(
            [share] * len(ends), abs=0.003
        )


def test_counts_agree_with_a_slow_sum_over_all_levels_and_strengths():
    reps = work((2, 8, 30, 60), (5, 20, 25, 60))
    strength, level = np.meshgrid(np.geomspace(1, 1_000, 16), np.geomspace(0.01, 100, 3_000))
    seen = sum(
        stats.nbinom.logpmf(count.actual, strength, strength / (strength + level * count.expected))
        for count in reps
    )
    logs = seen + stats.norm.logpdf(np.log(strength), np.log(10), 1.2)
    weights = np.exp(logs - logs.max()).ravel() / np.exp(logs - logs.max()).sum()
    shape, rate = (
        np.stack([(base + own).ravel() for own in owns], axis=1)
        for base, owns in (
            (strength, [count.actual for count in reps]),
            (strength / level, [count.expected for count in reps]),
        )
    )
    found = counts(reps)
    assert means(found) == pytest.approx((weights @ (shape / rate)).tolist(), abs=0.001)
    for side, share in ((0, 0.1), (1, 0.9)):
        ends = [interval[side] for interval in intervals(found)]
        below = weights @ stats.gamma.cdf(ends, shape, scale=1 / rate)
        assert below.tolist() == pytest.approx([share] * 4, abs=0.001)


def test_scattered_counts_weigh_less():
    tight, loose = (counts(work((8, 20, 40), (20, 20, 40)), phi=phi)[0] for phi in (1, 2))
    halved = counts(work((4, 10, 20), (10, 10, 20)))[0]
    assert (loose.mean, loose.low, loose.high) == pytest.approx((halved.mean, halved.low, halved.high))
    assert loose.mean > tight.mean
    assert loose.n == 20


some_rates = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 60)).map(lambda pair: Rate(pair[0], sum(pair))),
    min_size=1,
    max_size=5,
)


@settings(max_examples=25)
@given(some_rates)
def test_hits_and_misses_mirror_each_other(reps: list[Rate]):
    found, mirrored = rates(reps), rates([Rate(rate.trials - rate.hits, rate.trials) for rate in reps])
    assert means(found) == pytest.approx([1 - mean for mean in means(mirrored)], abs=1e-6)
    assert [low for low, _ in intervals(found)] == pytest.approx(
        [1 - high for _, high in intervals(mirrored)], abs=1e-5
    )


@settings(max_examples=25)
@given(some_rates, st.randoms())
def test_the_order_of_reps_does_not_matter(reps: list[Rate], random):
    order = random.sample(range(len(reps)), len(reps))
    found, shuffled = rates(reps), rates([reps[place] for place in order])
    assert means(shuffled) == pytest.approx([found[place].mean for place in order])


@settings(max_examples=25)
@given(some_rates, st.integers(1, 40))
def test_more_hits_raise_the_own_rate(reps: list[Rate], more: int):
    better = [Rate(reps[0].hits + more, reps[0].trials + more), *reps[1:]]
    before, after = rates(reps), rates(better)
    assert after[0].mean > before[0].mean
    for old, new in zip(before, after, strict=True):
        assert 0 <= new.low <= new.mean <= 1
        assert new.high <= 1
        assert old.low < old.high


def test_somebody_alone_is_told_apart_from_a_group():
    assert [each.alone for each in rates(group((3, 0), (9, 0)))] == [True, False]
    assert rates(group((3,), (9,)))[0].alone
    assert not any(each.alone for each in rates(FOUR))
    assert rates([]) == counts([]) == ()


def test_more_trials_of_the_same_rate_make_the_interval_narrower():
    widths = [high - low for low, high in intervals(rates(group((3, 30, 300), (10, 100, 1_000))))]
    assert widths[0] > widths[1] > widths[2]


def test_a_period_before_weighs_half_as_much():
    assert recent([Rate(4, 8), Rate(2, 16), Rate(4, 4)]) == Rate(6, 17)
    assert recent([Count(1, 8), Count(4, 16)], half_life=0.5) == Count(2, 12)
    assert recent([Rate(1, 2)]) == Rate(1, 2)


@pytest.mark.parametrize(("hits", "trials"), [(3, 2), (-1, 2)])
def test_more_hits_than_trials_are_refused(hits: int, trials: int):
    with pytest.raises(ValueError, match=f"{hits} of {trials} is no rate"):
        Rate(hits, trials)


@pytest.mark.parametrize(("actual", "expected"), [(3, 0), (-1, 2), (1, -2)])
def test_counts_without_anything_expected_are_refused(actual: int, expected: int):
    with pytest.raises(ValueError, match=f"{actual} against {expected} expected cannot be weighed"):
        Count(actual, expected)


def test_where_nothing_was_expected_of_anybody_there_is_no_estimate():
    with pytest.raises(ValueError, match="Nothing was expected of anybody"):
        counts(work((0, 0), (0, 0)))


@pytest.mark.parametrize("reps", [FOUR, work((2, 8, 30, 60), (5, 20, 25, 60))], ids=["rates", "counts"])
def test_draws_scatter_as_the_estimates_say(reps):
    drawn = draws(reps, seed=7, number=20_000)
    found = rates(reps) if isinstance(reps[0], Rate) else counts(reps)
    assert drawn.shape == (20_000, 4)
    assert drawn.mean(axis=0).tolist() == pytest.approx(means(found), abs=0.01)
    for share, side in ((0.1, 0), (0.9, 1)):
        ends = [interval[side] for interval in intervals(found)]
        assert (drawn < ends).mean(axis=0).tolist() == pytest.approx([share] * 4, abs=0.012)


def test_the_same_seed_draws_the_same_numbers_and_another_does_not():
    assert (draws(FOUR, 1) == draws(FOUR, 1)).all()
    assert (draws(FOUR, 1) != draws(FOUR, 2)).any()
    assert draws([], 1, number=3).shape == (3, 0)


def test_reps_share_what_is_not_known_about_the_group():
    drawn = draws(group((0, 0, 50), (0, 0, 100)), seed=3, number=20_000)
    assert np.corrcoef(drawn[:, 0], drawn[:, 1])[0, 1] > 0.2


@pytest.mark.parametrize(
    ("reps", "trials", "worlds"), [(5, 30, 64), (10, 30, 32), (10, 100, 32), (30, 100, 12)]
)
def test_80_percent_intervals_of_rates_cover_the_truth_as_often(reps: int, trials: int, worlds: int):
    random = np.random.default_rng(reps * trials)
    covered = []
    for truth in random.beta(12.5, 37.5, (worlds, reps)):
        found = rates(group(random.binomial(trials, truth).tolist(), [trials] * reps))
        covered += [low <= rate <= high for rate, (low, high) in zip(truth, intervals(found), strict=True)]
    assert 0.74 <= np.mean(covered) <= 0.86


def test_80_percent_intervals_of_counts_cover_the_truth_as_often():
    random = np.random.default_rng(5)
    covered = []
    for truth in random.gamma(10, 0.1, (40, 10)):
        found = counts(work(random.poisson(20 * truth).tolist(), [20] * 10))
        covered += [low <= ratio <= high for ratio, (low, high) in zip(truth, intervals(found), strict=True)]
    assert 0.74 <= np.mean(covered) <= 0.86
