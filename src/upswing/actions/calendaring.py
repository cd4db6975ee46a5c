"""Set the days that targets are spread over: the working week, holidays, and people's days off."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from upswing.actions.permission import NotAllowed, needs_operator
from upswing.actions.written import one_line, signed_by
from upswing.goals.targets import Kind, TargetTable
from upswing.people.models import Holiday, TimeOff
from upswing.people.viewer import Viewer
from upswing.queries.scorecard import seen

MOST_DAYS = 366
NAME_LENGTH = 200


@transaction.atomic
def set_working_week(viewer: Viewer, weekdays: Collection[int], at: datetime) -> None:
    """The weekdays on which the organisation works, Monday 0 to Sunday 6. Raises NotAllowed with what to choose."""
    needs_operator(viewer, "set the working week")
    if not weekdays or not set(weekdays) <= set(range(7)):
        raise NotAllowed("Choose at least one weekday; nobody could have a target otherwise.")
    TargetTable.objects.create(
        kind=Kind.WEEK, starts=viewer.at, shares=[str(day) for day in sorted(set(weekdays))],
        by=signed_by(viewer), at=at,
    )  # fmt: skip


@transaction.atomic
def set_holiday(viewer: Viewer, day: date, name: str) -> None:
    """A day on which nobody is expected to work; another name takes the place of the one before."""
    needs_operator(viewer, "set holidays")
    Holiday.objects.update_or_create(day=day, defaults={"name": one_line(name)[:NAME_LENGTH]})


@transaction.atomic
def remove_holiday(viewer: Viewer, day: date) -> None:
    """The day is a working day again; one that is none is left alone."""
    needs_operator(viewer, "set holidays")
    Holiday.objects.filter(day=day).delete()


@transaction.atomic
def set_days_off(viewer: Viewer, rep: UUID, first: date, last: date, kind: str) -> None:
    """The rep is not available from the first to the last day; their targets are lowered.

    Raises NotVisible, and NotAllowed with what to write.
    """
    needs_operator(viewer, "enter time off")
    person, days = seen(viewer, rep), (last - first).days + 1
    if not 0 < days <= MOST_DAYS:
        raise NotAllowed(
            f"From {first.isoformat()} to {last.isoformat()} are {days} days; "
            f"write 1 to {MOST_DAYS}, the first day first."
        )
    what = one_line(kind)[:NAME_LENGTH]
    rows = (TimeOff(person=person, day=first + timedelta(number), kind=what) for number in range(days))
    TimeOff.objects.bulk_create(rows, ignore_conflicts=True)


@transaction.atomic
def remove_days_off(viewer: Viewer, rep: UUID, first: date, last: date) -> None:
    """The rep is available on these days after all."""
    needs_operator(viewer, "enter time off")
    TimeOff.objects.filter(person=seen(viewer, rep), day__range=(first, last)).delete()
