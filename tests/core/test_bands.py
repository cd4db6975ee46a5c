"""Bands: exact borders, attainment never capped."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.strategies import numbers, positive
from upswing.core.bands import Band, Borders, attainment, judge
from upswing.core.metrics.metric import Better

BORDERS = Borders()
LOWER = Better.LOWER


def band(
    actual: str, expected: str, better: Better = Better.HIGHER, borders: Borders = BORDERS
) -> Band | None:
    return judge(Fraction(actual), Fraction(expected), borders, better)


@pytest.mark.parametrize(
    ("actual", "found"),
    [
        ("12", Band.OUTSTANDING), ("11.99", Band.ON_TRACK), ("10", Band.ON_TRACK), ("8.01", Band.ON_TRACK),
        ("8", Band.NEEDS_SUPPORT), ("0", Band.NEEDS_SUPPORT), ("-3", Band.NEEDS_SUPPORT),
    ],
)  # fmt: skip
def test_borders_belong_to_the_outer_bands(actual: str, found: Band):
    assert band(actual, "10") is found


def test_55_of_50_is_exactly_on_a_border_of_one_tenth_above():
    assert band("55", "50", borders=Borders(Fraction(9, 10), Fraction("1.1"))) is Band.OUTSTANDING


def test_nothing_expected_takes_no_band():
    assert band("5", "0") is None
    assert attainment(Fraction(5), Fraction(0)) is None


@pytest.mark.parametrize(
    ("actual", "found"),
    [("10", Band.OUTSTANDING), ("12", Band.ON_TRACK), ("15", Band.NEEDS_SUPPORT), ("0", Band.OUTSTANDING)],
)
def test_where_lower_is_better_the_borders_mirror(actual: str, found: Band):
    assert band(actual, "12", LOWER) is found


def test_attainment_is_not_capped():
    assert attainment(Fraction(27), Fraction(10)) == Fraction(27, 10)


def test_attainment_is_turned_round_where_lower_is_better():
    assert attainment(Fraction(10), Fraction(12), LOWER) == Fraction(6, 5)
    assert attainment(Fraction(0), Fraction(12), LOWER) is None


@given(numbers, numbers, positive)
def test_attainment_rises_with_actual(one: Fraction, other: Fraction, expected: Fraction):
    low, high = sorted((one, other))
    assert (attainment(low, expected) or 0) <= (attainment(high, expected) or 0)


@given(numbers, positive, st.sampled_from(Better))
def test_band_and_attainment_agree(actual: Fraction, expected: Fraction, better: Better):
    share = attainment(actual, expected, better)
    if share is not None:
        outer = Band.OUTSTANDING if share >= BORDERS.outstanding else Band.NEEDS_SUPPORT
        inside = BORDERS.support < share < BORDERS.outstanding
        assert judge(actual, expected, BORDERS, better) is (Band.ON_TRACK if inside else outer)


@given(positive, positive, positive)
def test_the_unit_does_not_matter(actual: Fraction, expected: Fraction, unit: Fraction):
    assert judge(actual, expected, BORDERS) is judge(actual * unit, expected * unit, BORDERS)


@given(positive, positive)
def test_turning_both_direction_and_ratio_gives_the_same_band(actual: Fraction, expected: Fraction):
    assert judge(actual, expected, BORDERS) is judge(expected, actual, BORDERS, LOWER)


@pytest.mark.parametrize(("support", "outstanding"), [(0, 1), (1, 1), (2, 1), (-1, 1)])
def test_borders_that_do_not_rise_are_refused(support: int, outstanding: int):
    with pytest.raises(ValueError, match="Borders rise"):
        Borders(Fraction(support), Fraction(outstanding))
