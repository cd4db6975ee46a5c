"""Open deals one by one, as a list or a board shows them: with the next step, and who was last in touch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import numpy as np
from django.db.models import Max, Min

from upswing.book.models import Activity, Deal
from upswing.core.forecast.categories import Category
from upswing.core.forecast.replay import NEVER
from upswing.core.records import ActivityKind, Happened
from upswing.people.viewer import Viewer
from upswing.queries.holding import Holding, State
from upswing.queries.organisation import day_after


@dataclass(frozen=True, slots=True)
class Item:
    """An open deal. Money in minor units, the part of the people asked about; ages and limits in days.

    `over` says that it has been in its stage for longer than the limit, and does not rest, whatever its state.
    `said` is what people say of it. `weight` is what its stage counts, `chance` how likely it is won in the period,
    both 0-1. `contact` is when somebody last reached out, `meeting` when the next meeting is due.
    """

    id: UUID
    key: int
    name: str
    account: str
    reps: tuple[str, ...]
    stage: str
    stage_name: str
    state: State
    age: int
    stage_age: int
    limit: int
    over: bool
    said: Category
    amount: int
    weight: float
    chance: float
    expected: date | None
    rests: date | None
    contact: datetime | None
    meeting: datetime | None


def items_of(viewer: Viewer, book: Holding, shown: np.ndarray) -> dict[int, Item]:
    """The deals at these places of the holding, in this order."""
    ids = book.found.ids[book.ours.place[shown]].tolist()
    rows = {
        row.id: row
        for row in Deal.objects.seen_by(viewer)
        .filter(id__in=ids)
        .select_related("account")
        .prefetch_related("credits__person")
    }
    contacts, meetings = _touched(ids, book.found.outlook.at)
    return {
        at: _item(rows[deal], book, at, contacts.get(deal), meetings.get(deal))
        for deal, at in zip(ids, shown.tolist(), strict=True)
        if deal in rows
    }


def _item(row: Deal, book: Holding, at: int, contact: datetime | None, meeting: datetime | None) -> Item:
    outlook, place, key = book.found.outlook, int(book.ours.place[at]), str(book.keys[at])
    standing = outlook.standing
    return Item(
        row.uid, row.id, row.name or row.external_id, row.account.name if row.account else "",
        tuple(credit.person.name for credit in row.credits.all()), key, book.naming.names.get(key, key),
        list(State)[int(book.states[at])], int(standing.age[place]), int(standing.stage_age[place]),
        int(outlook.limit[place]), bool(outlook.stalled[place]),
        list(Category)[int(book.found.said[place])], int(book.ours.amount[at]),
        float(outlook.weight[place]), float(outlook.chance[place]), _day(int(standing.expected[place])),
        _day(int(standing.rests[place])), contact, meeting,
    )  # fmt: skip


def _day(ordinal: int) -> date | None:
    return None if ordinal == NEVER else date.fromordinal(ordinal)


def _touched(deals: Sequence[int], at: int) -> tuple[dict[int, datetime], dict[int, datetime]]:
    """When somebody last reached out about each deal, and when its next meeting is due."""
    rows = Activity.objects.unscoped("of deals the viewer may see").filter(deal__in=deals).order_by()
    over = day_after(date.fromordinal(at))
    last = rows.filter(at__lt=over).values_list("deal").annotate(at_=Max("at"))
    coming = rows.filter(kind=ActivityKind.MEETING.value, outcome=Happened.BOOKED.value, at__gte=over)
    return dict(last), dict(coming.values_list("deal").annotate(at_=Min("at")))
