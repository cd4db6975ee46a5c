"""The days that targets are spread over, for people to look at: working week, holidays, who is off when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from upswing.core.period import Period
from upswing.goals.targets import Kind, TargetTable
from upswing.people.models import Holiday, TimeOff
from upswing.people.viewer import Viewer
from upswing.queries.workdays import week_words, working_calendar


@dataclass(frozen=True, slots=True)
class Off:
    """Days in a row on which a person is off."""

    rep: str
    rep_id: UUID
    first: date
    last: date
    kind: str


@dataclass(frozen=True, slots=True)
class Days:
    """The calendar of a year: `holidays` as (day, name), `off` of whom the viewer may see, by name.

    `weekdays` hold on the viewer's day; `weeks` are all that were ever set as (first day, in words, by whom), newest
    first.
    """

    weekdays: frozenset[int]
    working_days: int
    holidays: tuple[tuple[date, str], ...]
    off: tuple[Off, ...]
    weeks: tuple[tuple[date, str, str], ...]


def days_of(viewer: Viewer, year: Period) -> Days:
    """The holidays of the year, and the time off in it of everybody the viewer may see."""
    span = {"day__gte": year.start, "day__lt": year.end}
    away = TimeOff.objects.filter(person__sells=True, **span)
    if not viewer.sight.everyone:
        away = away.filter(person__in=viewer.sight.individuals)
    rows = away.order_by("person__name", "person_id", "day").values_list(
        "person__name", "person__uid", "day", "kind"
    )
    weeks = TargetTable.objects.filter(kind=Kind.WEEK).order_by("-starts", "-at", "-id")
    common = working_calendar(year)
    return Days(
        common.week(viewer.at),
        int(common.working_days(year)),
        tuple(Holiday.objects.filter(**span).order_by("day").values_list("day", "name")),
        tuple(_in_a_row(rows)),
        tuple((row.starts, week_words(map(int, row.shares)), row.by) for row in weeks),
    )


def _in_a_row(rows: Iterable[tuple[str, UUID, date, str]]) -> list[Off]:
    """Days that follow each other, of one person and kind, are one entry."""
    found: list[Off] = []
    for name, rep, day, kind in rows:
        before = found[-1] if found else None
        if before and (before.rep_id, before.kind, before.last) == (rep, kind, day - timedelta(1)):
            found[-1] = Off(name, rep, before.first, day, kind)
        else:
            found.append(Off(name, rep, day, day, kind))
    return found
