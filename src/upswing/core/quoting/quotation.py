"""A quote as a value: lines with quantity, price and discount, options, and what they come to. All of it is exact."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from upswing.core.money import rounded
from upswing.core.records import Word


class Choice(Word):
    """Whether a line is always part of the quote, may be taken besides, or is one of several to choose from."""

    FIXED = "fixed"
    EXTRA = "extra"
    ONE_OF = "one_of"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that is offered. `unit_minor` is for one of it, below 0 for a rebate; `discount` is in percent.

    A line that is an option counts only while it is `chosen`; of the ONE_OF lines of a `group` exactly one is.
    """

    product: str
    quantity: Decimal
    unit_minor: int
    description: str = ""
    discount: Fraction = Fraction(0)
    choice: Choice = Choice.FIXED
    group: str = ""
    chosen: bool = True

    @property
    def counts(self) -> bool:
        """Whether it is part of the total."""
        return self.choice is Choice.FIXED or self.chosen

    @property
    def minor(self) -> int:
        """What the whole line costs, in minor units; halves are rounded away from zero."""
        return rounded(Fraction(self.quantity) * self.unit_minor * (1 - self.discount / 100))


@dataclass(frozen=True, slots=True)
class Quotation:
    """What is offered, on which terms. `discount` (on the sum of the lines) and `tax` are in percent."""

    currency: str
    lines: tuple[Line, ...] = ()
    discount: Fraction = Fraction(0)
    tax: Fraction = Fraction(0)
    valid_until: date | None = None
    terms: str = ""


@dataclass(frozen=True, slots=True)
class Totals:
    """In minor units: the lines that count added up, the discount on them, what is left, its tax, and all together."""

    sum: int
    off: int
    net: int
    tax: int
    gross: int


def totals(quotation: Quotation) -> Totals:
    """What the quote comes to: each line is rounded, then the discount, then the tax, so that a reader can add up."""
    whole = sum(line.minor for line in quotation.lines if line.counts)
    off = rounded(whole * quotation.discount / 100)
    net = whole - off
    tax = rounded(net * quotation.tax / 100)
    return Totals(whole, off, net, tax, net + tax)


def with_options(quotation: Quotation, taken: Collection[int]) -> Quotation:
    """The quote with exactly these of its options chosen, by their places from 1; fixed lines stay as they are."""
    lines = enumerate(quotation.lines, 1)
    return replace(
        quotation, lines=tuple(replace(line, chosen=_taken(line, place in taken)) for place, line in lines)
    )


def _taken(line: Line, named: bool) -> bool:
    return line.chosen if line.choice is Choice.FIXED else named
