"""What targets are made of: quotas, what shapes them day by day, and the factors that explain the result."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import prod

from upswing.core.period import Period


@dataclass(frozen=True, slots=True)
class Quota:
    """What was asked for a period, in the metric's unit (money in minor units)."""

    value: Fraction
    period: Period


@dataclass(frozen=True, slots=True)
class Factor:
    """One reason why the target is not the quota: its share, the numbers and the words that explain it."""

    key: str
    share: Fraction
    values: tuple[tuple[str, Fraction], ...] = ()
    words: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Stretch:
    """The part of a target that falls on some days of the period."""

    days: Period
    value: Fraction


@dataclass(frozen=True, slots=True)
class Target:
    """The expected value for a whole period: `base` (the quotas it rests on) times the factors, exactly.

    `course` says on which days it falls due; empty means evenly over the period's available days.
    """

    value: Fraction
    factors: tuple[Factor, ...] = ()
    course: tuple[Stretch, ...] = ()

    @property
    def base(self) -> Fraction:
        """The sum of the quotas before any factor."""
        return self.value / prod((factor.share for factor in self.factors), start=Fraction(1))


@dataclass(frozen=True, slots=True)
class NoTarget:
    """Why there is no target: "no_target", "partly_set" (no quota for some of the rep's days), "no_days"."""

    reason: str


@dataclass(frozen=True, slots=True)
class Level:
    """A share that holds on some days: a month's weight, a month of a ramp (the `place`th of `of`), a role's share."""

    days: Period
    share: Fraction
    place: int = 0
    of: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class Shape:
    """What shapes the targets of one rep besides their days; on days without a level the share is 1.

    The levels of one kind do not overlap.
    """

    season: tuple[Level, ...] = ()
    ramp: tuple[Level, ...] = ()
    role: tuple[Level, ...] = ()
    part_time: tuple[Level, ...] = ()

    @property
    def borders(self) -> set[date]:
        """The days on which any share may change."""
        levels = (*self.season, *self.ramp, *self.role, *self.part_time)
        return {day for level in levels for day in (level.days.start, level.days.end)}
