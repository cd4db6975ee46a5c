"""Say that a number looks wrong, and settle what was said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from upswing.actions.permission import NotAllowed
from upswing.coaching.models import Dispute
from upswing.core.wording import worded
from upswing.people.looks import OPERATOR
from upswing.people.models import Person
from upswing.people.viewer import NotVisible, Viewer
from upswing.queries.disputes import may_settle
from upswing.queries.formulas import named
from upswing.queries.scorecard import seen

LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it stood: whose, of what, of which period (slug), as of which day, how it read."""

    rep: UUID
    metric: str
    period: str
    day: date
    shown: str


@transaction.atomic
def dispute(viewer: Viewer, number: Number, text: str, now: datetime) -> UUID:
    """Mark the number until it is settled. Raises NotVisible, UnknownMetric, NotAllowed where it is marked already."""
    person, text = seen(viewer, number.rep), _said(text, worded("what looks wrong"))
    key = named(number.metric, number.day).key
    if (
        Dispute.objects.seen_by(viewer)
        .filter(person=person, metric=key, period=number.period, settled=None)
        .exists()
    ):
        raise NotAllowed(worded("This number is in dispute already. What was said stands below it."))
    by = (
        Person.objects.unscoped("who says it").filter(uid=viewer.person_id).first()
        if viewer.person_id
        else None
    )
    row = Dispute.objects.create(
        person=person, metric=key, period=number.period[:32], day=number.day, shown=number.shown[:100], text=text,
        by=by, said_by=viewer.person_name or OPERATOR, said=now,
    )  # fmt: skip
    return row.uid


@transaction.atomic
def settle(viewer: Viewer, uid: UUID, answer: str, now: datetime) -> None:
    """Answer it; the mark goes. Raises NotVisible, and NotAllowed for whoever said it or was not asked."""
    rows = Dispute.objects.seen_by(viewer).select_related("person", "by")
    row = rows.select_for_update(of=("self",)).filter(uid=uid).first()
    if row is None:
        raise NotVisible("There is no such dispute.")
    if row.settled:
        raise NotAllowed(
            worded(
                "{settled_by} settled this on {settled} already.",
                settled_by=row.settled_by,
                settled=row.settled.date(),
            )
        )
    if not may_settle(viewer, row):
        raise NotAllowed(
            worded("A number is settled by a manager or by revenue operations, not by who says it is wrong.")
        )
    Dispute.objects.seen_by(viewer).filter(pk=row.pk).update(
        answer=_said(answer, worded("your answer")), settled_by=viewer.person_name or OPERATOR, settled=now
    )


def _said(text: str, what: str) -> str:
    text = text.replace("\0", "").strip()
    if not 0 < len(text) <= LONGEST:
        raise NotAllowed(
            worded(
                "Write {what} in 1 to {most} characters; this has {length}.",
                what=what,
                most=LONGEST,
                length=len(text),
            )
        )
    return text
