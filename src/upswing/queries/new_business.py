"""What new accounts bring, month by month: each person's part, and all of it together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from upswing.core.measures import NEW_BUSINESS
from upswing.core.period import Period, month_of
from upswing.ledger.counting import Slot, count
from upswing.people.models import Person
from upswing.people.viewer import Viewer

MONTHS = 12


@dataclass(frozen=True, slots=True)
class Brought:
    """One person's new business in each month, in minor units."""

    id: UUID
    name: str
    months: tuple[int, ...]

    @property
    def total(self) -> int:
        """All months added up."""
        return sum(self.months)


@dataclass(frozen=True, slots=True)
class NewBusiness:
    """Twelve months to the day of asking; `people` are those who brought any, by name."""

    months: tuple[Period, ...]
    together: tuple[int, ...]
    people: tuple[Brought, ...]

    @property
    def total(self) -> int:
        """What everybody brought in all months."""
        return sum(self.together)


def new_business(viewer: Viewer, people: Sequence[Person], period: Period, at: date) -> NewBusiness:
    """The months up to the end of the period, or to the day it is asked for. Raises NotVisible as counting does."""
    last = month_of(min(period.last, at))
    months = (*last.before(MONTHS - 1), last)
    slots = [Slot(month.slug, month, at) for month in months]
    counted = count(viewer.sight, [person.id for person in people], slots, [NEW_BUSINESS])
    rows = tuple(
        Brought(
            person.uid,
            person.name,
            tuple(counted[slot.name, person.id][NEW_BUSINESS.key] for slot in slots),
        )
        for person in people
    )
    together = tuple(sum(row.months[place] for row in rows) for place in range(MONTHS))
    return NewBusiness(months, together, tuple(row for row in rows if any(row.months)))
