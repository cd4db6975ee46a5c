"""The stage-weighted forecast: amount times the weight of the stage, and what a stalled deal counts for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import fsum

from upswing.core.pipelines import Policy

STALLED_FOR_MEASURED = 30
"""From this many observed stalled deals on their rate is measured; before, they count one stage back."""

Weight = Fraction | float


_BACK = {Policy.BACK_1: 1, Policy.BACK_2: 2}


@dataclass(frozen=True, slots=True)
class Line:
    """An open deal, or one rep's share of it: minor units, and the weight it counts with.

    Raises ValueError unless the weight lies between 0 and 1.
    """

    key: str
    stage: str
    amount: int
    weight: Weight
    stalled: bool

    def __post_init__(self) -> None:
        if not 0 <= self.weight <= 1:
            raise ValueError(f"A weight lies between 0 and 1; {self.weight} of {self.key} does not.")

    @property
    def value(self) -> float:
        """What the line adds to the forecast, in minor units."""
        return float(self.amount * self.weight)


@dataclass(frozen=True, slots=True)
class Forecast:
    """The total in minor units, the lines that make it, and those without an amount above 0, which add nothing."""

    total: float
    lines: tuple[Line, ...]
    left_out: tuple[Line, ...]

    @property
    def penalised(self) -> tuple[Line, ...]:
        """The stalled lines: listed, whatever they count for."""
        return tuple(line for line in self.lines if line.stalled)


def stage_weighted(lines: Iterable[Line]) -> Forecast:
    """The sum of amount times weight, the same in whatever order the lines come; without lines 0."""
    given = tuple(lines)
    counted = tuple(line for line in given if line.amount > 0)
    left_out = tuple(line for line in given if line.amount <= 0)
    return Forecast(fsum(line.value for line in counted), counted, left_out)


def usual_policy(stalled_seen: int) -> Policy:
    """The policy where nobody chose one, by how many stalled deals were observed."""
    return Policy.MEASURED if stalled_seen >= STALLED_FOR_MEASURED else Policy.BACK_1


def weight_under(
    policy: Policy,
    weights: Sequence[tuple[str, Weight]],
    stage: str,
    stalled: bool,
    measured: Mapping[tuple[str, bool], float],
) -> Weight:
    """The weight of a deal under a policy; `weights` in the order of the stages.

    A deal that is not stalled keeps the weight of its stage, whatever was measured. A penalty never raises a weight,
    and a rate that was not measured lowers none. Raises ValueError for a stage without a weight.
    """
    place = next((at for at, (key, _) in enumerate(weights) if key == stage), None)
    if place is None:
        named = ", ".join(f"“{key}”" for key, _ in weights)
        raise ValueError(f"Stage “{stage}” has no weight; these have one: {named or 'none'}.")
    weight = weights[place][1]
    if not stalled or policy is Policy.NONE:
        return weight
    if policy is Policy.DROP:
        return 0.0
    if policy is Policy.MEASURED:
        return min(weight, measured.get((stage, True), weight))
    return min(weight, _back(weights, place - _BACK[policy]))


def _back(weights: Sequence[tuple[str, Weight]], place: int) -> Weight:
    """The weight at a place that may lie before the first stage: one before it half its weight, further 0."""
    if place >= 0:
        return weights[place][1]
    return weights[0][1] / 2 if place == -1 else 0.0
