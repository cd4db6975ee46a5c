"""Whether an import can be taken back, and what stands on it where it cannot."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from upswing.actions.permission import needs_operator
from upswing.actions.standing_on import standing_on
from upswing.intake.models import Batch
from upswing.people.viewer import NotVisible, Viewer


def stands_on(viewer: Viewer, uid: UUID, now: datetime) -> list[str]:
    """Sentences that say what stands on the batch and what to do; empty where it can be taken back.

    Raises NotAllowed, and NotVisible when there is no such batch.
    """
    needs_operator(viewer, "take an import back")
    batch = Batch.objects.select_related("source").filter(uid=uid).first()
    if batch is None:
        raise NotVisible("There is no such import.")
    return standing_on(batch, now)
