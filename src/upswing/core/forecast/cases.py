"""A stalled deal that was proposed, step by step: what its steps make of it, however late they are read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Kind(StrEnum):
    """What was done; the last two, like the rule, are done by nobody."""

    PROPOSED = "proposed"
    NEXT_STEP = "next_step"
    SNOOZED = "snoozed"
    AGREED = "agreed"
    CONFIRMED = "confirmed"
    BY_RULE = "by_rule"
    TAKEN_BACK = "taken_back"
    RE_ENTERED = "re_entered"
    MOVED_ON = "moved_on"
    DROPPED = "dropped"


class Ended(StrEnum):
    """What became of a proposal: the deal waits for a day, is set aside, went on, or was not stalled after all."""

    WAITS = "waits"
    ASIDE = "aside"
    MOVED_ON = "moved_on"
    DROPPED = "dropped"


ENDS = {
    Kind.NEXT_STEP: Ended.WAITS, Kind.SNOOZED: Ended.WAITS, Kind.RE_ENTERED: Ended.WAITS, Kind.AGREED: Ended.ASIDE,
    Kind.CONFIRMED: Ended.ASIDE, Kind.BY_RULE: Ended.ASIDE, Kind.MOVED_ON: Ended.MOVED_ON, Kind.DROPPED: Ended.DROPPED,
}  # fmt: skip
NOBODYS = frozenset({Kind.PROPOSED, Kind.BY_RULE, Kind.MOVED_ON, Kind.DROPPED})
"""What no person does."""


@dataclass(frozen=True, slots=True)
class Step:
    """Something done on a day. `day` is the day it names: the end of the grace, of a wait, or when a buyer did what."""

    kind: Kind
    on: date
    day: date | None = None


@dataclass(frozen=True, slots=True)
class State:
    """Where a case stands after some steps: `ended` is None while it is open, `rests` the day until which it waits.

    `due` is the last day of the grace; `by` the kind of step that led here.
    """

    due: date
    by: Kind
    ended: Ended | None = None
    rests: date | None = None
    re_entries: int = 0


def replayed(steps: Iterable[Step], limit: int) -> State:
    """The state that steps lead to, in their order, the proposal first; a step that is taken back never was.

    `limit` are the days a deal may stay: so long it rests after what its buyer did. Raises ValueError without a
    proposal, and where there is nothing to take back.
    """
    states: list[State] = []
    for step in steps:
        if step.kind is Kind.PROPOSED and not states:
            states.append(State(step.day or step.on, step.kind))
        elif step.kind is Kind.TAKEN_BACK and len(states) > 1:
            states.pop()
            states[-1] = _again(states[-1], step)
        elif states and step.kind in ENDS:
            states.append(_after(states[-1], step, limit))
        else:
            raise ValueError(f"A case is proposed once and first; “{step.kind}” does not fit here.")
    if not states:
        raise ValueError("A case has a proposal.")
    return states[-1]


def waits(steps: Iterable[Step], limit: int) -> tuple[tuple[date, date], ...]:
    """(day said, day until which the deal rests), in order; a wait that is taken back ends the day before."""
    found: list[tuple[date, date]] = []
    so_far: list[Step] = []
    rested = None
    for step in steps:
        so_far.append(step)
        rests = replayed(so_far, limit).rests
        if rests != rested:
            found.append((step.on, rests or step.on - timedelta(days=1)))
        rested = rests
    return tuple(found)


def _after(state: State, step: Step, limit: int) -> State:
    ended, rests = ENDS[step.kind], None
    if ended is Ended.WAITS and step.day:
        rests = step.day + timedelta(days=limit) if step.kind is Kind.RE_ENTERED else step.day
    again = state.re_entries + (step.kind is Kind.RE_ENTERED)
    return State(state.due, step.kind, ended, rests, again)


def _again(state: State, step: Step) -> State:
    """The same state once more; an open one with the grace that it is given anew."""
    due = step.day if state.ended is None and step.day else state.due
    return State(due, state.by, state.ended, state.rests, state.re_entries)
