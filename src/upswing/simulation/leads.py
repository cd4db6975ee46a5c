"""What became of each lead: those who came by themselves, and those whom the rep took up."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from upswing.core.records import Disposition, Happened
from upswing.simulation.arrays import NEVER, Ints
from upswing.simulation.attempts import CODE, INBOUND, Attempts
from upswing.simulation.calls import Slots
from upswing.simulation.clock import DAY, HOUR, offsets
from upswing.simulation.inbound import Inbound
from upswing.simulation.scenario import SOURCES
from upswing.simulation.setting import AHEAD, Setting
from upswing.simulation.talks import Meetings, Talks
from upswing.simulation.visits import SERIES as VISITED
from upswing.simulation.visits import Visits

SERIES_SIZE = 200_000
"""A lead's number is its series times this, plus its place there."""
DISPOSITIONS = tuple(disposition.value for disposition in Disposition)
AS = {disposition: code for code, disposition in enumerate(Disposition)}
REASONS = ("no need", "no budget", "not now", "has a supplier", "too small", "not our market")


@dataclass(frozen=True, slots=True, eq=False)
class Leads:
    """One entry a lead, by number.

    `first` is the instant of the first attempt, `decided` a day: NEVER while there is none. `source` is a place in
    SOURCE_WORDS.
    """

    number: Ints
    created: Ints
    source: Ints
    contact: Ints
    first: Ints
    disposition: Ints
    reason: Ints
    decided: Ints

    def __len__(self) -> int:
        return len(self.number)

    def place(self, number: Ints) -> Ints:
        """Where the leads of these numbers are."""
        return np.searchsorted(self.number, number)


def lead_number(series: Ints, prospect: Ints) -> Ints:
    """A lead's number within its rep."""
    return series * SERIES_SIZE + prospect


def leads(
    world: Setting, zone: str, calls: Slots, tried: Attempts, came: Inbound, called_on: Visits, talk: Talks,
    met: Meetings,
) -> Leads:  # fmt: skip
    """All leads of a rep with their final disposition."""
    tried_number = lead_number(tried.series, tried.prospect)
    visited = lead_number(np.full(len(called_on), VISITED), np.arange(len(called_on)))
    number = np.unique(np.concatenate([np.arange(len(came)), tried_number, visited]))
    many = len(number)
    found = Leads(
        number, np.full(many, NEVER), np.full(many, len(SOURCES)), np.zeros(many, np.int64), np.full(many, NEVER),
        np.zeros(many, np.int64), np.full(many, -1), np.full(many, NEVER),
    )  # fmt: skip
    _called(found, calls, tried, tried_number)
    _visited(found, called_on, visited)
    _talked(found, talk, met)
    _created(world, zone, found, came)
    return found


def _called(found: Leads, calls: Slots, tried: Attempts, number: Ints) -> None:
    """First and last calls; who could not be reached, or was not the right one, is settled by them."""
    keys, first, counts = np.unique(number, return_index=True, return_counts=True)
    last = len(number) - 1 - np.unique(number[::-1], return_index=True)[1]
    place = found.place(keys)
    found.first[place] = calls.at[first]
    found.contact[place] = tried.contact[first]
    day, outcome = calls.day[last], tried.outcome[last]
    planned = np.concatenate([*tried.planned, np.zeros(1, np.int64)])
    begins = np.cumsum([0, *(len(series) for series in tried.planned)])
    given_up = ~tried.settles[last] & (counts >= planned[begins[tried.series[last]] + tried.prospect[last]])
    for disposition, ends in (
        (Disposition.NO_RESPONSE, given_up),
        (Disposition.BAD_CONTACT, outcome == CODE[Happened.BAD_NUMBER]),
        (Disposition.WRONG_PERSON, outcome == CODE[Happened.WRONG_PERSON]),
    ):
        found.disposition[place[ends]] = AS[disposition]
        found.decided[place[ends]] = day[ends]


def _visited(found: Leads, called_on: Visits, number: Ints) -> None:
    place = found.place(number)
    found.first[place], found.contact[place] = called_on.at, called_on.contact
    found.disposition[place], found.decided[place] = AS[Disposition.NO_RESPONSE], called_on.day


def _talked(found: Leads, talk: Talks, met: Meetings) -> None:
    """A talk leads to a meeting or to a reason against; a meeting qualifies, or not."""
    place = found.place(lead_number(talk.series, talk.prospect))
    found.disposition[place], found.decided[place] = AS[Disposition.DISQUALIFIED], talk.day
    found.reason[place] = (talk.draws[:, 6] * len(REASONS)).astype(np.int64)
    place, came = place[met.talk], np.isin(met.outcome, [CODE[Happened.POSITIVE], CODE[Happened.HELD]])
    found.decided[place] = met.day
    glad = met.outcome == CODE[Happened.POSITIVE]
    found.disposition[place[glad]] = AS[Disposition.QUALIFIED]
    found.disposition[place[~came]] = AS[Disposition.NO_RESPONSE]
    found.reason[place[glad | ~came]] = -1


def _created(world: Setting, zone: str, found: Leads, came: Inbound) -> None:
    """Leads of the rep's own making are put down in the morning of the first attempt."""
    own = found.number >= SERIES_SIZE
    clock = offsets(zone, world.first, world.days + AHEAD)
    day = found.first[own] // DAY
    morning = 7 * HOUR + found.number[own] % 1_800
    found.created[own] = day * DAY + morning - clock[day - world.first]
    found.created[~own], found.source[~own], found.contact[~own] = came.created, came.source, came.contact


SOURCE_WORDS = (*SOURCES, "outbound")
assert INBOUND == 0  # noqa: S101  (the numbers of leads that came by themselves are below SERIES_SIZE)
