"""Bring the kept files of an import once more: after names were said, or rows mended elsewhere."""

from __future__ import annotations

import tomllib
from datetime import datetime
from uuid import UUID

from django.db import transaction

from upswing.actions.batches import batch_for
from upswing.actions.drafts import Draft, begin, map_as
from upswing.actions.rejected import LOOK, given_files
from upswing.connectors.connector import Unreadable
from upswing.people.viewer import Viewer


@transaction.atomic
def again(viewer: Viewer, uid: UUID, now: datetime, by: int | None = None) -> Draft:
    """A draft of the same files with the same mapping; raises NotAllowed, NotVisible, and Unreadable without them."""
    batch = batch_for(viewer, uid, LOOK)
    if not batch.toml:
        raise Unreadable("The mapping of this import was not kept. Drop its files again.")
    draft = begin(viewer, given_files(batch), now, by)
    map_as(viewer, draft, tomllib.loads(batch.toml), batch.mapping)
    return draft
