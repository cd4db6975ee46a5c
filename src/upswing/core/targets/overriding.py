"""Override: a target that somebody set by hand for exactly one period, with the reason the rep reads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from upswing.core.period import Period
from upswing.core.targets.target import Factor, NoTarget, Stretch, Target


@dataclass(frozen=True, slots=True)
class Override:
    """What was set by hand, in the metric's unit (money in minor units): for which period, why, by whom and when."""

    value: Fraction
    period: Period
    reason: str
    by: str
    on: date

    def is_for(self, period: Period) -> bool:
        """Whether it is of exactly these days."""
        return (self.period.start, self.period.end) == (period.start, period.end)


def overridden(found: Target | NoTarget, override: Override) -> Target:
    """The target as it was set: as the last factor, so that what it would have been stays visible.

    It falls due as the target it replaces; without one evenly.
    """
    words = (("by", override.by), ("on", override.on.isoformat()), ("reason", override.reason))
    if isinstance(found, NoTarget):
        return Target(override.value, (Factor("override", Fraction(1), words=words),))
    share = override.value / found.value
    course = tuple(Stretch(part.days, part.value * share) for part in found.course)
    factor = Factor("override", share, (("instead_of", found.value),), words)
    return Target(override.value, (*found.factors, factor), course)
