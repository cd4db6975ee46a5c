"""Say where people work, for the public holidays of that place; and how much of full time they work."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta
from fractions import Fraction
from uuid import UUID

from django.db import transaction

from upswing.actions.permission import NotAllowed, needs_operator
from upswing.actions.targeting import may_begin
from upswing.actions.telling import tell
from upswing.actions.written import one_line, signed_by
from upswing.core.period import day_of
from upswing.core.wording import worded
from upswing.people.models import HolidayCalendar, HolidayChoice, PartTime, PublicHoliday, Team
from upswing.people.viewer import NotVisible, Viewer
from upswing.queries.public_holidays import SOURCE, Place, UnknownPlace, days_of_year, place
from upswing.queries.scorecard import seen
from upswing.queries.workdays import part_time_words, working_calendar

NAME_LENGTH = 200
ALWAYS = date(1900, 1, 1)
DAY = timedelta(1)


@transaction.atomic
def choose_holidays(
    viewer: Viewer, country: str, region: str, starts: date | None, note: str, at: datetime, *,
    rep: UUID | None = None, team: UUID | None = None,
) -> None:  # fmt: skip
    """From a day on the organisation, a team or a rep works under the holidays of a place; no country: as those above.

    The organisation's first choice may hold for all days (no `starts`); days before a later one stay as they are. The
    holidays of the day's year, of the viewer's and of the next, for which targets are set early, are kept. Raises
    NotVisible, and NotAllowed with what to write.
    """
    needs_operator(viewer, "choose whose holidays count")
    person = seen(viewer, rep) if rep else None
    group = _team(team) if team else None
    rows = HolidayChoice.objects.filter(person=person, team=group).order_by("starts", "at", "id")
    first = starts or (viewer.at if person or group or rows.exists() else ALWAYS)
    if first != ALWAYS:
        may_begin(viewer, first, note)
    calendar = _calendar(country, region) if country.strip() else None
    if calendar:
        for year in {viewer.at.year, max(first, viewer.at).year}:
            _keep_year(calendar, year)
        _keep_year(calendar, viewer.at.year + 1, known=False)
    before = rows.filter(starts__lte=first).select_related("calendar").last()
    HolidayChoice.objects.create(
        person=person, team=group, calendar=calendar, starts=first, by=signed_by(viewer), at=at
    )
    words = (_named(before.calendar if before else None), _named(calendar))
    tell(
        "calendar",
        first,
        None,
        words,
        signed_by(viewer),
        at,
        person=person,
        team=group,
        reason=one_line(note),
    )


@transaction.atomic
def add_year(viewer: Viewer, calendar: int, year: int, at: datetime) -> None:
    """Keep the public holidays of a year under a calendar, where it has none yet.

    Raises NotVisible, and NotAllowed for a year that the library does not know.
    """
    needs_operator(viewer, "set holidays")
    found = _standing(calendar)
    if count := _keep_year(found, year):
        days = (date(year, 1, 1), date(year + 1, 1, 1))
        words = (
            worded("no public holidays"),
            worded("{count} public holidays of {place}", count=count, place=_named(found)),
        )
        tell("holiday", *days, words, signed_by(viewer), at, calendar=found)


@transaction.atomic
def set_public_holiday(viewer: Viewer, calendar: int, day: date, name: str, at: datetime) -> None:
    """A day off of our own, under one calendar; another name takes the place of the one before."""
    needs_operator(viewer, "set holidays")
    found, words = _standing(calendar), one_line(name)[:NAME_LENGTH]
    _, fresh = PublicHoliday.objects.update_or_create(calendar=found, day=day, defaults={"name": words})
    if fresh:
        said = (worded("a working day"), words or worded("a holiday"))
        tell("holiday", day, day + DAY, said, signed_by(viewer), at, calendar=found)


@transaction.atomic
def remove_public_holiday(viewer: Viewer, calendar: int, day: date, at: datetime) -> None:
    """Everybody under the calendar works on that day; one that is no holiday is left alone."""
    needs_operator(viewer, "set holidays")
    found = _standing(calendar)
    row = PublicHoliday.objects.filter(calendar=found, day=day).first()
    if row is not None:
        said = (row.name or worded("a holiday"), worded("a working day"))
        tell("holiday", day, day + DAY, said, signed_by(viewer), at, calendar=found)
        row.delete()


@transaction.atomic
def set_part_time(
    viewer: Viewer, rep: UUID, starts: date, share: Fraction | None, weekdays: Collection[int], lowers: bool,
    note: str, at: datetime,
) -> None:  # fmt: skip
    """From a day on the rep works a share of full time, on weekdays of their own or the organisation's (none named).

    Without a share, that of the weekdays. `lowers`: quotas given to them are of full time, and lowered to the share;
    else they are theirs already. Raises NotVisible, and NotAllowed with what to write.
    """
    needs_operator(viewer, "say who works part-time")
    may_begin(viewer, starts, note)
    person, named = seen(viewer, rep), sorted(set(weekdays))
    if not set(named) <= set(range(7)):
        raise NotAllowed(worded("Choose weekdays from Monday to Sunday, or none for those of everybody."))
    if share is None:
        share = min(
            Fraction(len(named) or 7, len(working_calendar(day_of(starts)).week(starts))), Fraction(1)
        )
    if not 0 < share <= 1:
        raise NotAllowed(
            worded(
                "Part-time is more than 0 and up to 100 % of full time, not {share} %.",
                share=f"{float(share):.4g}",
            )
        )
    digits = "".join(map(str, named))
    rows = PartTime.objects.filter(person=person, starts__lte=starts).order_by("starts", "at", "id")
    before = rows.last()
    PartTime.objects.create(
        person=person,
        starts=starts,
        share=str(share),
        weekdays=digits,
        lowers=lowers,
        by=signed_by(viewer),
        at=at,
    )
    was = _worked(before.share, before.weekdays, before.lowers) if before else "full time"
    words = (was, _worked(str(share), digits, lowers))
    tell("part_time", starts, None, words, signed_by(viewer), at, person=person, reason=one_line(note))


def _worked(share: str, weekdays: str, lowers: bool) -> str:
    words = part_time_words(share, weekdays)
    return f"{words}; quotas of full time are lowered" if lowers and share != "1" else words


def _calendar(country: str, region: str) -> HolidayCalendar:
    try:
        found = place(country, region)
    except UnknownPlace as error:
        raise NotAllowed(str(error)) from error
    return HolidayCalendar.objects.get_or_create(country=found.country, region=found.region)[0]


def _keep_year(calendar: HolidayCalendar, year: int, *, known: bool = True) -> int:
    """How many days are new; none where the year has days of the library already.

    Raises NotAllowed for a year that has to be `known`, and is not.
    """
    kept = PublicHoliday.objects.filter(calendar=calendar, day__year=year)
    if kept.exclude(source="").exists():
        return 0
    found = days_of_year(Place(calendar.country, calendar.region), year)
    if not found and known:
        raise NotAllowed(
            worded(
                "No holidays of {calendar} are known for {year}. Add its days by hand.",
                calendar=_named(calendar),
                year=str(year),
            )
        )
    rows = (
        PublicHoliday(calendar=calendar, day=day, name=name[:NAME_LENGTH], source=SOURCE)
        for day, name in found.items()
    )
    PublicHoliday.objects.bulk_create(rows, ignore_conflicts=True)
    return len(found)


def _standing(calendar: int) -> HolidayCalendar:
    found = HolidayCalendar.objects.filter(pk=calendar).first()
    if found is None:
        raise NotVisible("There is no such calendar.")
    return found


def _team(team: UUID) -> Team:
    found = Team.objects.filter(uid=team).first()
    if found is None:
        raise NotVisible("There is no such team.")
    return found


def _named(calendar: HolidayCalendar | None) -> str:
    return Place(calendar.country, calendar.region).name if calendar else "none of their own"
