"""A deal for whoever does something about it: where it stands, what was said of it, which ways it has."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from upswing.core.records import Outcome
from upswing.people.viewer import Viewer
from upswing.queries.categories import SaidOf, said_of
from upswing.queries.deal import deal_for_reading
from upswing.queries.hands import Hands, hands_on
from upswing.queries.ways import Ways, ways


@dataclass(frozen=True, slots=True)
class DealNow:
    """`stage` as its source calls it; `said` has the latest first; `hands` is what the viewer is to it."""

    id: UUID
    stage: str
    outcome: Outcome
    closed: date | None
    said: tuple[SaidOf, ...]
    hands: Hands
    ways: Ways


def deal_now(viewer: Viewer, uid: UUID) -> DealNow:
    """No forecast is worked out for it, so that a deed keeps nobody waiting. Raises NotVisible."""
    row = deal_for_reading(viewer, uid)
    return DealNow(
        row.uid, row.stage, Outcome(row.outcome), row.closed, said_of(row.pk), hands_on(viewer, row.pk),
        ways(row, viewer.at),
    )  # fmt: skip
