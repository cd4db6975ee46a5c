"""What was said last of a period: people's own commits, and the views of whoever leads them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from upswing.core.period import Period
from upswing.goals.commits import Commit, Whose
from upswing.people.viewer import Viewer
from upswing.queries.organisation import day_after, local
from upswing.queries.scorecard import seen


@dataclass(frozen=True, slots=True)
class CommitShown:
    """What somebody said a period will bring, in minor units; `reason` is there for a manager's view."""

    amount: int
    reason: str
    by: str
    at: datetime


def committed(viewer: Viewer, rep: UUID, period: Period) -> tuple[CommitShown | None, CommitShown | None]:
    """One person's latest commit, and the latest view of it; None where nobody said anything. Raises NotVisible."""
    person = seen(viewer, rep).pk
    told = commits_of([person], period, viewer.at)
    return told.get((person, Whose.REP)), told.get((person, Whose.MANAGER))


def commits_of(people: Iterable[int], period: Period, at: date) -> dict[tuple[int, Whose], CommitShown]:
    """The latest of each person and kind, said by the close of a day."""
    rows = Commit.objects.unscoped("of people the viewer may see").filter(
        person__in=list(people), period=period.slug, at__lt=day_after(at)
    )
    return {
        (row.person_id, Whose(row.whose)): CommitShown(row.amount_minor, row.reason, row.by, local(row.at))
        for row in rows.order_by("at", "id")
    }
