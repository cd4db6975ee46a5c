"""A large book of deals: years of decided ones and thousands that stand open, in stages, written in bulk."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Any, NamedTuple

from benchmarks.filling import AT, _people

STAGES = ("Need agreed", "Solution seen", "Offer in hand", "Terms settled")
YEARS, SEED, BLOCK = 3, 1, 2_000
FIRST = AT - timedelta(days=365 * YEARS)


class Drawn(NamedTuple):
    """One deal as it is written."""

    deal: Any
    rep: int
    moves: list[tuple[str, date, str]]
    amounts: list[tuple[date, int]]


def fill(still_open: int, decided: int, reps: int = 200) -> list[int]:
    """Put so many reps, open deals and decided deals in place; returns the reps' ids."""
    from upswing.book.models import AmountChange, Credit, Deal, StageMove
    from upswing.intake.models import Batch, Source

    ids = _people(reps)
    source = Source.objects.create(key="deals", name="Deals")
    started = datetime(AT.year, AT.month, AT.day, tzinfo=UTC)
    batch = Batch.objects.create(source=source, started=started, finished=started)
    drawn = _drawn(ids, still_open, decided, source, batch)
    while block := list(islice(drawn, BLOCK)):
        deals = Deal.objects.bulk_create([each.deal for each in block])
        Credit.objects.bulk_create(
            Credit(deal=deal, person_id=each.rep, weight=1) for deal, each in zip(deals, block, strict=True)
        )
        StageMove.objects.bulk_create(
            StageMove(deal=deal, number=number, stage=stage, day=day, outcome=outcome)
            for deal, each in zip(deals, block, strict=True)
            for number, (stage, day, outcome) in enumerate(each.moves)
        )
        AmountChange.objects.bulk_create(
            AmountChange(deal=deal, number=number, day=day, amount_minor=minor)
            for deal, each in zip(deals, block, strict=True)
            for number, (day, minor) in enumerate(each.amounts)
        )
    _analyse()
    return ids


def _drawn(reps: list[int], still_open: int, decided: int, source: Any, batch: Any) -> Iterator[Drawn]:
    from numpy.random import default_rng

    from upswing.book.models import Deal

    random, days = default_rng(SEED), (AT - FIRST).days
    for number in range(still_open + decided):
        is_open = number < still_open
        entered = FIRST + timedelta(days=int(random.integers(days - 200 if is_open else 0, days)))
        worth, rep = int(random.lognormal(13.9, 0.7)), reps[int(random.integers(len(reps)))]
        reached = int(random.integers(1, len(STAGES) + 1))
        waits = random.geometric(0.06, reached + 1).cumsum()
        moves = [(STAGES[0], entered, "open")]
        moves += [
            (STAGES[step], day, "open")
            for step in range(1, reached)
            if (day := entered + timedelta(days=int(waits[step - 1]))) <= AT
        ]
        closed, outcome = None, "open"
        if not is_open:
            closed = min(AT, entered + timedelta(days=int(waits[-1])))
            moves = [move for move in moves if move[1] <= closed]
            outcome = "won" if random.random() < 0.3 else "lost"
            moves.append((outcome.title(), closed, outcome))
        due = None if closed else entered + timedelta(days=int(random.integers(30, 260)))
        deal = Deal(
            source=source, batch=batch, external_id=f"B{number}", file="", row=0, digest="", name=f"Deal {number}",
            stage=moves[-1][0], outcome=outcome, created=entered, closed=closed, expected_close=due,
            amount_minor=worth if outcome == "won" else None, expected_minor=worth,
        )  # fmt: skip
        changes = [(moves[-1][1], worth + 10_000)] if is_open and number % 3 == 0 else []
        yield Drawn(deal, rep, moves, changes)


def _analyse() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
