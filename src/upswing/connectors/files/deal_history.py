"""What other files tell of a deal: its stages, open amounts and expected closing days, in the order of time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from upswing.connectors.files.money import Rate
from upswing.connectors.files.parts import taken
from upswing.connectors.files.sheet import Sheet
from upswing.core.records import Outcome, StageMove


@dataclass(frozen=True, slots=True)
class Worth:
    """What a deal was worth when it entered the pipeline, and each later open amount with its day; minor units."""

    expected: int | None
    amounts: tuple[tuple[date, int], ...] = ()


def moves_of(
    sheet: Sheet, key: str, stage: str, outcome: Outcome, created: date | None, closed: date | None
) -> tuple[StageMove, ...]:
    """The moves told, each stage once while the deal stays in it; the decision is added where it is missing.

    Moves of one day stand in the order of the stages. Without any the file tells one: into the present stage.
    """
    moves: list[StageMove] = []
    for moment, _, into, means, *_ in taken(sheet.parts.moves, key):
        if not moves or moves[-1].stage != into:
            moves.append(StageMove(into, moment.day, means))
    now = closed if outcome is not Outcome.OPEN else created
    if not moves:
        return (StageMove(stage, now, outcome),) if now else ()
    last = moves[-1]
    if closed and last.day > closed:
        sentence = (
            f"the deal {key} was decided on {closed}, and moved into {last.stage} on {last.day}, after that."
        )
        sheet.tell("moved_later", key, "closed", closed.isoformat(), sentence)
    if closed and last.outcome is Outcome.OPEN:
        moves.append(StageMove(stage, max(closed, last.day), outcome))
    elif last.stage != stage:
        sentence = (
            f"the deal {key} stands in {stage}, and its last move, on {last.day}, led into {last.stage}."
        )
        sheet.tell("stage_differs", key, "stage", stage, sentence)
    return tuple(moves)


def worth_of(
    sheet: Sheet, key: str, created: date | None, expected: int | None, price: int | None, rate: Rate
) -> Worth:
    """The open amounts told; the last one until the day of creation is what the deal entered with.

    Where the first amount that is told came later, nobody knows what it entered with: the list price stands for it,
    else that first amount.
    """
    told: list[tuple[date, int]] = []
    for moment, amount, *_ in taken(sheet.parts.amounts, key):
        minor = rate.minor(amount)
        if minor is not None and not (told and told[-1][1] == minor):
            told.append((moment.day, minor))
    if not told:
        return Worth(expected)
    before = [minor for day, minor in told if created and day <= created]
    entered = before[-1] if before else price if price is not None else told[0][1]
    return Worth(entered, tuple(told[len(before) :]))


def closes_of(sheet: Sheet, key: str) -> tuple[tuple[date, date], ...]:
    """Earlier expectations of the closing day, each with the day it was made."""
    told: list[tuple[date, date]] = []
    for moment, expected, *_ in taken(sheet.parts.closes, key):
        if not told or told[-1][1] != expected:
            told.append((moment.day, expected))
    return tuple(told)
