"""Set the days that targets are spread over: the working week, company holidays, and people's days off."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from upswing.actions.permission import NotAllowed, needs_operator
from upswing.actions.targeting import make, may_begin
from upswing.actions.telling import tell
from upswing.actions.written import one_line, signed_by
from upswing.core.wording import worded
from upswing.goals.targets import Kind, TargetTable
from upswing.people.models import Holiday, TimeOff
from upswing.people.viewer import Viewer
from upswing.queries.scorecard import seen

MOST_DAYS = 366
NAME_LENGTH = 200
ALWAYS = date(1900, 1, 1)
"""From when the first working week that is set holds."""
DAY = timedelta(1)


@transaction.atomic
def set_working_week(
    viewer: Viewer, weekdays: Collection[int], at: datetime, starts: date | None = None, note: str = ""
) -> None:
    """The weekdays on which the organisation works from a day on, Monday 0 to Sunday 6; days before stay as they are.

    The first week that is set holds for all days. Raises NotAllowed with what to choose.
    """
    needs_operator(viewer, "set the working week")
    if not weekdays or not set(weekdays) <= set(range(7)):
        raise NotAllowed(worded("Choose at least one weekday; nobody could have a target otherwise."))
    first = ALWAYS
    if TargetTable.objects.filter(kind=Kind.WEEK).exists():
        first = starts or viewer.at
        may_begin(viewer, first, note)
    make(Kind.WEEK, first, [str(day) for day in sorted(set(weekdays))], note, viewer, at)


@transaction.atomic
def set_holiday(viewer: Viewer, day: date, name: str, at: datetime) -> None:
    """A day on which nobody is expected to work; another name takes the place of the one before."""
    needs_operator(viewer, "set holidays")
    words = one_line(name)[:NAME_LENGTH]
    _, fresh = Holiday.objects.update_or_create(day=day, defaults={"name": words})
    if fresh:
        tell(
            "holiday",
            day,
            day + DAY,
            (worded("a working day"), words or worded("a holiday")),
            signed_by(viewer),
            at,
        )


@transaction.atomic
def remove_holiday(viewer: Viewer, day: date, at: datetime) -> None:
    """The day is a working day again; one that is none is left alone."""
    needs_operator(viewer, "set holidays")
    standing = Holiday.objects.filter(day=day).first()
    if standing is not None:
        tell(
            "holiday",
            day,
            day + DAY,
            (standing.name or worded("a holiday"), worded("a working day")),
            signed_by(viewer),
            at,
        )
        standing.delete()


@transaction.atomic
def set_days_off(viewer: Viewer, rep: UUID, first: date, last: date, kind: str, at: datetime) -> None:
    """The rep is not available from the first to the last day; their targets are lowered.

    Raises NotVisible, and NotAllowed with what to write.
    """
    needs_operator(viewer, "enter time off")
    person, days = seen(viewer, rep), (last - first).days + 1
    if not 0 < days <= MOST_DAYS:
        raise NotAllowed(
            worded(
                "From {first} to {last} are {days} days; write 1 to {most}, the first day first.",
                first=first.isoformat(),
                last=last.isoformat(),
                days=days,
                most=MOST_DAYS,
            )
        )
    what = one_line(kind)[:NAME_LENGTH]
    rows = (TimeOff(person=person, day=first + timedelta(number), kind=what) for number in range(days))
    TimeOff.objects.bulk_create(rows, ignore_conflicts=True)
    tell(
        "time_off",
        first,
        last + DAY,
        (worded("available"), what or worded("off")),
        signed_by(viewer),
        at,
        person=person,
    )


@transaction.atomic
def remove_days_off(viewer: Viewer, rep: UUID, first: date, last: date, at: datetime) -> None:
    """The rep is available on these days after all."""
    needs_operator(viewer, "enter time off")
    person = seen(viewer, rep)
    gone, _ = TimeOff.objects.filter(person=person, day__range=(first, last)).delete()
    if gone:
        tell(
            "time_off",
            first,
            last + DAY,
            (worded("off"), worded("available")),
            signed_by(viewer),
            at,
            person=person,
        )
