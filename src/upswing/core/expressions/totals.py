"""What parts of an expression are worth: a plain number, a total of measures, or one total per another."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from upswing.core.measures import Flow, Measure, Of, Stock, flows_of
from upswing.core.metrics.metric import Unit


@dataclass(frozen=True, slots=True)
class Total:
    """Measures of one unit, each times a number other than 0, added up; nothing is left of one that is always 0."""

    unit: Unit
    terms: tuple[tuple[Fraction, Flow | Stock], ...]

    def times(self, number: Fraction) -> Total:
        """The total that many times."""
        return Total(self.unit, tuple((number * each, part) for each, part in self.terms if number))

    def plus(self, other: Total) -> Total:
        """Both together; what takes each other away is gone."""
        sums: dict[Flow | Stock, Fraction] = {}
        for each, part in (*self.terms, *other.terms):
            sums[part] = sums.get(part, Fraction(0)) + each
        return Total(self.unit, tuple((each, part) for part, each in sums.items() if each))


@dataclass(frozen=True, slots=True)
class Divided:
    """One total per another."""

    above: Total
    below: Total


Meaning = Fraction | Total | Divided


def unit_of(measure: Measure) -> Unit:
    """What a measure is told in."""
    first = flows_of(measure)[0]
    if first.of is Of.SECONDS:
        return Unit.DAYS if first.in_days else Unit.HOURS
    return Unit.MONEY if first.of is Of.AMOUNT else Unit.COUNT
