"""The days that targets are spread over: read them, and, as somebody who operates, set them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from upswing.actions import calendaring
from upswing.actions.permission import NotAllowed
from upswing.core.period import FIRST_YEAR, LAST_YEAR, year_of
from upswing.queries.calendars import Days, Off, days_of
from upswing.queries.people import RepName, reps
from upswing.web.shared import format as fmt
from upswing.web.shared.request import now, today, viewer
from upswing.web.shared.spoken import spoken
from upswing.web.shared.typed import Untyped, day


@dataclass(frozen=True, slots=True)
class Away:
    """Some days off in words, and as the form sends them."""

    rep: str
    rep_id: UUID
    days: str
    kind: str
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Person:
    """Everything one person is off in the year."""

    name: str
    days: str
    away: tuple[Away, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """Everything the template draws; `refused` says what was wrong with the form named `form`."""

    year: int
    before: str
    after: str
    working_days: int
    weekdays: tuple[tuple[int, str, bool], ...]
    weeks: tuple[str, ...]
    holidays: tuple[tuple[str, str, str], ...]
    people: tuple[Person, ...]
    reps: tuple[RepName, ...]
    operates: bool
    form: str
    refused: str


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """The calendar of a year."""
    return _page(request)


@require_POST
def week(request: HttpRequest) -> HttpResponse:
    """Set the working week."""
    chosen = {int(text) for text in request.POST.getlist("weekday") if text in set("0123456")}
    sent = request.POST

    def change() -> None:
        starts = day(sent.get("starts", "")) if sent.get("starts", "").strip() else None
        calendaring.set_working_week(viewer(request), chosen, now(request), starts, sent.get("note", ""))

    return _done(request, "week", change)


@require_POST
def holiday(request: HttpRequest) -> HttpResponse:
    """Add a holiday, or remove one."""
    who, sent = viewer(request), request.POST

    def change() -> None:
        on = day(sent.get("day", ""))
        if sent.get("do") == "remove":
            calendaring.remove_holiday(who, on, now(request))
        else:
            calendaring.set_holiday(who, on, sent.get("name", ""), now(request))

    return _done(request, "holiday", change)


@require_POST
def off(request: HttpRequest) -> HttpResponse:
    """Enter days off of a person, or remove them."""
    who, sent = viewer(request), request.POST

    def change() -> None:
        rep, first = _rep(sent.get("rep", "")), day(sent.get("first", ""))
        last = day(sent.get("last", "")) if sent.get("last") else first
        if sent.get("do") == "remove":
            calendaring.remove_days_off(who, rep, first, last, now(request))
        else:
            calendaring.set_days_off(who, rep, first, last, sent.get("kind", ""), now(request))

    return _done(request, "off", change)


def _done(request: HttpRequest, form: str, change: Callable[[], None]) -> HttpResponse:
    try:
        change()
    except (NotAllowed, Untyped) as error:
        return _page(request, form, str(error))
    return redirect(f"{reverse('targets_calendar')}?year={year_asked(request)}")


def _page(request: HttpRequest, form: str = "", refused: str = "") -> HttpResponse:
    who, number = viewer(request), year_asked(request)
    found = days_of(who, year_of(date(number, 1, 1)))
    shown = Page(
        number, year_link("targets_calendar", number - 1), year_link("targets_calendar", number + 1),
        found.working_days, _weekdays(found), _weeks(found),
        tuple((fmt.day(on), name or _("Holiday"), on.isoformat()) for on, name in found.holidays),
        _people(found), reps(who), who.operates, form, refused,
    )  # fmt: skip
    status = 422 if refused else 200
    return render(request, "targets/calendar.html", {"page": shown, "sent": request.POST}, status=status)


def _weekdays(found: Days) -> tuple[tuple[int, str, bool], ...]:
    return tuple((number, str(name), number in found.weekdays) for number, name in WEEKDAYS.items())


def _weeks(found: Days) -> tuple[str, ...]:
    """The weeks that were set, newest first."""
    return tuple(_week(*each) for each in found.weeks)


def _week(starts: date, words: str, by: str) -> str:
    if starts > calendaring.ALWAYS:
        return _("{week}, from {day}; set by {by}").format(week=spoken(words), day=fmt.day(starts), by=by)
    return _("{week}, for all days; set by {by}").format(week=spoken(words), by=by)


def _people(found: Days) -> tuple[Person, ...]:
    """Time off by person, with how many calendar days it is."""
    groups = [tuple(rows) for _rep_id, rows in groupby(found.off, key=lambda each: each.rep_id)]
    return tuple(
        Person(rows[0].rep, _count(sum(_length(each) for each in rows)), tuple(map(_away, rows)))
        for rows in groups
    )


def _length(each: Off) -> int:
    return (each.last - each.first).days + 1


def _count(days: int) -> str:
    return ngettext("{count} day", "{count} days", days).format(count=fmt.number(days))


def _away(each: Off) -> Away:
    days = first = fmt.day(each.first)
    if each.first != each.last:
        days = _("{first} to {last}").format(first=first, last=fmt.day(each.last))
    return Away(
        each.rep,
        each.rep_id,
        days,
        each.kind.replace("_", " "),
        each.first.isoformat(),
        each.last.isoformat(),
    )


def _rep(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Untyped(_("Choose whose days off these are.")) from None


def year_asked(request: HttpRequest) -> int:
    """The year asked for; this one where the address says nothing sensible."""
    text = request.POST.get("year") or request.GET.get("year", "")
    good = text.isascii() and text.isdecimal() and FIRST_YEAR < int(text[:9]) < LAST_YEAR
    return int(text) if good else today(request).year


def year_link(page: str, year: int) -> str:
    """The page of another year; empty where there is none."""
    return f"{reverse(page)}?year={year}" if FIRST_YEAR < year < LAST_YEAR else ""
