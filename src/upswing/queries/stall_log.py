"""A stalled deal's case for whoever answers it: its log, and what the log makes of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from upswing.core.forecast.cases import Ended
from upswing.goals.stalls import StallCase
from upswing.people.viewer import Viewer
from upswing.queries.hands import Hands, hands_on
from upswing.queries.stall_shown import StepShown, step_shown
from upswing.queries.stalls import seen_case


@dataclass(frozen=True, slots=True)
class CaseLog:
    """`due` is the last day to answer; `outcome` is None while it is open, `rests` until when the deal waits."""

    id: UUID
    deal_id: UUID
    due: date
    outcome: Ended | None
    rests: date | None
    steps: tuple[StepShown, ...]
    hands: Hands


def stall_log(viewer: Viewer, uid: UUID) -> CaseLog:
    """No forecast is worked out for it, so that an answer keeps nobody waiting. Raises NotVisible."""
    rows = StallCase.objects.unscoped("seen by the viewer").select_related("deal")
    row = rows.get(pk=seen_case(viewer, uid))
    steps = tuple(map(step_shown, row.steps.order_by("number")))
    outcome = Ended(row.outcome) if row.outcome else None
    return CaseLog(row.uid, row.deal.uid, row.due, outcome, row.rests, steps, hands_on(viewer, row.deal_id))
