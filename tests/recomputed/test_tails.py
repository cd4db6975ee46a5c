"""Probabilities of evidence straight from the written formulas, by the tails of scipy."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import beta, gamma

from upswing.core.bands import Borders
from upswing.core.evidence import EvidenceSettings, weigh_count, weigh_rate

COUNTS = st.fractions(0, 400, max_denominator=8)


@given(actual=COUNTS, expected=COUNTS, phi=st.sampled_from([1, 1.5, 1.6]))
def test_counts_have_a_gamma_posterior(actual: Fraction, expected: Fraction, phi: float) -> None:
    found = weigh_count(actual, expected, EvidenceSettings(phi=phi), Borders())
    posterior = gamma(10 + float(actual) / phi, scale=1 / (10 + float(expected) / phi))
    assert found.q_low == pytest.approx(posterior.cdf(0.8), abs=1e-9)
    assert found.q_high == pytest.approx(posterior.sf(1.2), abs=1e-9)


@given(trials=st.integers(0, 400), share=st.fractions(0, 1), target=st.fractions(Fraction(1, 50), 1))
def test_rates_have_a_beta_posterior(trials: int, share: Fraction, target: Fraction) -> None:
    hits = round(trials * share)
    if target == 1 and hits == trials:
        return  # nothing was missed and nothing may be: all of the posterior lies at 1
    found = weigh_rate(Fraction(hits), Fraction(trials), target, EvidenceSettings(), Borders())
    rate = float(target)
    posterior = beta(rate * 50 + hits, (1 - rate) * 50 + trials - hits)
    assert found.q_low == pytest.approx(posterior.cdf(0.8 * rate), abs=1e-9)
    assert found.q_high == pytest.approx(posterior.sf(min(1, 1.2 * rate)), abs=1e-9)
