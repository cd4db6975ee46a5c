"""Numbers that look wrong to somebody: those of one person, and those that wait for an answer."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from upswing.coaching.models import Dispute
from upswing.people.viewer import Viewer
from upswing.queries.scorecard import seen


@dataclass(frozen=True, slots=True)
class DisputeShown:
    """What somebody said about a number, and what was answered; open while `settled` is None.

    `may_settle` says whether the asking person may answer it.
    """

    id: UUID
    rep: str
    rep_id: UUID
    metric: str
    period: str
    day: date
    shown: str
    text: str
    said_by: str
    said: datetime
    answer: str
    settled_by: str
    settled: datetime | None
    may_settle: bool


def disputes(viewer: Viewer, rep: UUID, metric: str, period: str) -> tuple[DisputeShown, ...]:
    """What was said about one number, the latest first; raises NotVisible when there is no such rep for this viewer."""
    person = seen(viewer, rep)
    return _shown(viewer, _all(viewer).filter(person=person, metric=metric, period=period).order_by("-said"))


def disputed(viewer: Viewer, reps: Collection[UUID], period: str) -> frozenset[tuple[UUID, str]]:
    """(rep, metric) of the numbers of a period that are in dispute, of those whom the viewer may see."""
    rows = _all(viewer).filter(person__uid__in=reps, period=period, settled=None)
    return frozenset(rows.values_list("person__uid", "metric"))


def open_disputes(viewer: Viewer) -> tuple[DisputeShown, ...]:
    """Those that the viewer may settle, the oldest first."""
    rows = _all(viewer).filter(settled=None).order_by("said")
    return tuple(one for one in _shown(viewer, rows) if one.may_settle)


def may_settle(viewer: Viewer, row: Dispute) -> bool:
    """Whoever answers for the data; else a manager of the rep, but nobody settles what they said themselves."""
    if viewer.operates:
        return True
    own = viewer.person_id in {row.person.uid, row.by.uid if row.by else None}
    return not own and viewer.sight.may_see(row.person_id)


def _all(viewer: Viewer) -> QuerySet[Dispute]:
    return Dispute.objects.seen_by(viewer).select_related("person", "by")


def _shown(viewer: Viewer, rows: QuerySet[Dispute]) -> tuple[DisputeShown, ...]:
    return tuple(
        DisputeShown(
            row.uid, row.person.name, row.person.uid, row.metric, row.period, row.day, row.shown, row.text, row.said_by,
            row.said, row.answer, row.settled_by, row.settled, row.settled is None and may_settle(viewer, row),
        )
        for row in rows
    )  # fmt: skip
