"""The range of a part of the whole, such as a team's or a rep's: its own luck, and the error that all share."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, hypot, log, sqrt

from upswing.core.forecast.learned import Floats

_TENTH = 1.2816


@dataclass(frozen=True, slots=True)
class Part:
    """What is likely to come of some open deals and of new ones, and the points that 10 and 90 % lie below."""

    low: float
    value: float
    high: float


def part_of(chances: Floats, amounts: Floats, fresh: float, size: float, shared: float) -> Part:
    """Deals are won or not, each by its chance; new business comes in deals of a usual `size`.

    `shared` is the standard deviation of the logarithm of everybody's error, which no number of deals evens out. Sums
    of both are taken as lognormal, so that nothing lies below 0 (Fenton 1960). Amounts and sizes are minor units.
    """
    own = float((chances * (1 - chances)) @ (amounts * amounts)) + fresh * size
    return ranged(float(chances @ amounts) + fresh, own, shared)


def ranged(value: float, own: float, shared: float) -> Part:
    """The same of what is expected, the variance of its own luck, and the error that all share."""
    if value <= 0:
        return Part(0.0, 0.0, 0.0)
    spread = sqrt(log(1 + own / value**2))
    reach = _TENTH * hypot(spread, shared)
    middle = value * exp(-(spread**2) / 2)
    return Part(middle * exp(-reach), value, middle * exp(reach))
