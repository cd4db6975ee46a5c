"""Round numbers for a value axis."""

from __future__ import annotations

from math import ceil, floor, log10

STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


def ticks(highest: float, about: int = 4) -> tuple[float, ...]:
    """Evenly spaced round values from 0 to at or above `highest`; 0 and 1 when there is nothing."""
    if highest <= 0:
        return (0.0, 1.0)
    rough = highest / about
    size = 10.0 ** floor(log10(rough))
    step = next(size * factor for factor in STEPS if size * factor >= rough * 0.999999)
    return tuple(step * place for place in range(ceil(highest / step - 1e-9) + 1))
