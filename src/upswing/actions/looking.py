"""Keep who looked at whose figures, so that each person can see it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from upswing.book.models import Credit
from upswing.people.looks import OPERATOR, What
from upswing.people.models import Look, Person
from upswing.people.viewer import Viewer


def looked(viewer: Viewer, people: Collection[UUID], what: What, now: datetime) -> None:
    """Keep that these people's figures were shown, once a day; one's own look is nobody else's business."""
    if not (others := set(people) - {viewer.person_id}):
        return
    by = viewer.person_name or OPERATOR
    door = {"by": by[:254], "what": what.value, "via": viewer.via[:16], "day": viewer.at}
    kept = Look.objects.unscoped("whether it was kept already").filter(person__uid__in=others, **door)
    missing = others - set(kept.values_list("person__uid", flat=True))
    if not missing:
        return
    shown = Person.objects.unscoped("whoever was shown").filter(uid__in=missing).values_list("id", flat=True)
    Look.objects.bulk_create(
        [Look(person_id=person, first=now, **door) for person in shown], ignore_conflicts=True, batch_size=500
    )


def looked_at_deals(viewer: Viewer, deals: Collection[UUID], now: datetime) -> None:
    """Keep that deals, or what is offered in them, were shown: it concerns everybody who has a part in them."""
    having = Credit.objects.filter(deal__uid__in=deals).values_list("person__uid", flat=True)
    looked(viewer, set(having), What.PIPELINE, now)
