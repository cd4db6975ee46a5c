"""What was said last of one person's period: their own commit, and the view of whoever leads them."""

from __future__ import annotations

from uuid import UUID

from upswing.core.period import Period
from upswing.goals.commits import Commit, Whose
from upswing.people.viewer import Viewer
from upswing.queries.forecast import Said
from upswing.queries.organisation import local
from upswing.queries.scorecard import seen


def committed(viewer: Viewer, rep: UUID, period: Period) -> tuple[Said | None, Said | None]:
    """The latest commit, and the latest view of it; None where nobody said anything. Raises NotVisible."""
    rows = Commit.objects.unscoped("of somebody seen").filter(person=seen(viewer, rep), period=period.slug)
    told = {
        Whose(row.whose): Said(row.amount_minor, row.reason, row.by, local(row.at))
        for row in rows.order_by("at", "id")
    }
    return told.get(Whose.REP), told.get(Whose.MANAGER)
