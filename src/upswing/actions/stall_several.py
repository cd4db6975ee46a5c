"""Set several stalled deals aside at one moment, and take all of it back."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from upswing.actions import stalls
from upswing.actions.permission import NotAllowed
from upswing.actions.written import signed_by
from upswing.core.wording import worded
from upswing.people.viewer import Viewer
from upswing.queries.outlooks import Past, past
from upswing.queries.stalls import standing_since

MOST = 200
"""Cases that are set aside at once."""


@transaction.atomic
def set_aside(viewer: Viewer, cases: Collection[UUID], at: datetime) -> int:
    """How many were set aside: agreed to by whose deal it is, confirmed by who leads them.

    One that has its answer by now, or has moved on, stays as it is. Raises NotVisible where the viewer may not see one
    of them, and NotAllowed for none, for more than MOST, and where none could be set aside.
    """
    if not cases:
        raise NotAllowed(worded("No deal is chosen. Tick those that are to be set aside."))
    if len(cases) > MOST:
        raise NotAllowed(
            worded(
                "{count} deals are more than are set aside at once. Choose {most} at most.",
                count=len(cases),
                most=MOST,
            )
        )
    return _each(viewer, sorted(cases), lambda case, known: stalls.set_aside(viewer, case, at, known))


@transaction.atomic
def take_back_all(viewer: Viewer, moment: datetime, at: datetime) -> int:
    """How many of those that the viewer set aside at one moment are no longer.

    What was answered otherwise since, or has gone on, stays as it is.
    Raises NotAllowed where none can be taken back.
    """
    cases = standing_since(viewer, moment, signed_by(viewer))
    if not cases:
        raise NotAllowed(worded("Of what you set aside at that moment nothing is left to be taken back."))
    return _each(viewer, cases, lambda case, known: stalls.take_back(viewer, case, at, known))


def _each(viewer: Viewer, cases: Sequence[UUID], deed: Callable[[UUID, Past], None]) -> int:
    """Of how many it was done, with all deals loaded once; raises what refused the first where it was of none.

    The cases are in one order, so that two who do it at once wait for each other.
    """
    known, refused = past(viewer.at), list[NotAllowed]()
    for case in cases:
        try:
            deed(case, known)
        except NotAllowed as why:
            refused.append(why)
    if len(refused) == len(cases):
        raise refused[0]
    return len(cases) - len(refused)
