"""On which days a rep works, and with how much of a full rep's force."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from upswing.simulation.arrays import Array, Flags, Floats, Ints
from upswing.simulation.clock import day, number, weekday
from upswing.simulation.holidays import common, of_country
from upswing.simulation.organisation import territory
from upswing.simulation.reps import Rep
from upswing.simulation.setting import AHEAD, Setting
from upswing.simulation.streams import Purpose, uniforms

RAMP = (0.0, 0.25, 0.5, 0.75, 1.0)
"""The share of a full rep's volume in the first to fifth month."""
MONTH = 30.4
BLOCKS = ((6, 24, 42, 15), (2, 3, 24, 5), (10, 5, 20, 5))
"""Time off in blocks: month and day from which, within how many days it begins, how many working days it lasts."""
SICK_DAYS = 4


@dataclass(frozen=True, slots=True)
class DayOff:
    """A day on which the rep is away, and why: time_off, sick, leave or holiday."""

    day: int
    kind: str


def first_year(world: Setting) -> int:
    """The year in which the simulation begins."""
    return day(world.first).year


def last_year(world: Setting) -> int:
    """The year in which the days ahead of the simulation end."""
    return day(world.end + AHEAD).year


def days_off(world: Setting, rep: Rep) -> tuple[DayOff, ...]:
    """Every weekday on which the rep is away though employed, in order; holidays of everybody are not among them."""
    kinds: dict[int, str] = {}
    years = range(first_year(world), last_year(world) + 1)
    for place, year in enumerate(years):
        for found in of_country(territory(rep.at(number(date(year, 7, 1))).territory).country, year):
            kinds[number(found)] = "holiday"
        kinds |= {found: kind for found, kind in _away(world, rep, place, year) if found not in kinds}
    kinds |= dict.fromkeys(range(*rep.leave), "leave")
    shared = {number(found) for year in years for found in common(year)}
    return tuple(
        DayOff(found, kind)
        for found, kind in sorted(kinds.items())
        if (found + 3) % 7 < 5 and found not in shared and rep.starts <= found < rep.ends
    )


def _away(world: Setting, rep: Rep, place: int, year: int) -> Iterator[tuple[int, str]]:
    """Blocks of time off begin on Mondays; sick days fall anywhere."""
    chances = uniforms(world.seed, Purpose.TIME_OFF, rep.number, place + 1, 3)[place]
    for (month, first, within, lasts), chance in zip(BLOCKS, chances.tolist(), strict=True):
        begins = date(year, month, first) + timedelta(days=int(chance * within))
        monday = number(begins) - begins.weekday()
        yield from ((monday + week * 7 + d, "time_off") for week in range(lasts // 5) for d in range(5))
    sick = uniforms(world.seed, Purpose.SICK, rep.number, place + 1, SICK_DAYS)[place]
    for chance in sick.tolist():
        yield number(date(year, 1, 1)) + int(chance * 365), "sick"


@dataclass(frozen=True, slots=True, eq=False)
class Worktime:
    """A rep's days, from `first` on: `works` where they work, `ahead` included; `force` their ramp."""

    first: int
    works: Flags
    force: Floats
    days: Ints

    def worked(self, end: int) -> Ints:
        """The days they work before `end`, in order."""
        return self.days[self.works & (self.days < end)]

    def later(self, days: Ints, count: Ints) -> Ints:
        """The working day so many working days after each day (a day without work counts as the one before it)."""
        place = np.cumsum(self.works) - 1
        worked = self.days[self.works]
        wanted = place[np.clip(days - self.first, 0, len(place) - 1)] + count
        known = worked[np.clip(wanted, 0, len(worked) - 1)] if len(worked) else days
        return np.where(wanted < len(worked), known, days + 14 + count)


def worktime(world: Setting, rep: Rep, off: tuple[DayOff, ...]) -> Worktime:
    """The rep's working days."""
    days = np.arange(world.first, world.end + AHEAD)
    works = (weekday(days) < 5) & (days >= rep.starts) & (days < rep.ends)
    years = range(first_year(world), last_year(world) + 1)
    closed = {number(found) for year in years for found in common(year)} | {found.day for found in off}
    works &= ~np.isin(days, np.array(sorted(closed)))
    return Worktime(world.first, works, ramp(rep, days), days)


def ramp(rep: Rep, days: Array) -> Floats:
    """How much of a full rep they are on each day."""
    months = np.floor((days - rep.starts) / MONTH).astype(np.int64)
    shares = np.asarray(RAMP)[np.clip(months, 0, len(RAMP) - 1)]
    return np.where((days >= rep.starts) & (days < rep.ends), shares, 0.0)
