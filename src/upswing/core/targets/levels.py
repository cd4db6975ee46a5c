"""Dated tables become levels: what of the season, the ramp and the role holds on which days.

A table holds from its first day until the day before a later one begins; of two that begin together the one
that comes later in the row counts.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import Generic, TypeVar

from upswing.core.period import Period, PeriodKind, month_of
from upswing.core.ramp import Ramp
from upswing.core.season import Season
from upswing.core.targets.target import Level

Table = TypeVar("Table")


@dataclass(frozen=True, slots=True)
class Dated(Generic[Table]):
    """A table from a day on; of one role, or of everybody ("")."""

    starts: date
    table: Table
    role: str = ""


@dataclass(frozen=True, slots=True)
class RoleShare:
    """How much of a full target a role, or somebody who works part-time, is asked for, and why."""

    share: Fraction
    note: str


@dataclass(frozen=True, slots=True)
class RoleSpell:
    """A role that a person has from a day until before another; None is open."""

    role: str
    starts: date | None
    ends: date | None

    def holds(self, day: date) -> bool:
        """Whether the person has the role on the day."""
        return (self.starts is None or self.starts <= day) and (self.ends is None or day < self.ends)


def in_force(tables: Sequence[Dated[Table]], day: date, role: str = "") -> Table | None:
    """The table that holds on a day: the role's own before everybody's; None before the first."""
    for of in dict.fromkeys((role, "")):
        rows = sorted((each for each in tables if each.role == of), key=lambda each: each.starts)
        if place := bisect_right([each.starts for each in rows], day):
            return rows[place - 1].table
    return None


def season_levels(tables: Sequence[Dated[Season]], span: Period) -> tuple[Level, ...]:
    """The weight of each month in the span, or part of one where another table begins inside it; 1 says nothing."""
    days = {month.start for month in _months(span)} | _starts(tables)

    def level(part: Period) -> Level | None:
        season = in_force(tables, part.start)
        return Level(part, season.months[part.start.month - 1]) if season else None

    return _levels(days, span, level) if tables else ()


def ramp_levels(
    tables: Sequence[Dated[Ramp]], starts: date | None, roles: Sequence[RoleSpell] = ()
) -> tuple[Level, ...]:
    """The share of each month after a rep's first day, by the table that holds then for the role they then have."""
    longest = max((each.table for each in tables), key=lambda ramp: len(ramp.shares), default=None)
    if starts is None or longest is None or not longest.shares:
        return ()
    months = [month for _, month in longest.months(starts)]
    borders = {month.start for month in months} | _starts(tables) | _changes(roles)

    def level(part: Period) -> Level | None:
        ramp = in_force(tables, part.start, _role(roles, part.start))
        place = bisect_right([month.start for month in months], part.start)
        return (
            Level(part, ramp.shares[place - 1], place, len(ramp.shares))
            if ramp and place <= len(ramp.shares)
            else None
        )

    return _levels(borders, Period(PeriodKind.CUSTOM, starts, months[-1].end), level)


def role_levels(
    tables: Sequence[Dated[RoleShare]], roles: Sequence[RoleSpell], span: Period
) -> tuple[Level, ...]:
    """The share of the role a person has, on the days they have it."""

    def level(part: Period) -> Level | None:
        found = in_force(tables, part.start, role) if (role := _role(roles, part.start)) else None
        return Level(part, found.share, note=found.note) if found else None

    return _levels(_starts(tables) | _changes(roles), span, level) if tables else ()


def part_time_levels(tables: Sequence[Dated[RoleShare]], span: Period) -> tuple[Level, ...]:
    """The share of full time that a person works, where their quotas are of full time."""

    def level(part: Period) -> Level | None:
        found = in_force(tables, part.start)
        return Level(part, found.share, note=found.note) if found else None

    return _levels(_starts(tables), span, level) if tables else ()


def _levels(
    borders: Iterable[date], span: Period, level: Callable[[Period], Level | None]
) -> tuple[Level, ...]:
    cuts = sorted({day for day in borders if span.contains(day)} | {span.start, span.end})
    parts = (Period(PeriodKind.CUSTOM, *part) for part in pairwise(cuts))
    return tuple(found for part in parts if (found := level(part)) and found.share != 1)


def _role(roles: Sequence[RoleSpell], day: date) -> str:
    return next((spell.role for spell in roles if spell.holds(day)), "")


def _changes(roles: Sequence[RoleSpell]) -> set[date]:
    return {day for spell in roles for day in (spell.starts, spell.ends) if day}


def _starts(tables: Sequence[Dated[Table]]) -> set[date]:
    return {each.starts for each in tables}


def _months(span: Period) -> Iterable[Period]:
    month = month_of(span.start)
    while month.start < span.end:
        yield month
        month = month.next()
