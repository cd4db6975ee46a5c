"""The rows of activities, as they stand on the day of the look."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from upswing.core.records import ActivityKind, Happened
from upswing.simulation.arrays import NEVER, Array, Flags, Ints
from upswing.simulation.attempts import CODE, HAPPENED, Attempts
from upswing.simulation.calls import Slots, burst
from upswing.simulation.clock import DAY
from upswing.simulation.entering import CAPTURES, dials, written
from upswing.simulation.leads import lead_number
from upswing.simulation.reps import Rep
from upswing.simulation.setting import Setting
from upswing.simulation.table import AnyColumn, Ids, Instants, Whole, Words
from upswing.simulation.talks import KIND, KINDS, Meetings, Talks, message_delay
from upswing.simulation.visits import SERIES as VISITED
from upswing.simulation.visits import Visits

PREFIXES = ("C", "E", "V", "M", "K", "C")
CALL, MESSAGE, VISIT, MEETING, DEAL_MEETING, PADDED = range(6)
LABELS = (
    "real", "lookalike:dialler", "lookalike:evening", "lookalike:bulk load", "padded:extra call",
    "padded:round minutes", "padded:burst", "padded:no duration", "padded:repeated contact", "padded:entered later",
)  # fmt: skip
LABEL = {label: code for code, label in enumerate(LABELS)}
SHUFFLE, SPACE = 387_421, 999_983
"""A prime, and a number that spreads over its remainders: no id tells whether a call was made."""
CALL_MEDIAN, CALL_SPREAD, SHORTEST = 210, 0.8, 60


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """Activities of one rep, whole numbers by column; `label` is the truth about each."""

    rep: int
    series: Ints
    number: Ints
    kind: Ints
    at: Ints
    seconds: Ints
    outcome: Ints
    lead: Ints
    deal: Ints
    origin: Ints
    contact: Ints
    channel: Ints
    booked: Ints
    entered: Ints
    capture: Ints
    label: Ints

    def select(self, rows: Array) -> Part:
        """Some of the rows."""
        taken = {name: getattr(self, name)[rows] for name in self.__slots__ if name != "rep"}
        return Part(self.rep, **taken)


_SMALL = {
    "series": np.int8, "kind": np.int8, "outcome": np.int8, "channel": np.int8, "capture": np.int8, "label": np.int8,
    "origin": np.int16, "contact": np.int16, "number": np.int32, "lead": np.int32, "deal": np.int32,
    "seconds": np.int32,
}  # fmt: skip
"""Columns that need less than eight bytes a row; in a large world there are millions of rows."""


def part(rep: int, many: int, **told: Ints) -> Part:
    """Rows with what is told, the rest empty; `origin` is the rep whose patch it happens in."""
    empty = {
        "lead": -1,
        "deal": -1,
        "contact": -1,
        "channel": -1,
        "booked": int(NEVER),
        "seconds": -1,
        "label": 0,
    }
    columns = {name: np.full(many, value) for name, value in (empty | {"origin": rep}).items()}
    return Part(
        rep, **{name: values.astype(_SMALL.get(name, np.int64)) for name, values in (columns | told).items()}
    )


def joined(rep: int, parts: list[Part]) -> Part:
    """The rows of several, in order of time."""
    names = [name for name in Part.__slots__ if name != "rep"]
    columns = {name: np.concatenate([getattr(found, name) for found in parts]) for name in names}
    order = np.lexsort((columns["number"], columns["series"], columns["at"]))
    return Part(rep, **{name: values[order] for name, values in columns.items()})


def reached_out(world: Setting, rep: Rep, calls: Slots, tried: Attempts, called_on: Visits) -> list[Part]:
    """Calls, the messages that followed, and visits."""
    return [
        _calls(world, rep, calls, tried),
        _messages(world, rep, calls, tried),
        _visits(world, rep, called_on),
    ]


def _calls(world: Setting, rep: Rep, calls: Slots, tried: Attempts) -> Part:
    long = np.maximum(SHORTEST, CALL_MEDIAN * np.exp(CALL_SPREAD * calls.lengths)).astype(np.int64)
    short = (15 + 40 * calls.fates[:, 7]).astype(np.int64)
    seconds = np.where(tried.outcome == CODE[Happened.CONVERSATION], long, short)
    entered, capture, why = written(world, rep, calls.day, calls.at + seconds, calls.fates[:, 6])
    label = np.where(why > 0, why + 1, 0)
    if dials(world, rep):
        label = np.where(burst(calls.day, calls.second), LABEL["lookalike:dialler"], label)
    many = len(calls)
    return part(
        rep.number, many, series=np.full(many, CALL), number=np.arange(many),
        kind=np.full(many, KIND[ActivityKind.CALL]), at=calls.at, seconds=seconds, outcome=tried.outcome,
        lead=lead_number(tried.series, tried.prospect), contact=tried.contact, entered=entered, capture=capture,
        label=label,
    )  # fmt: skip


def _messages(world: Setting, rep: Rep, calls: Slots, tried: Attempts) -> Part:
    sent = np.flatnonzero(tried.message >= 0)
    at = calls.at[sent] + message_delay(calls, sent)
    entered, capture, why = written(world, rep, calls.day[sent], at, calls.fates[sent, 6])
    kind = np.where(tried.social[sent], KIND[ActivityKind.SOCIAL], KIND[ActivityKind.EMAIL])
    return part(
        rep.number, len(sent), series=np.full(len(sent), MESSAGE), number=sent, kind=kind, at=at,
        outcome=tried.message[sent], lead=lead_number(tried.series[sent], tried.prospect[sent]),
        contact=tried.contact[sent], entered=entered, capture=capture, label=np.where(why > 0, why + 1, 0),
    )  # fmt: skip


def _visits(world: Setting, rep: Rep, called_on: Visits) -> Part:
    many = len(called_on)
    ends = called_on.at + called_on.seconds
    entered, capture, why = written(world, rep, called_on.day, ends, np.full(many, 0.5))
    return part(
        rep.number, many, series=np.full(many, VISIT), number=np.arange(many),
        kind=np.full(many, KIND[ActivityKind.VISIT]), at=called_on.at, seconds=called_on.seconds,
        outcome=called_on.outcome, lead=lead_number(np.full(many, VISITED), np.arange(many)),
        contact=called_on.contact, entered=entered, capture=capture, label=np.where(why > 0, why + 1, 0),
    )  # fmt: skip


def arranged(world: Setting, rep: Rep, talk: Talks, met: Meetings) -> Part:
    """Meetings that came of talks; those to come are booked only."""
    to_come = met.at >= world.cut * DAY
    return part(
        rep.number, len(met), series=np.full(len(met), MEETING), number=met.talk,
        kind=np.full(len(met), KIND[ActivityKind.MEETING]), at=met.at,
        seconds=np.where(to_come, -1, met.seconds), outcome=np.where(to_come, CODE[Happened.BOOKED], met.outcome),
        lead=lead_number(talk.series[met.talk], talk.prospect[met.talk]), contact=talk.contact[met.talk],
        channel=talk.channel[met.talk], booked=met.booked, entered=met.booked, capture=np.full(len(met), 2),
    )  # fmt: skip


def shown(world: Setting, found: Part) -> Flags:
    """Which rows are there on the day of the look: written down by then, and not from before the first day."""
    return np.asarray((found.entered < world.cut * DAY) & (found.at >= world.start * DAY))


def told_number(series: Ints, number: Ints) -> Ints:
    """The numbers that ids show: calls made and calls only told stand mingled."""
    calls = (series == CALL) | (series == PADDED)
    mingled = (2 * number.astype(np.int64) + (series == PADDED)) * SHUFFLE % SPACE
    return np.where(calls, mingled, number).astype(np.int32)


def columns(found: Part, names: tuple[str, ...]) -> Mapping[str, AnyColumn]:
    """The rows as columns of the table; `names` of all reps."""
    many = len(found.at)
    mine, zero = np.full(many, found.rep, np.int16), np.zeros(many, np.int8)
    origin = found.origin.astype(np.int16)
    made_by = np.where(found.series == DEAL_MEETING, origin, mine)
    return {
        "id": Ids(made_by, told_number(found.series, found.number), PREFIXES, found.series.astype(np.int8)),
        "rep": Words(mine, names),
        "kind": Words(found.kind.astype(np.int8), KINDS),
        "at": Instants(found.at),
        "seconds": Whole(found.seconds.astype(np.int32)),
        "outcome": Words(found.outcome.astype(np.int8), HAPPENED),
        "lead": Ids(origin, found.lead.astype(np.int32), ("L",), zero),
        "deal": Ids(origin, found.deal.astype(np.int32), ("D",), zero),
        "contact": Ids(origin, found.contact.astype(np.int32), ("P",), zero),
        "channel": Words(found.channel.astype(np.int8), KINDS),
        "booked": Instants(found.booked),
        "entered": Instants(found.entered),
        "capture": Words(found.capture.astype(np.int8), CAPTURES),
    }
