"""Talks with the right person, and the meetings that come of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from upswing.core.records import ActivityKind, Happened
from upswing.simulation.arrays import Array, Flags, Floats, Ints, chance
from upswing.simulation.attempts import CODE, INBOUND, Attempts
from upswing.simulation.calls import Slots
from upswing.simulation.clock import DAY, HOUR, offsets
from upswing.simulation.inbound import Inbound
from upswing.simulation.patch import Patch
from upswing.simulation.reps import Rep
from upswing.simulation.scenario import Scenario
from upswing.simulation.setting import Setting
from upswing.simulation.streams import Purpose, normals, uniforms
from upswing.simulation.visits import SERIES as VISITED
from upswing.simulation.visits import Visits
from upswing.simulation.worktime import Worktime

KINDS = tuple(kind.value for kind in ActivityKind)
KIND = {kind: code for code, kind in enumerate(ActivityKind)}
DRAWS = 8
"""Columns of a talk: booked, days ahead, time of day, held, positive, how it failed, reason, spare."""
NO_SHOW = 0.6
MEETING_SECONDS, MEETING_SPREAD = 1_920, 0.35
RESPONSE_ODDS = -0.25


@dataclass(frozen=True, slots=True, eq=False)
class Talks:
    """One entry a talk, in order of time; `slot` is the call it belongs to, or the visit."""

    at: Ints
    day: Ints
    channel: Ints
    slot: Ints
    series: Ints
    prospect: Ints
    contact: Ints
    draws: Floats
    odds: Floats

    def __len__(self) -> int:
        return len(self.at)


@dataclass(frozen=True, slots=True, eq=False)
class Meetings:
    """One entry a meeting, in the order of booking; `talk` is the talk it came of. Instants, local days, codes."""

    talk: Ints
    booked: Ints
    at: Ints
    day: Ints
    seconds: Ints
    outcome: Ints

    def __len__(self) -> int:
        return len(self.talk)


def message_delay(calls: Slots, place: Ints) -> Ints:
    """Seconds from a call to the message that follows it."""
    return np.asarray(60 + 1_140 * calls.fates[place, 5]).astype(np.int64)


def talks(
    world: Setting, rep: Rep, patch: Patch, calls: Slots, tried: Attempts, leads: Inbound, called_on: Visits
) -> Talks:
    """Every talk of the rep: on the phone, in writing, in person."""
    spoken = np.flatnonzero(tried.outcome == CODE[Happened.CONVERSATION])
    written = np.flatnonzero(tried.message == CODE[Happened.ANSWERED])
    met = np.flatnonzero(called_on.outcome == CODE[Happened.CONVERSATION])
    wrote = message_delay(calls, written) + 600 + (6_600 * calls.fates[written, 6]).astype(np.int64)
    by = np.where(tried.social[written], KIND[ActivityKind.SOCIAL], KIND[ActivityKind.EMAIL])
    parts: list[tuple[Array, ...]] = [
        (calls.at[spoken], calls.day[spoken], np.full(len(spoken), KIND[ActivityKind.CALL]), spoken,
         tried.series[spoken], tried.prospect[spoken], tried.contact[spoken]),
        (calls.at[written] + wrote, calls.day[written], by, written, tried.series[written],
         tried.prospect[written], tried.contact[written]),
        (called_on.at[met] + called_on.seconds[met], called_on.day[met],
         np.full(len(met), KIND[ActivityKind.VISIT]), met, np.full(len(met), VISITED), met, called_on.contact[met]),
    ]  # fmt: skip
    at, day, channel, slot, series, prospect, contact = (
        np.concatenate(columns).astype(np.int64) for columns in zip(*parts, strict=True)
    )
    order = np.lexsort((channel, at))
    draws = uniforms(world.seed, Purpose.TALKS, rep.number, len(at), DRAWS)
    at, day, channel, slot, series, prospect, contact = (
        column[order] for column in (at, day, channel, slot, series, prospect, contact)
    )
    found = Talks(at, day, channel, slot, series, prospect, contact, draws, np.zeros(len(at)))
    return replace(found, odds=_odds(world.scenario, rep, patch, leads, found))


def _odds(scenario: Scenario, rep: Rep, patch: Patch, leads: Inbound, talk: Talks) -> Floats:
    """Log-odds that each talk books a meeting."""
    base = np.full(len(KINDS), centred(scenario.book_message, scenario.fit))
    base[KIND[ActivityKind.CALL]] = centred(scenario.book_call, scenario.fit)
    base[KIND[ActivityKind.VISIT]] = centred(scenario.book_visit, scenario.fit)
    odds = base[talk.channel]
    warm = talk.series == INBOUND
    lead = talk.prospect[warm]
    hours = np.maximum(talk.at[warm] - leads.created[lead], 0) / HOUR
    source = np.log(np.asarray(scenario.source_odds))[leads.source[lead]]
    odds[warm] = centred(scenario.book_inbound, scenario.fit) + source + RESPONSE_ODDS * np.log1p(hours)
    return np.asarray(odds + patch.log_odds[talk.contact] + rep.skill.book)


@lru_cache(maxsize=64)
def centred(share: float, sigma: float) -> float:
    """The log-odds around which normal ones with this sigma give this share on average."""
    nodes, weights = np.polynomial.hermite_e.hermegauss(41)
    low, high = -12.0, 12.0
    for _ in range(60):
        middle = (low + high) / 2
        mean = float((weights * chance(middle + sigma * nodes)).sum() / weights.sum())
        low, high = (middle, high) if mean < share else (low, middle)
    return (low + high) / 2


def booked(rep: Rep, talk: Talks) -> Flags:
    """Which talks book a meeting."""
    return np.asarray(talk.draws[:, 0] < chance(talk.odds) * rep.skill.books)


def meetings(world: Setting, rep: Rep, work: Worktime, talk: Talks) -> Meetings:
    """The meetings that were arranged, and what became of each."""
    which = np.flatnonzero(booked(rep, talk))
    draws = talk.draws[which]
    day = work.later(talk.day[which], 2 + (9 * draws[:, 1]).astype(np.int64))
    local = 9 * HOUR + 1_800 * (15 * draws[:, 2]).astype(np.int64)
    at = day * DAY + local - offsets(rep.zone, world.first, len(work.days))[day - world.first]
    held = (draws[:, 3] < world.scenario.held) & (day < rep.ends)
    glad = np.where(draws[:, 4] < world.scenario.positive, CODE[Happened.POSITIVE], CODE[Happened.HELD])
    missed = (draws[:, 5] < NO_SHOW) & (day < rep.ends)
    failed = np.where(missed, CODE[Happened.NO_SHOW], CODE[Happened.CANCELLED])
    sizes = normals(world.seed, Purpose.MEETING_LENGTHS, rep.number, len(talk), 1)[which, 0]
    lasts = (MEETING_SECONDS * np.exp(MEETING_SPREAD * sizes)).astype(np.int64)
    return Meetings(
        which, talk.at[which] + 120, at, day, np.where(held, lasts, -1), np.where(held, glad, failed)
    )
