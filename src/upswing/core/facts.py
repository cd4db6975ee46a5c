"""What counts: a fact is one dated thing about one rep, made from a record.

Facts are disposable: settling the same records again gives the same facts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from upswing.core.money import allocate
from upswing.core.records import DealRecord, Outcome

WHOLE = 1_000_000
"""Credit is counted in millionths, so that the shares of a deal add up to exactly one deal."""


class FactKind(StrEnum):
    """Kinds of fact. A new kind is one member here and its settle rule below."""

    DEAL_CREATED = "deal_created"
    DEAL_OBSERVED = "deal_observed"
    DEAL_AMENDED = "deal_amended"
    DEAL_CLOSED = "deal_closed"
    DEAL_WON = "deal_won"


@dataclass(frozen=True, slots=True)
class Fact:
    """One dated thing about one rep.

    `share` is the rep's credit in millionths; `amount` is the rep's part in minor units of the
    organisation's currency. `ordinal` tells apart facts of one kind made from one record.
    """

    kind: FactKind
    day: date
    rep: str
    share: int
    amount: int
    outcome: str = ""
    stage: str = ""
    ordinal: int = 0


def settle(deal: DealRecord) -> tuple[Fact, ...]:
    """Facts of one deal, split among the reps who share its credit.

    - created on the day it was created; a deal whose creation day is unknown is *observed* on the day
      the source was read and counts as open from then on, but not as created
    - amended by each later change of the open amount (the difference)
    - closed on the day it was decided, with the open amount that left the pipeline and the outcome
    - won, with the amount it was won for

    A deal that was closed before it could be seen open (no creation day) is observed, worth nothing, on the
    day it was decided: it enters and leaves the count of open deals at once and never stands open. Amounts
    known from before a deal entered count from its entry on. Raises ValueError without any credit.
    """
    return tuple(part for fact, before in _whole(deal) for part in _split(fact, before, deal.credit))


def _whole(deal: DealRecord) -> Iterator[tuple[Fact, int]]:
    """Undivided facts, each with the open amount that stood before it."""
    entered = _entry(deal)
    if entered:
        yield entered, 0
    amount = entered.amount if entered else 0
    for change in _changes(deal, entered) if entered else ():
        yield change, amount
        amount += change.amount
    if deal.closed and deal.outcome is not Outcome.OPEN:
        outcome = deal.outcome.value
        yield Fact(FactKind.DEAL_CLOSED, deal.closed, "", WHOLE, amount, outcome, deal.stage), 0
        if deal.outcome is Outcome.WON:
            won = deal.amount_minor or 0
            yield Fact(FactKind.DEAL_WON, deal.closed, "", WHOLE, won, outcome, deal.stage), 0


def _entry(deal: DealRecord) -> Fact | None:
    still_open = deal.outcome is Outcome.OPEN
    kind = FactKind.DEAL_CREATED if deal.created else FactKind.DEAL_OBSERVED
    day = deal.created or (deal.observed if still_open else deal.closed)
    amount = deal.expected_minor if deal.created or still_open else 0
    return Fact(kind, day, "", WHOLE, amount or 0, stage=deal.stage) if day else None


def _changes(deal: DealRecord, entered: Fact) -> Iterator[Fact]:
    """What each later amount adds, while the deal stands open."""
    amount = entered.amount
    for number, (known, new) in enumerate(sorted(deal.amounts, key=lambda change: change[0])):
        day = max(known, entered.day)
        if new != amount and day <= (deal.closed or date.max):
            yield Fact(FactKind.DEAL_AMENDED, day, "", WHOLE, new - amount, stage=deal.stage, ordinal=number)
            amount = new


def _split(fact: Fact, before: int, credit: Sequence[tuple[str, int]]) -> tuple[Fact, ...]:
    """One fact a rep; shares and amounts are allotted by largest remainder, so nothing is lost.

    A change is what a rep's part becomes less what it was `before`, so that parts too end at nothing.
    """
    weight = Counter[str]()
    for rep, part in credit:
        weight[rep] += part
    reps = sorted(weight)
    shares, was, becomes = (
        allocate(total, [weight[rep] for rep in reps]) for total in (fact.share, before, before + fact.amount)
    )
    return tuple(
        Fact(fact.kind, fact.day, rep, share, new - old, fact.outcome, fact.stage, fact.ordinal)
        for rep, share, old, new in zip(reps, shares, was, becomes, strict=True)
    )
