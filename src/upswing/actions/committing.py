"""Say what a period will bring: a rep commits to a sum, whoever leads them says their own view of it, and why."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from upswing.actions.permission import NotAllowed
from upswing.actions.written import one_line, signed_by
from upswing.core.people import AccessRole
from upswing.core.period import Period
from upswing.core.wording import worded
from upswing.goals.commits import REASON_LENGTH, Commit, Whose
from upswing.people.models import Person
from upswing.people.viewer import Viewer
from upswing.queries.scorecard import seen

MOST_MINOR = 10**15


@transaction.atomic
def commit(viewer: Viewer, rep: UUID, period: Period, minor: int, reason: str, now: datetime) -> None:
    """Keep what the viewer expects a rep to win in a period, in minor units: their own commit, or a view of a rep's.

    The figure that is computed never changes by it. Raises NotVisible, and NotAllowed with what to write.
    """
    person, reason = seen(viewer, rep), one_line(reason)
    whose = Whose.REP if viewer.person_id == rep else Whose.MANAGER
    _refuse(viewer, person, period, minor, reason, whose)
    Commit.objects.create(
        person=person, whose=whose.value, period=period.slug, amount_minor=minor, reason=reason,
        by=signed_by(viewer), at=now,
    )  # fmt: skip


def _refuse(viewer: Viewer, person: Person, period: Period, minor: int, reason: str, whose: Whose) -> None:
    if viewer.role is AccessRole.AUDITOR:
        raise NotAllowed(worded("Auditors read forecasts; they do not change them."))
    if period.last < viewer.at:
        raise NotAllowed(
            worded(
                "{slug} is over: nothing is foreseen of it any more. Choose a running period.",
                slug=period.slug,
            )
        )
    if not 0 <= minor <= MOST_MINOR:
        raise NotAllowed(
            worded("A commit is a sum of 0 or more. Write what will be won in the whole period.")
        )
    if len(reason) > REASON_LENGTH:
        raise NotAllowed(
            worded(
                "The reason has {length} characters; write at most {most}.",
                length=len(reason),
                most=REASON_LENGTH,
            )
        )
    if whose is Whose.MANAGER and not reason:
        raise NotAllowed(
            worded(
                "Say in a sentence why you see it so: {name} reads it beside your figure.", name=person.name
            )
        )
