"""What a program sends to show that a deal may move: each criterion by what it asks for."""

from __future__ import annotations

from ninja.errors import HttpError

from upswing.actions.moving import Proofs, Shown
from upswing.api.amounts import minor_of
from upswing.api.schemas.deals import MoveIn, ShownIn
from upswing.core.pipelines import Criterion, Proof
from upswing.queries.ways import Way

FIELDS = {Proof.DATE: "day", Proof.AMOUNT: "amount", Proof.PERSON: "person", Proof.DOCUMENT: "document"}
"""Where each is told."""


def proofs_of(way: Way | None, body: MoveIn, currency: str) -> Proofs:
    """As the move takes them; nothing where there is no such way, which the move refuses itself.

    Raises HttpError for what the stage does not ask for, and for what does not show it.
    """
    asked = {each.key: each for each in way.stage.criteria} if way else {}
    if way and (strange := [key for key in body.shown if key not in asked]):
        known = ", ".join(asked) or "nothing"
        raise HttpError(
            422, f"shown.{strange[0]}: “{way.stage.name}” asks for {known}. Leave the others out."
        )
    return {key: _shown(each, body.shown[key], currency) for key, each in asked.items() if key in body.shown}


def _shown(asked: Criterion, sent: ShownIn, currency: str) -> Shown:
    proof, name = asked.proof or Proof.DOCUMENT, f"shown.{asked.key}"
    amount = None if sent.amount is None else minor_of(sent.amount, currency, f"{name}.amount")
    found = Shown(sent.day, amount, sent.person, sent.document)
    if not found.shows(proof):
        raise HttpError(422, f"{name}: “{asked.text}” is shown by “{FIELDS[proof]}”. Send that.")
    return found
