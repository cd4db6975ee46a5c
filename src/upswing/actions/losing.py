"""A deal is lost, and why; a loss that was a slip is taken back."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from upswing.actions.moved import called, moving, put, refuse_decided, usual_word
from upswing.actions.permission import Incomplete, NotAllowed
from upswing.actions.quoted import change, deal_for
from upswing.actions.written import one_line, signed_by
from upswing.book.evidence import LONGEST_REASON, MoveNote
from upswing.book.models import Deal, StageMove
from upswing.core.records import Outcome
from upswing.core.wording import worded
from upswing.people.viewer import Viewer
from upswing.queries.deal import loss_here

LOST = "Lost"
"""What the stage of lost deals is called as long as no source has a word for it."""


@transaction.atomic
def lose(viewer: Viewer, deal: UUID, reason: str, now: datetime) -> None:
    """Close the deal as lost today. Raises NotVisible, NotAllowed where it is decided, Incomplete without a reason."""
    found, said = deal_for(viewer, deal), one_line(reason)
    refuse_decided(found)
    if not said:
        raise Incomplete((worded("Say in a few words why “{deal}” was lost.", deal=called(found)),))
    if len(said) > LONGEST_REASON:
        raise Incomplete(
            (worded("The reason has {length} characters; write at most {most}.",
                    length=len(said), most=LONGEST_REASON),)
        )  # fmt: skip
    with moving(found):
        note = put(viewer, found, usual_word(found, bool, Outcome.LOST, LOST), Outcome.LOST, now)
        change(found, reason=said[: Deal._meta.get_field("reason").max_length])
        note.reason = said
        note.save()


@transaction.atomic
def take_back_loss(viewer: Viewer, deal: UUID, now: datetime) -> None:
    """The deal stands where it stood before it was marked as lost here.

    Raises NotVisible, and NotAllowed where it is not lost, or was not marked so here.
    """
    found = deal_for(viewer, deal)
    loss = loss_here(found)
    if loss is None:
        raise NotAllowed(
            worded(
                "“{deal}” was not marked as lost here. What its source tells of it is mended there.",
                deal=called(found),
            )
        )
    with moving(found):
        last = StageMove.objects.filter(deal=found, outcome=Outcome.LOST.value).order_by("-number").first()
        if last is not None:
            last.delete()
        change(found, stage=loss.origin, outcome=Outcome.OPEN.value, closed=None, reason="")
        MoveNote.objects.create(
            deal=found, origin=loss.stage, stage=loss.origin, outcome=Outcome.OPEN.value, day=viewer.at,
            by=signed_by(viewer), at=now,
        )  # fmt: skip
