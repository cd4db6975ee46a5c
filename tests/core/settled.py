"""Facts read and added up, the slow way."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from upswing.core.facts import WHOLE, Fact
from upswing.core.measures import FLOWS, NEW_FLOWS, STAGE_FLOWS, Flow, Of, Stock

FAR = date(2030, 1, 1)


def shown(facts: Sequence[Fact]) -> list[tuple[str, date, str, int, int]]:
    """What is told of each fact of a deal: kind, day, rep, share and amount."""
    return [(fact.kind.value, fact.day, fact.rep, fact.share, fact.amount) for fact in facts]


def dated(facts: Sequence[Fact]) -> dict[str, date]:
    """Kind → day, of facts that there are once a kind."""
    assert len({fact.kind for fact in facts}) == len(facts)
    return {fact.kind.value: fact.day for fact in facts}


def summed(facts: Sequence[Fact], flow: Flow, until: date = FAR, rep: str = "") -> int:
    """The flow over all days until one, of one rep or of all."""
    chosen = [
        fact
        for fact in facts
        if fact.kind is flow.kind
        and fact.day <= until
        and rep in ("", fact.rep)
        and (not flow.outcomes or fact.outcome in flow.outcomes)
    ]
    return sum(getattr(fact, flow.of.value) for fact in chosen)


def standing(facts: Sequence[Fact], stock: Stock, at: date, rep: str = "") -> int:
    """What stands at the close of a day."""
    entered, left = (
        sum(summed(facts, flow, at, rep) for flow in flows) for flows in (stock.enters, stock.leaves)
    )
    return entered - left


def staged(facts: Sequence[Fact], stage: str) -> list[Fact]:
    """The facts of one stage."""
    return [fact for fact in facts if fact.stage == stage]


def counted(facts: Sequence[Fact]) -> dict[str, int]:
    """Flow → its sum, where there is any; credits in whole records."""
    sums = {
        flow.key: summed(facts, flow) // (WHOLE if flow.of is Of.CREDIT else 1)
        for flow in FLOWS + STAGE_FLOWS + NEW_FLOWS
    }
    return {key: value for key, value in sums.items() if value}
