"""Settle deals: when they came in, changed, moved, were decided."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise, zip_longest

from upswing.core.facts.fact import DAY, LONGEST, WHOLE, Fact, FactKind, split
from upswing.core.records import DealRecord, Outcome

UNVALUED = "unvalued"
"""The outcome of a deal that was won for an amount nobody told."""


def settle_deal(deal: DealRecord) -> tuple[Fact, ...]:
    """Facts of one deal, split among the reps who share its credit.

    - created on the day it was created; a deal whose creation day is unknown is *observed* on the day
      the source was read and counts as open from then on, but not as created
    - entered each open stage, and left it, with the open amount of that day and, in seconds of whole days, how long
      it stayed; where moves are told
    - amended by each later change of the open amount (the difference), in the stage it stands in, if any is told
    - closed on the day it was decided, with the open amount that left the pipeline and the outcome
    - won, with the amount it was won for; where that is unknown the outcome says so
    - its cycle, in seconds of whole days from creation to the day it was won, where both are known

    A deal that was closed before it could be seen open (no creation day) is observed, worth nothing, on the
    day it was decided: it enters and leaves the count of open deals at once and never stands open. Amounts
    known from before a deal entered count from its entry on. Raises ValueError without any credit.
    """
    return tuple(
        part._replace(source=deal.source)
        for fact, before in _whole(deal)
        for part in split(fact, deal.credit, before)
    )


Worth = tuple[date, int, int]
"""From a day on, the open amount; and its number among the deal's changes, -1 for the first."""


def _whole(deal: DealRecord) -> Iterator[tuple[Fact, int]]:
    """Undivided facts, each with the open amount that stood before it."""
    entered = _entry(deal)
    worths = _worths(deal, entered) if entered else []
    visits = _visits(deal, entered.day) if entered else []
    if entered:
        yield entered, 0
    for (_, was, _), (day, amount, number) in pairwise(worths):
        stage = next((visit.stage for visit in reversed(visits) if visit.holds(day)), "")
        yield Fact(FactKind.DEAL_AMENDED, day, "", WHOLE, amount - was, stage=stage, ordinal=number), was
    for number, visit in enumerate(visits):
        yield from _visited(visit, number, worths)
    if deal.closed and deal.outcome is not Outcome.OPEN:
        outcome, amount = deal.outcome.value, worths[-1][1] if worths else 0
        yield Fact(FactKind.DEAL_CLOSED, deal.closed, "", WHOLE, amount, outcome, deal.stage), 0
        if deal.outcome is Outcome.WON:
            won, said = deal.amount_minor or 0, outcome if deal.amount_minor is not None else UNVALUED
            yield Fact(FactKind.DEAL_WON, deal.closed, "", WHOLE, won, said, deal.stage), 0
            if deal.created:
                taken = min(max(0, (deal.closed - deal.created).days) * DAY, LONGEST)
                yield Fact(FactKind.DEAL_CYCLE, deal.closed, "", WHOLE, seconds=taken), 0


def _entry(deal: DealRecord) -> Fact | None:
    still_open = deal.outcome is Outcome.OPEN
    kind = FactKind.DEAL_CREATED if deal.created else FactKind.DEAL_OBSERVED
    day = deal.created or (deal.observed if still_open else deal.closed)
    amount = deal.expected_minor if deal.created or still_open else 0
    return Fact(kind, day, "", WHOLE, amount or 0, stage=deal.stage) if day else None


def _worths(deal: DealRecord, entered: Fact) -> list[Worth]:
    """The open amount from its entry on, and each later one, while the deal stands open."""
    worths = [(entered.day, entered.amount, -1)]
    for number, (known, amount) in enumerate(sorted(deal.amounts, key=lambda change: change[0])):
        day = max(known, entered.day)
        if amount != worths[-1][1] and day <= (deal.closed or date.max):
            worths.append((day, amount, number))
    return worths


@dataclass(frozen=True, slots=True)
class _Visit:
    """A stay in an open stage; `until` None while it lasts, `decided` when it ended with the deal."""

    stage: str
    since: date
    until: date | None
    decided: bool

    def holds(self, day: date) -> bool:
        """Whether a change of that day is one of this stay: moves come before it, the decision after it."""
        return self.since <= day and (self.until is None or self.decided or day < self.until)


def _visits(deal: DealRecord, entered: date) -> list[_Visit]:
    """The stays that the source tells; the last one ends with the deal. Before the first move it stands in none."""
    last = deal.closed or date.max
    moves = [move for move in deal.moves if move.day <= last]
    while moves and moves[-1].outcome is not Outcome.OPEN:
        moves.pop()
    ends = [max(move.day, entered) for move in moves[1:]]
    return [
        _Visit(move.stage, max(move.day, entered), until or deal.closed, until is None)
        for move, until in zip_longest(moves, ends)
        if move.outcome is Outcome.OPEN
    ]


def _visited(visit: _Visit, number: int, worths: Sequence[Worth]) -> Iterator[tuple[Fact, int]]:
    """Entering and leaving: moves come before the changes of their day, the decision after them."""
    came = _before(worths, visit.since)
    yield Fact(FactKind.STAGE_ENTERED, visit.since, "", WHOLE, came, stage=visit.stage, ordinal=number), 0
    if visit.until:
        left = worths[-1][1] if visit.decided else _before(worths, visit.until)
        stayed = min((visit.until - visit.since).days * DAY, LONGEST)
        yield (
            Fact(FactKind.STAGE_LEFT, visit.until, "", WHOLE, left, "", visit.stage, number, seconds=stayed),
            0,
        )


def _before(worths: Sequence[Worth], day: date) -> int:
    """The open amount before the changes of a day; from its entry on there is one."""
    return next((amount for since, amount, _ in reversed(worths) if since < day), worths[0][1])
