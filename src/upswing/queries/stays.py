"""How long deals stayed in each stage: the stays that ended in a period, beside those of the period before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from upswing.core.measures import DEALS_LEFT, STAGE_TIME
from upswing.core.metrics.value import quantity
from upswing.core.pipelines import Pipeline
from upswing.ledger.counting import By, Slot, count_by
from upswing.people.viewer import Viewer
from upswing.queries.outlooks import Naming

FEWEST = 10
"""Stays from which on a stage is set beside the period before."""


@dataclass(frozen=True, slots=True)
class Stay:
    """A stage: the mean of the stays that ended in the period, in days, and how many; and the mean of the one before.

    `before` is None where either period has too few stays to be set beside each other.
    """

    name: str
    days: Fraction
    stays: Fraction
    before: Fraction | None

    @property
    def longer(self) -> Fraction:
        """How many times as long as before; 0 where that cannot be told."""
        return self.days / self.before if self.before else Fraction(0)


def stays(
    viewer: Viewer, people: Sequence[int], now: Slot, then: Slot, pipelines: tuple[Pipeline, ...]
) -> tuple[Stay, ...]:
    """In the order of the stages; stages that no pipeline knows come last, by name."""
    naming = Naming(pipelines)
    here, there = (_by_stage(viewer, people, slot, naming) for slot in (now, then))
    order = {key: place for place, key in enumerate(naming.keys)}
    found = []
    for key in sorted(here, key=lambda key: (order.get(key, len(order)), key.casefold())):
        left, days = here[key]
        earlier, long = there.get(key, (Fraction(0), Fraction(0)))
        beside = long / earlier if min(left, earlier) >= FEWEST else None
        if left:
            found.append(Stay(naming.names.get(key, key), days / left, left, beside))
    return tuple(found)


def _by_stage(
    viewer: Viewer, people: Sequence[int], slot: Slot, naming: Naming
) -> dict[str, tuple[Fraction, Fraction]]:
    """Key of the stage → stays that ended, and their days."""
    found: dict[str, tuple[Fraction, Fraction]] = {}
    for word, counts in count_by(viewer.sight, people, slot, (DEALS_LEFT, STAGE_TIME), By.STAGE).items():
        stays, days = found.get(naming.key_of(word), (Fraction(0), Fraction(0)))
        found[naming.key_of(word)] = (
            stays + quantity(DEALS_LEFT, counts),
            days + quantity(STAGE_TIME, counts),
        )
    return found
