"""When a rep calls: how often on each day, and at what time of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from upswing.simulation.arrays import Flags, Floats, Ints, poisson, within
from upswing.simulation.cast import AE, SDR
from upswing.simulation.clock import DAY, HOUR, offsets, season, weekday
from upswing.simulation.entering import dials
from upswing.simulation.reps import Rep
from upswing.simulation.scenario import Scenario
from upswing.simulation.setting import Setting
from upswing.simulation.streams import Purpose, gammas, normals, uniforms
from upswing.simulation.worktime import Worktime

SPREAD = 20
"""Size of the negative binomial of calls a day."""
CLOCK = (8.5, 9.0, 11.75, 12.0, 13.0, 13.25, 16.5, 17.0)
BUSY = (0.6, 1.0, 1.0, 0.35, 0.35, 1.0, 1.0, 0.5)
"""How busy the phone is at those hours of the rep's clock; between them on a straight line."""
DRAWS = 8
"""Columns of a call's fate: answered, how, message, its fate, its kind, its delay, entering, length."""


@dataclass(frozen=True, slots=True, eq=False)
class Slots:
    """One entry a call, in order: the rep's day, the second of it, the instant; `fates` (calls, DRAWS)."""

    day: Ints
    second: Ints
    at: Ints
    fates: Floats
    lengths: Floats

    def __len__(self) -> int:
        return len(self.day)


def slots(world: Setting, rep: Rep, work: Worktime) -> Slots:
    """Every call of the rep up to the end."""
    days = work.worked(world.end)
    counts = _counts(world, rep, work, days)
    many = int(counts.sum())
    day = np.repeat(days, counts)
    drawn = uniforms(world.seed, Purpose.CALL_TIMES, rep.number, many, 1)[:, 0]
    moment = np.sort(day * DAY + clock_time(drawn))
    second = moment - day * DAY
    if dials(world, rep):
        second = _in_bursts(day, second)
        moment = day * DAY + second
    at = moment - offsets(rep.zone, world.first, len(work.days))[day - world.first]
    return Slots(
        day, second, at,
        uniforms(world.seed, Purpose.CALL_FATES, rep.number, many, DRAWS),
        normals(world.seed, Purpose.CALL_LENGTHS, rep.number, many, 1)[:, 0],
    )  # fmt: skip


def burst(day: Ints, second: Ints) -> Flags:
    """Which calls somebody with a dialler makes in bursts: those between two and four on some days."""
    return np.asarray((day % 3 == 0) & (second >= 14 * HOUR) & (second < 16 * HOUR))


def _in_bursts(day: Ints, second: Ints) -> Ints:
    """A call every minute and a half."""
    fast = burst(day, second)
    _, counts = np.unique(day[fast], return_counts=True)
    found = second.copy()
    found[fast] = 14 * HOUR + 90 * within(counts)
    return found


def _counts(world: Setting, rep: Rep, work: Worktime, days: Ints) -> Ints:
    """Negative binomial, as a Poisson count whose mean has a gamma factor of the day's own."""
    place = days - world.first
    lumps = gammas(world.seed, Purpose.EFFORT, rep.number, SPREAD, world.days)[place]
    chances = uniforms(world.seed, Purpose.VOLUME, rep.number, world.days, 1)[place, 0]
    mean = call_mean(world, rep, days) * season(days, world.scenario.season) * work.force[place]
    return poisson(chances, mean * lumps)


def call_mean(world: Setting, rep: Rep, days: Ints) -> Floats:
    """Calls a full day, before season and ramp."""
    role = np.ones(len(days))
    for stint in rep.stints:
        role[days >= stint.start] = role_factor(world.scenario, stint.role)
    return world.scenario.calls * rep.skill.effort * role * _drift(world, days)


def role_factor(scenario: Scenario, role: str) -> float:
    """How much of a full-cycle rep's calls somebody in that role makes."""
    full, opening, closing = scenario.role_calls
    return {SDR: opening, AE: closing}.get(role, full)


def progress(world: Setting, days: Ints) -> Floats:
    """The share of the first year that has gone by, 0 to 1."""
    return np.clip((days - world.start) / 365, 0, 1)


def _drift(world: Setting, days: Ints) -> Floats:
    """Over the first year calls move from the other days to Friday."""
    if world.scenario.drift == 1:
        return np.ones(len(days))
    gone = progress(world, days)
    return np.where(weekday(days) == 4, 0.4 + 1.8 * gone, 1.15 - 0.45 * gone)


def clock_time(uniform: Floats) -> Ints:
    """The second of the day at which a call falls, by how busy the phone is."""
    hours = np.linspace(CLOCK[0], CLOCK[-1], 512)
    busy = np.interp(hours, CLOCK, BUSY)
    share = np.concatenate([[0.0], np.cumsum((busy[1:] + busy[:-1]) / 2)])
    return (np.interp(uniform, share / share[-1], hours) * HOUR).astype(np.int64)
