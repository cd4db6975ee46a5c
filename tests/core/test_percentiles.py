"""Percentiles: linear between neighbours, exact."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from upswing.core.percentiles import percentile

some = st.lists(st.fractions(-1000, 1000, max_denominator=100), min_size=1, max_size=12)
shares = st.fractions(0, 1, max_denominator=40)


def test_the_75th_percentile_of_four_shrunken_rates():
    shrunken = [Fraction(value) for value in ("0.3237", "0.3429", "0.3518", "0.2121")]
    assert percentile(shrunken, Fraction(3, 4)) == Fraction("0.345125")


def test_raw_values_would_say_forty_percent():
    raw = [Fraction(hits, trials) for hits, trials in ((2, 5), (8, 20), (30, 80), (60, 300))]
    assert percentile(raw, Fraction(3, 4)) == Fraction(2, 5)


@given(some, shares)
def test_percentiles_agree_with_numpy(values: list[Fraction], share: Fraction):
    found = np.quantile([float(value) for value in values], float(share), method="linear")
    assert float(percentile(values, share)) == pytest.approx(found, abs=1e-9)


@pytest.mark.parametrize(("values", "share"), [([], "0.5"), ([1], "1.01"), ([1], "-0.01")])
def test_no_values_and_no_share_are_refused(values: list[int], share: str):
    with pytest.raises(ValueError, match="no percentile at"):
        percentile([Fraction(value) for value in values], Fraction(share))
