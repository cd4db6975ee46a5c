"""Where people work and how much, for people to look at: holiday calendars, who is under which, who works part-time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from upswing.core.period import Period
from upswing.people.models import HolidayCalendar, HolidayChoice, PartTime, PublicHoliday, Team
from upswing.people.viewer import Viewer
from upswing.queries.public_holidays import Place
from upswing.queries.workdays import part_time_words


@dataclass(frozen=True, slots=True)
class Calendar:
    """The holidays of a place in a year as (day, name, whether it is a day of our own)."""

    id: int
    name: str
    days: tuple[tuple[date, str, bool], ...]

    @property
    def missing(self) -> bool:
        """Whether the year has no public holidays yet."""
        return all(own for *_, own in self.days)


@dataclass(frozen=True, slots=True)
class Chosen:
    """Under which calendar somebody works, or a team, or everybody (""), from a day on; "" as those above."""

    who: str
    calendar: str
    starts: date
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Working:
    """How much of full time a rep works from a day on, in words."""

    rep: str
    words: str
    lowers: bool
    starts: date
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Workplaces:
    """Everything of a year; choices and working times newest first, of whom the viewer may see."""

    calendars: tuple[Calendar, ...]
    chosen: tuple[Chosen, ...]
    working: tuple[Working, ...]
    teams: tuple[tuple[UUID, str], ...]


def workplaces(viewer: Viewer, year: Period) -> Workplaces:
    """The calendars with their holidays of the year, and everything that was ever chosen."""
    choices = HolidayChoice.objects.select_related("person", "team", "calendar").order_by(
        "-starts", "-at", "-id"
    )
    working = PartTime.objects.select_related("person").order_by("person__name", "-starts", "-at", "-id")
    if not viewer.sight.everyone:
        mine = viewer.sight.individuals
        choices = choices.filter(person=None) | choices.filter(person__in=mine)
        working = working.filter(person__in=mine)
    return Workplaces(
        _calendars(year),
        tuple(
            Chosen(
                row.person.name if row.person else row.team.name if row.team else "",
                _name(row.calendar) if row.calendar else "", row.starts, row.by, row.at,
            )
            for row in choices
        ),
        tuple(
            Working(row.person.name, part_time_words(row.share, row.weekdays), row.lowers, row.starts, row.by, row.at)
            for row in working
        ),
        tuple(Team.objects.order_by("name").values_list("uid", "name")) if viewer.operates else (),
    )  # fmt: skip


def _calendars(year: Period) -> tuple[Calendar, ...]:
    rows = PublicHoliday.objects.filter(day__gte=year.start, day__lt=year.end).order_by("day")
    days: dict[int, list[tuple[date, str, bool]]] = {}
    for calendar, day, name, source in rows.values_list("calendar", "day", "name", "source"):
        days.setdefault(calendar, []).append((day, name, not source))
    known = HolidayCalendar.objects.all()
    return tuple(
        sorted(
            (Calendar(row.pk, _name(row), tuple(days.get(row.pk, ()))) for row in known),
            key=lambda one: one.name,
        )
    )


def _name(calendar: HolidayCalendar) -> str:
    return Place(calendar.country, calendar.region).name
