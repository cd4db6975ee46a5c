"""Evidence: what may be read into a band, given how few records there are."""

from __future__ import annotations

from fractions import Fraction
from math import exp, lgamma, log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.strategies import positive
from upswing.core.bands import Band, Borders, judge
from upswing.core.evidence import (
    Evidence,
    EvidenceSettings,
    Weighed,
    prompts,
    state_for,
    weigh_count,
    weigh_rate,
)
from upswing.core.metrics.metric import Better

BORDERS = Borders()
DEFAULT = EvidenceSettings()
TOO_EARLY, LEANING, CLEAR = Evidence.TOO_EARLY, Evidence.LEANING, Evidence.CLEAR
COUNTS = st.integers(0, 400).map(Fraction)


def counted(actual: float, expected: float, phi: float = 1, better: Better = Better.HIGHER) -> Weighed:
    settings = EvidenceSettings(phi=phi)
    return weigh_count(Fraction(actual), Fraction(expected), settings, BORDERS, better)


def rated(hits: int, trials: int, target: str = "0.3", better: Better = Better.HIGHER) -> Weighed:
    return weigh_rate(Fraction(hits), Fraction(trials), Fraction(target), DEFAULT, BORDERS, better)


def poisson(count: int, mean: float) -> float:
    return exp(count * log(mean) - mean - lgamma(count + 1))


def chance(mean: int, event) -> float:
    """Probability of the counts for which `event` holds, by adding up the exact Poisson terms."""
    return sum(poisson(count, mean) for count in range(6 * mean + 40) if event(count))


@pytest.mark.parametrize(
    ("actual", "expected", "q_low", "state"),
    [
        (2, 5, 0.5384, TOO_EARLY),
        (4, 6, 0.4050, TOO_EARLY),
        (8, 20, 0.9129, CLEAR),
        (12, 20, 0.6861, LEANING),
        (75, 100, 0.6397, LEANING),
    ],
)
def test_counts_below_what_was_expected(actual: int, expected: int, q_low: float, state: Evidence):
    weighed = counted(actual, expected)
    assert weighed.q_low == pytest.approx(q_low, abs=5e-5)
    assert weighed.state is weighed.low is state


def test_three_of_five_meetings_is_too_early_and_forty_of_a_hundred_is_clear():
    assert counted(3, 5).state is TOO_EARLY
    assert counted(40, 100).state is CLEAR


def test_six_of_eight_and_a_half_is_too_early():
    assert counted(6, 8.571).q_low == pytest.approx(0.42, abs=0.005)


def test_activities_that_scatter_more_weigh_less():
    assert counted(8, 20, phi=1.5).q_low == pytest.approx(0.8106, abs=5e-5)


@pytest.mark.parametrize(
    ("hits", "trials", "q_low", "state"), [(10, 60, 0.6387, LEANING), (30, 200, 0.9900, CLEAR)]
)
def test_rates_below_a_target_of_30_percent(hits: int, trials: int, q_low: float, state: Evidence):
    weighed = rated(hits, trials)
    assert weighed.q_low == pytest.approx(q_low, abs=5e-5)
    assert weighed.state is state


@pytest.mark.parametrize(
    ("expected", "below", "above"),
    [
        (5, 0.4405, 0.3840),
        (10, 0.3328, 0.3032),
        (20, 0.2211, 0.2125),
        (50, 0.0861, 0.0923),
        (100, 0.0226, 0.0282),
    ],
)
def test_how_often_luck_alone_leaves_the_middle_band(expected: int, below: float, above: float):
    bands = {count: judge(Fraction(count), Fraction(expected), BORDERS) for count in range(6 * expected + 40)}
    assert chance(expected, lambda y: bands[y] is Band.NEEDS_SUPPORT) == pytest.approx(below, abs=5e-5)
    assert chance(expected, lambda y: bands[y] is Band.OUTSTANDING) == pytest.approx(above, abs=5e-5)


def is_prompted(count: int, expected: int) -> bool:
    band = judge(Fraction(count), Fraction(expected), BORDERS)
    return prompts(band, state_for(band, counted(count, expected), Fraction(expected)), Fraction(expected))


@pytest.mark.parametrize(
    ("expected", "rate"), [(5, 0.0), (10, 0.010), (20, 0.011), (50, 0.0044), (100, 0.001)]
)
def test_how_often_somebody_exactly_on_target_would_get_a_suggestion(expected: int, rate: float):
    assert chance(expected, lambda count: is_prompted(count, expected)) == pytest.approx(rate, abs=6e-4)


@pytest.mark.parametrize("expected", range(1, 120, 7))
def test_at_most_15_in_1000_on_target_lines_make_a_suggestion(expected: int):
    assert chance(expected, lambda count: is_prompted(count, expected)) <= 0.015


@given(COUNTS, COUNTS, positive)
def test_more_records_never_point_lower(one: Fraction, other: Fraction, expected: Fraction):
    low, high = (weigh_count(count, expected, DEFAULT, BORDERS) for count in sorted((one, other)))
    assert low.q_low >= high.q_low
    assert low.q_high <= high.q_high


@given(COUNTS, positive)
def test_probabilities_of_both_sides_fit_into_one(actual: Fraction, expected: Fraction):
    weighed = weigh_count(actual, expected, DEFAULT, BORDERS)
    assert 0 <= weighed.q_low <= 1
    assert weighed.q_low + weighed.q_high <= 1 + 1e-12


@given(st.integers(0, 200), st.integers(0, 200), st.fractions(Fraction(1, 100), Fraction(1)))
def test_rates_of_any_size_weigh_something_between_nothing_and_certainty(hits, misses, target: Fraction):
    weighed = weigh_rate(Fraction(hits), Fraction(hits + misses), target, DEFAULT, BORDERS)
    assert 0 <= weighed.q_low <= 1
    assert -1e-12 <= weighed.q_high <= 1


def test_without_any_trial_only_the_prior_speaks():
    assert rated(0, 0).state is TOO_EARLY


@pytest.mark.parametrize("target", ["0", "-0.1", "1.01"])
def test_a_target_that_is_no_rate_is_refused(target: str):
    with pytest.raises(ValueError, match="A target rate lies above 0"):
        rated(1, 2, target)


def test_the_low_side_needs_support_where_lower_is_better():
    many, few = counted(40, 20, better=Better.LOWER), counted(8, 20, better=Better.LOWER)
    assert (many.low, many.high) == (CLEAR, TOO_EARLY)
    assert (few.low, few.high) == (TOO_EARLY, CLEAR)
    assert rated(36, 60, better=Better.LOWER).low is CLEAR


@pytest.mark.parametrize(
    ("share", "state"), [(0.6, TOO_EARLY), (0.61, LEANING), (0.8, LEANING), (0.81, CLEAR)]
)
def test_borders_of_evidence_belong_to_the_lower_state(share: float, state: Evidence):
    assert DEFAULT.state(share) is state


def test_on_track_with_fewer_than_ten_expected_is_too_early():
    weighed = counted(9, 9)
    assert state_for(Band.ON_TRACK, weighed, Fraction(9)) is TOO_EARLY
    assert state_for(Band.ON_TRACK, weighed, Fraction(10)) is None


def test_a_band_takes_the_evidence_of_its_own_side():
    many_small_deals = counted(60, 20)
    assert many_small_deals.state is CLEAR
    assert state_for(Band.NEEDS_SUPPORT, many_small_deals, Fraction(20)) is TOO_EARLY
    assert state_for(Band.OUTSTANDING, many_small_deals, Fraction(20)) is CLEAR


def test_without_a_band_there_is_no_evidence_and_without_a_count_it_is_too_early():
    assert state_for(None, counted(1, 20), Fraction(20)) is None
    assert state_for(Band.OUTSTANDING, None, Fraction(0)) is TOO_EARLY


def test_a_suggestion_needs_all_three():
    assert prompts(Band.NEEDS_SUPPORT, CLEAR, Fraction(10))
    assert not prompts(Band.NEEDS_SUPPORT, CLEAR, Fraction(9))
    assert not prompts(Band.NEEDS_SUPPORT, LEANING, Fraction(10))
    assert not prompts(Band.OUTSTANDING, CLEAR, Fraction(10))
    assert not prompts(None, None, Fraction(10))


@pytest.mark.parametrize(
    "wrong", [{"k": 0}, {"phi": -1}, {"strength": 0}, {"lean": 0}, {"lean": 0.9}, {"clear": 1}]
)
def test_settings_that_weigh_nothing_are_refused(wrong: dict[str, float]):
    with pytest.raises(ValueError, match="weigh nothing"):
        EvidenceSettings(**wrong)
