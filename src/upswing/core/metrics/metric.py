"""What a metric is: a measure, or one measure per another, divided after grouping."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from upswing.core.measures import Measure


class Unit(StrEnum):
    """How a value reads: a number of records, a share 0-1 of them, so many of one per another, money, or time."""

    COUNT = "count"
    SHARE = "share"
    RATIO = "ratio"
    MONEY = "money"
    HOURS = "hours"
    DAYS = "days"


class Kind(StrEnum):
    """What a metric tells about."""

    ACTIVITY = "activity"
    VOLUME = "volume"
    CONVERSION = "conversion"
    VALUE = "value"
    SPEED = "speed"
    QUALITY = "quality"
    DEVELOPMENT = "development"
    ADOPTION = "adoption"


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

    `purpose` says how it helps the rep. `evidence` names the count whose size says how much luck is in the value
    (money borrows the evidence of won deals); None for stocks, which take a plain band only, and for time and other
    sums of which nothing tells how much luck is in them: their band leans at most. Below `minimum` records (for a rate:
    trials) the value is shown with its n and not judged. What is not `judged` never stands on a card.
    """

    key: str
    label: str
    help: str
    purpose: str
    kind: Kind
    unit: Unit
    timing: Timing
    better: Better
    value: Plain | Ratio | OfQuota
    evidence: Measure | None
    minimum: int = 10
    judged: bool = True

    def __hash__(self) -> int:
        return hash(self.key)


def is_rate(metric: Metric) -> bool:
    """Whether it is a share of the very records below the line, which alone takes the evidence of a rate."""
    value = metric.value
    return metric.unit is Unit.SHARE and isinstance(value, Ratio) and metric.evidence == value.per
