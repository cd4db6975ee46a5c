"""An import that is to be worked on."""

from __future__ import annotations

from uuid import UUID

from upswing.actions.permission import needs_operator
from upswing.intake.models import Batch
from upswing.people.viewer import NotVisible, Viewer


def batch_for(viewer: Viewer, uid: UUID, purpose: str) -> Batch:
    """The import, with its source; raises NotAllowed for whoever may not do what `purpose` says, and NotVisible."""
    needs_operator(viewer, purpose)
    batch = Batch.objects.filter(uid=uid).select_related("source").first()
    if batch is None:
        raise NotVisible(f"There is no import {uid}. `upswing batches` lists them.")
    return batch
