"""What a metric is: a measure, or one measure per another, divided after grouping."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from upswing.core.measures import Measure


class Unit(StrEnum):
    """How a value reads: a whole number, a share 0-1, or money."""

    COUNT = "count"
    SHARE = "share"
    MONEY = "money"


class Timing(StrEnum):
    """Leading metrics are what a rep steers; lagging ones follow."""

    LEADING = "leading"
    LAGGING = "lagging"


class Better(StrEnum):
    """Which direction is good."""

    HIGHER = "higher"
    LOWER = "lower"


@dataclass(frozen=True, slots=True)
class Plain:
    """The measure itself."""

    measure: Measure


@dataclass(frozen=True, slots=True)
class Ratio:
    """One measure per another, each summed first (never a mean of ratios)."""

    of: Measure
    per: Measure


@dataclass(frozen=True, slots=True)
class OfQuota:
    """A measure as a share of the rep's quota for the period."""

    measure: Measure


@dataclass(frozen=True, slots=True)
class Metric:
    """One declaration: line, API field, records page, export column and documentation follow from it.

    `evidence` names the count whose size says how much luck is in the value (money borrows the
    evidence of won deals); None for stocks, which take a plain band only.
    """

    key: str
    label: str
    help: str
    unit: Unit
    timing: Timing
    better: Better
    value: Plain | Ratio | OfQuota
    evidence: Measure | None
