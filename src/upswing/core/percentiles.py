"""Percentiles: the value below which a share of the values lies."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction


def percentile(values: Sequence[Fraction], share: Fraction) -> Fraction:
    """The percentile at a share of 0 to 1, exact: linear between the two values next to it.

    Raises ValueError for no values, or a share outside 0 to 1.
    """
    if not values or not 0 <= share <= 1:
        raise ValueError(f"{len(values)} values have no percentile at {share}.")
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])
