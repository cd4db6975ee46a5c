"""What other files tell of a deal: its stages, open amounts and expected closing days, in the order of time."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from upswing.connectors.files.parts import taken
from upswing.connectors.files.sheet import Sheet
from upswing.core.records import Outcome, StageMove


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


def amounts_of(sheet: Sheet, key: str) -> tuple[tuple[date, Decimal], ...]:
    """The open amounts told, in the deal's own currency."""
    return tuple((moment.day, amount) for moment, amount, *_ in taken(sheet.parts.amounts, key))


def closes_of(sheet: Sheet, key: str) -> tuple[tuple[date, date], ...]:
    """Earlier expectations of the closing day, each with the day it was made."""
    told: list[tuple[date, date]] = []
    for moment, expected, *_ in taken(sheet.parts.closes, key):
        if not told or told[-1][1] != expected:
            told.append((moment.day, expected))
    return tuple(told)
