"""Judge: which band an actual value falls in, compared exactly."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from upswing.core.metrics.metric import Better


class Band(StrEnum):
    """How far from what was expected, to orient; never pay."""

    OUTSTANDING = "outstanding"
    ON_TRACK = "on_track"
    NEEDS_SUPPORT = "needs_support"


@dataclass(frozen=True, slots=True)
class Borders:
    """Shares of what was expected. Both borders belong to the outer bands: 0.8 needs support.

    Raises ValueError unless 0 < support < outstanding.
    """

    support: Fraction = Fraction(4, 5)
    outstanding: Fraction = Fraction(6, 5)

    def __post_init__(self) -> None:
        if not 0 < self.support < self.outstanding:
            raise ValueError(f"Borders rise from above 0: {self.support} is not below {self.outstanding}.")


def judge(
    actual: Fraction, expected: Fraction, borders: Borders, better: Better = Better.HIGHER
) -> Band | None:
    """The band of an actual value; None when nothing was expected.

    Where lower is better the comparison is turned round (expected / actual), so the borders mirror, and
    nothing at all is outstanding. No division is made, hence no rounding.
    """
    if expected <= 0:
        return None
    reached, asked = (actual, expected) if better is Better.HIGHER else (expected, actual)
    if reached >= borders.outstanding * asked:
        return Band.OUTSTANDING
    return Band.NEEDS_SUPPORT if reached <= borders.support * asked else Band.ON_TRACK


def attainment(actual: Fraction, expected: Fraction, better: Better = Better.HIGHER) -> Fraction | None:
    """Actual / expected, never capped; None when nothing was expected.

    Where lower is better it is expected / actual; None when that actual is 0, as no number is large enough.
    """
    if expected <= 0:
        return None
    if better is Better.HIGHER:
        return actual / expected
    return expected / actual if actual > 0 else None
