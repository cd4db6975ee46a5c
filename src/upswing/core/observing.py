"""What a deal's history is where its source tells none: what changed from one sight of it to the next."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from upswing.core.records import DealRecord, History, Outcome, StageMove


def observed(before: DealRecord, now: DealRecord, seen: date, last: date | None) -> DealRecord:
    """The deal as it reads now, with the history of it that was seen so far and what has changed since.

    `seen` is the day it reads so, `last` the day of the sight before. A move that was only seen happened between the
    two; it counts from the later one, so that nobody is blamed for days that may not have been. A decision is told by
    its own day. What the source tells itself is taken as told.
    """
    since = max(seen, before.created or seen)
    if History.MOVES not in now.told:
        now = replace(now, moves=_moves(before, now, since, last))
    if History.AMOUNTS not in now.told:
        entered, amounts = _amounts(before, now, since)
        now = replace(now, expected_minor=entered, amounts=amounts)
    if History.CLOSES not in now.told:
        now = replace(now, closes=_closes(before, last or since))
    return now


def _moves(before: DealRecord, now: DealRecord, seen: date, last: date | None) -> tuple[StageMove, ...]:
    """The open stages it was seen in, and where it is now; a deal that is open again is so from now on."""
    kept = [move for move in before.moves if move.outcome is Outcome.OPEN]
    if now.outcome is not Outcome.OPEN:
        day = now.closed or seen
        return (*(move for move in kept if move.day <= day), StageMove(now.stage, day, now.outcome))
    if kept and kept[-1].stage == now.stage:
        return tuple(kept)
    entered = max(seen, kept[-1].day) if kept else seen
    after = last if last and last < entered else None
    return (*kept, StageMove(now.stage, entered, now.outcome, after))


def _amounts(
    before: DealRecord, now: DealRecord, seen: date
) -> tuple[int | None, tuple[tuple[date, int], ...]]:
    """What it entered the pipeline with, and each later open amount that was seen."""
    worth = before.amounts[-1][1] if before.amounts else before.expected_minor
    if now.outcome is not Outcome.OPEN or now.expected_minor is None or now.expected_minor == worth:
        return before.expected_minor, before.amounts
    if before.expected_minor is None:
        return now.expected_minor, ()
    return before.expected_minor, (*before.amounts, (seen, now.expected_minor))


def _closes(before: DealRecord, last: date) -> tuple[tuple[date, date], ...]:
    """Earlier expectations, with the one before: it was known by the sight before, whatever has come since."""
    told = before.closes[-1][1] if before.closes else None
    if before.expected_close in (None, told):
        return before.closes
    return (*before.closes, (last, before.expected_close))
