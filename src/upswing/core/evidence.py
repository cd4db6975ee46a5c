"""Weigh: how sure it is that the true ratio lies beyond a border, given how few records there are.

Counts: the true ratio of actual to expected has the prior Gamma(k, k), hence the posterior
Gamma(k + Y/phi, rate k + E/phi). Rates: the prior Beta(pM, (1-p)M) around the target rate p with strength M,
hence the posterior Beta(pM + hits, (1-p)M + misses). `docs/guide/` explains both with examples.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from upswing.core.bands import Band, Borders
from upswing.core.metrics.metric import Better

MINIMUM_EXPECTED = 10
"""Fewer expected records than this never make a coaching prompt."""

_TINY = 1e-9


class Evidence(StrEnum):
    """Whether more than chance may be read into a band."""

    TOO_EARLY = "too_early"
    LEANING = "leaning"
    CLEAR = "clear"


@dataclass(frozen=True, slots=True)
class EvidenceSettings:
    """How cautious evidence is.

    `k` and `strength`: weight of the prior, in expected records and in trials. `phi`: variance / mean of a
    count. `lean` and `clear`: the probabilities above which evidence leans and is clear.

    Raises ValueError for weights that are not above 0, or unless 0 < lean <= clear < 1.
    """

    k: float = 10
    phi: float = 1
    lean: float = 0.6
    clear: float = 0.8
    strength: float = 50

    def __post_init__(self) -> None:
        if min(self.k, self.phi, self.strength) <= 0 or not 0 < self.lean <= self.clear < 1:
            raise ValueError(f"These settings weigh nothing: {self}.")

    def state(self, probability: float) -> Evidence:
        """The state of a probability; the borders themselves belong to the lower state."""
        if probability > self.clear:
            return Evidence.CLEAR
        return Evidence.LEANING if probability > self.lean else Evidence.TOO_EARLY


@dataclass(frozen=True, slots=True)
class Weighed:
    """`q_low`: probability that the true ratio is on the needs-support side; `q_high`: outstanding side.

    Where lower is better the sides are swapped, so `q_low` is always the side that needs support.
    `low` and `high` are the states of the two, `state` that of the larger.
    """

    state: Evidence
    q_low: float
    q_high: float
    low: Evidence
    high: Evidence


def weigh_count(
    actual: Fraction,
    expected: Fraction,
    settings: EvidenceSettings,
    borders: Borders,
    better: Better = Better.HIGHER,
) -> Weighed:
    """Evidence of a count of `actual` records against `expected` by now, both 0 or more."""
    from scipy.special import gammainc, gammaincc

    shape = settings.k + float(actual) / settings.phi
    rate = settings.k + float(expected) / settings.phi
    low, high = _sides(borders, better)
    return _weighed(gammainc(shape, low * rate), gammaincc(shape, high * rate), settings, better)


def weigh_rate(
    hits: Fraction,
    trials: Fraction,
    target_rate: Fraction,
    settings: EvidenceSettings,
    borders: Borders,
    better: Better = Better.HIGHER,
) -> Weighed:
    """Evidence of `hits` in `trials` against a target rate above 0 and at most 1; else raises ValueError."""
    from scipy.special import betainc

    if not 0 < target_rate <= 1:
        raise ValueError(f"A target rate lies above 0 and up to 1; {target_rate} does not.")
    rate = float(target_rate)
    a = rate * settings.strength + float(hits)
    b = max((1 - rate) * settings.strength + float(trials - hits), _TINY)
    low, high = (betainc(a, b, min(1.0, side * rate)) for side in _sides(borders, better))
    return _weighed(low, 1 - high, settings, better)


def state_for(band: Band | None, weighed: Weighed | None, expected: Fraction) -> Evidence | None:
    """The evidence that qualifies a band, where `expected` records were due.

    An outer band takes the state of its own side; unweighed it is too early. On track with fewer than 10
    expected is too early; with more there is nothing to qualify: None. No band, no evidence.
    """
    if band is Band.ON_TRACK:
        return Evidence.TOO_EARLY if expected < MINIMUM_EXPECTED else None
    if band is None:
        return None
    if weighed is None:
        return Evidence.TOO_EARLY
    return weighed.low if band is Band.NEEDS_SUPPORT else weighed.high


def prompts(
    band: Band | None, evidence: Evidence | None, expected: Fraction, minimum: int = MINIMUM_EXPECTED
) -> bool:
    """Whether anything may be suggested: needs support, clearly, and at least `minimum` were expected."""
    return band is Band.NEEDS_SUPPORT and evidence is Evidence.CLEAR and expected >= minimum


def _sides(borders: Borders, better: Better) -> tuple[float, float]:
    """The lower and the upper border of actual / expected."""
    sides = float(borders.support), float(borders.outstanding)
    return sides if better is Better.HIGHER else (1 / sides[1], 1 / sides[0])


def _weighed(below: float, above: float, settings: EvidenceSettings, better: Better) -> Weighed:
    q_low, q_high = (below, above) if better is Better.HIGHER else (above, below)
    low, high = settings.state(q_low), settings.state(q_high)
    return Weighed(settings.state(max(q_low, q_high)), float(q_low), float(q_high), low, high)
