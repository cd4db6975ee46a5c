"""Each person's working days: the dated working week, holidays of the place they work in, part-time, days off."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from itertools import pairwise

from upswing.core.calendar import MONDAY_TO_FRIDAY, Calendar, Weekdays, Weeks, own_weeks
from upswing.core.period import Period
from upswing.core.targets import Dated, RoleShare
from upswing.core.targets.levels import in_force
from upswing.core.wording import in_a_row, worded
from upswing.goals.targets import Kind, TargetTable
from upswing.people.models import (
    Holiday,
    HolidayChoice,
    Membership,
    PartTime,
    Person,
    PublicHoliday,
    TimeOff,
)
from upswing.queries.once import once
from upswing.queries.teams import OneTeam, chain, every_team

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
NO_CALENDAR = 0
Worked = Sequence[PartTime]
Choices = Sequence[Dated[int]]
"""The calendar chosen from each day on; NO_CALENDAR for that of whoever stands above."""


@dataclass(frozen=True, slots=True)
class Places:
    """Under which holiday calendar everybody works on which days."""

    organisation: Choices = ()
    teams: Mapping[int, Choices] = field(default_factory=dict)
    people: Mapping[int, Choices] = field(default_factory=dict)
    belongs: Mapping[int, Sequence[tuple[int, date | None, date | None]]] = field(default_factory=dict)
    every_team: Mapping[int, OneTeam] = field(default_factory=dict)

    @classmethod
    def load(cls, people: Collection[int]) -> Places:
        """Of these people; a question more where a team has its own calendar."""
        found: dict[tuple[int, int], list[Dated[int]]] = defaultdict(list)
        for person, team, calendar, starts in _choices():
            found[person or 0, team or 0].append(Dated(starts, calendar or NO_CALENDAR))
        teams = {team: rows for (_, team), rows in found.items() if team}
        return cls(
            found.get((0, 0), ()), teams, {person: rows for (person, _), rows in found.items() if person},
            _belongs(people) if teams else {},
            every_team() if teams else {},
        )  # fmt: skip

    def calendar_of(self, person: int, day: date) -> int:
        """The person's own, else the nearest of their team's and those above it, else the organisation's."""
        teams = self._teams(person, day) if self.teams else ()
        rows = (self.people.get(person, ()), *(self.teams.get(team, ()) for team in teams), self.organisation)
        return next((found for each in rows if (found := in_force(each, day))), NO_CALENDAR)

    def stretches(self, person: int, span: Period) -> Iterable[tuple[date, date, int]]:
        """The days [first, end) of the span under each calendar, in order."""
        rows = (self.organisation, self.people.get(person, ()), *self.teams.values())
        days = {each.starts for row in rows for each in row}
        days |= {day for _, *spell in self.belongs.get(person, ()) for day in spell if day}
        cuts = sorted({day for day in days if span.contains(day)} | {span.start, span.end})
        return ((first, end, self.calendar_of(person, first)) for first, end in pairwise(cuts))

    def _teams(self, person: int, day: date) -> tuple[int, ...]:
        spells = self.belongs.get(person, ())
        held = (
            team
            for team, starts, ends in spells
            if (starts is None or starts <= day) and (ends is None or day < ends)
        )
        return chain(next(held, None), self.every_team)


def calendars(reps: Sequence[Person], span: Period, weeks: Weeks, worked: Worked) -> dict[int, Calendar]:
    """Each rep's calendar, with the holidays and time off of the span; as many questions for many reps as for one.

    `weeks` are the organisation's, `worked` what was entered about these reps' working time.
    """
    ids = [rep.id for rep in reps]
    company, public, places = _company_days(span), _public_days(span), Places.load(ids)
    off, own = _days_off(ids, span), _own_weekdays(worked)
    shared: dict[tuple[tuple[date, date, int], ...], frozenset[date]] = {}
    found = {}
    for rep in reps:
        stretches = tuple(places.stretches(rep.id, span)) if public else ()
        if stretches not in shared:
            shared[stretches] = company.union(*(_within(public, *each) for each in stretches))
        weekdays, later = own_weeks(MONDAY_TO_FRIDAY, weeks, own.get(rep.id, {}))
        found[rep.id] = Calendar(
            weekdays, shared[stretches], frozenset(off.get(rep.id, ())), starts=rep.starts, ends=rep.ends, weeks=later
        )  # fmt: skip
    return found


def working_calendar(span: Period) -> Calendar:
    """The organisation's own calendar of the span: its working week and holidays, nobody's time off."""
    public = _public_days(span)
    stretches = Places.load(()).stretches(0, span) if public else ()
    holidays = _company_days(span).union(*(_within(public, *each) for each in stretches))
    return Calendar(MONDAY_TO_FRIDAY, holidays, weeks=weeks_of(target_tables()))


@once
def target_tables() -> Sequence[TargetTable]:
    """Every dated table that was ever made, earliest first."""
    return list(TargetTable.objects.order_by("starts", "at", "id"))


def weeks_of(tables: Iterable[TargetTable]) -> Weeks:
    """The weekdays on which the organisation works from each day on; Monday to Friday before any are set."""
    rows = {row.starts: frozenset(map(int, row.shares)) for row in tables if row.kind == Kind.WEEK}
    return tuple(rows.items())


def part_time_of(worked: Worked) -> dict[int, list[Dated[RoleShare]]]:
    """Each person's share of full time from a day on; 1 where it does not lower their quotas."""
    found: dict[int, list[Dated[RoleShare]]] = defaultdict(list)
    for row in worked:
        share = RoleShare(Fraction(row.share if row.lowers else 1), part_time_words(row.share, row.weekdays))
        found[row.person_id].append(Dated(row.starts, share))
    return found


def worked_by(people: Collection[int]) -> Worked:
    """What was ever entered about these people's working time, earliest first."""
    return list(PartTime.objects.filter(person__in=people).order_by("starts", "at", "id"))


def part_time_words(share: str, weekdays: str) -> str:
    """“80 % of full time”, “Monday, Tuesday and Thursday, 60 % of full time”."""
    part = (
        worded("full time")
        if Fraction(share) == 1
        else worded("{share} % of full time", share=f"{float(Fraction(share) * 100):.4g}")
    )
    return in_a_row((week_words(map(int, weekdays)), part), ", ") if weekdays else part


def week_words(weekdays: Iterable[int]) -> str:
    """“Monday to Friday”, “Monday and Thursday”."""
    numbers = sorted(weekdays)
    names = [worded(WEEKDAYS[number]) for number in numbers]
    if len(numbers) > 2 and numbers[-1] - numbers[0] == len(numbers) - 1:
        return worded("{first} to {last}", first=names[0], last=names[-1])
    return worded("{weekdays}", weekdays=names)


def _own_weekdays(worked: Worked) -> dict[int, dict[date, Weekdays]]:
    """Own weekdays from a day on; none: the organisation's again. Of two from a day the later made counts."""
    found: dict[int, dict[date, Weekdays]] = defaultdict(dict)
    for row in worked:
        found[row.person_id][row.starts] = frozenset(map(int, row.weekdays))
    return found


@once
def _company_days(span: Period) -> frozenset[date]:
    """Days off of everybody."""
    days = Holiday.objects.filter(day__gte=span.start, day__lt=span.end)
    return frozenset(days.values_list("day", flat=True))


@once
def _public_days(span: Period) -> dict[int, list[date]]:
    """The holidays of every calendar."""
    found: dict[int, list[date]] = defaultdict(list)
    rows = PublicHoliday.objects.filter(day__gte=span.start, day__lt=span.end)
    for calendar, day in rows.values_list("calendar", "day"):
        found[calendar].append(day)
    return found


def _within(public: Mapping[int, Sequence[date]], first: date, end: date, calendar: int) -> list[date]:
    return [day for day in public.get(calendar, ()) if first <= day < end]


@once
def _choices() -> Sequence[tuple[int | None, int | None, int | None, date]]:
    """Person, team, calendar and first day of every choice, earliest first."""
    rows = HolidayChoice.objects.order_by("starts", "at", "id")
    return list(rows.values_list("person", "team", "calendar", "starts"))


def _days_off(people: Collection[int], span: Period) -> dict[int, set[date]]:
    found: dict[int, set[date]] = defaultdict(set)
    away = TimeOff.objects.filter(person__in=people, day__gte=span.start, day__lt=span.end)
    for person, day in away.values_list("person_id", "day"):
        found[person].add(day)
    return found


def _belongs(people: Collection[int]) -> dict[int, list[tuple[int, date | None, date | None]]]:
    found: dict[int, list[tuple[int, date | None, date | None]]] = defaultdict(list)
    rows = Membership.objects.filter(person__in=people, leads=False).order_by("id")
    for person, team, starts, ends in rows.values_list("person_id", "team_id", "starts", "ends"):
        found[person].append((team, starts, ends))
    return found
