"""Where people work, for the public holidays of that place, and how much of full time; set by somebody who operates."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from upswing.actions import workplaces as acting
from upswing.actions.permission import NotAllowed
from upswing.actions.targeting import REASON_LENGTH
from upswing.core.period import year_of
from upswing.queries.people import RepName, reps
from upswing.queries.public_holidays import countries
from upswing.queries.workplaces import Calendar, Chosen, Working, workplaces
from upswing.web.shared import format as fmt
from upswing.web.shared.request import now, viewer
from upswing.web.shared.spoken import spoken
from upswing.web.shared.typed import Untyped, day, number
from upswing.web.targets.calendars import year_asked, year_link

EVERYBODY = "everybody"


@dataclass(frozen=True, slots=True)
class Shown:
    """A calendar: its days in the year as (day, name, as the form sends it), and what to do where there are none."""

    id: int
    name: str
    days: tuple[tuple[str, str, str], ...]
    missing: str


@dataclass(frozen=True, slots=True)
class Page:
    """Everything the template draws; `refused` says what was wrong with the form named `form`."""

    year: int
    before: str
    after: str
    calendars: tuple[Shown, ...]
    chosen: tuple[str, ...]
    working: tuple[str, ...]
    reps: tuple[RepName, ...]
    teams: tuple[tuple[UUID, str], ...]
    countries: tuple[str, ...]
    weekdays: tuple[tuple[int, str], ...]
    operates: bool
    form: str
    refused: str
    longest: int = REASON_LENGTH


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """The holiday calendars of a year, who is under which, who works part-time."""
    return _page(request)


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Choose the place whose holidays count for the organisation, a team or a rep."""
    who, sent = viewer(request), request.POST

    def change() -> None:
        kind, _, uid = sent.get("who", "").partition(":")
        acting.choose_holidays(
            who, sent.get("country", ""), sent.get("region", ""), _from(sent.get("starts", "")), sent.get("note", ""),
            now(request), rep=_uid(uid) if kind == "rep" else None, team=_uid(uid) if kind == "team" else None,
        )  # fmt: skip

    return _done(request, "choose", change)


@require_POST
def days(request: HttpRequest) -> HttpResponse:
    """Bring a year of public holidays under a calendar; add one of our own, or take one away."""
    who, sent, at = viewer(request), request.POST, now(request)

    def change() -> None:
        calendar = int(sent.get("calendar", "")) if sent.get("calendar", "")[:9].isdecimal() else 0
        match sent.get("do"):
            case "year":
                acting.add_year(who, calendar, year_asked(request), at)
            case "remove":
                acting.remove_public_holiday(who, calendar, day(sent.get("day", "")), at)
            case _:
                acting.set_public_holiday(who, calendar, day(sent.get("day", "")), sent.get("name", ""), at)

    return _done(request, "days", change)


@require_POST
def part_time(request: HttpRequest) -> HttpResponse:
    """Enter how much of full time a rep works."""
    who, sent = viewer(request), request.POST

    def change() -> None:
        weekdays = {int(text) for text in sent.getlist("weekday") if text in set("0123456")}
        share = number(sent.get("share", ""), "80") / 100 if sent.get("share", "").strip() else None
        acting.set_part_time(
            who, _uid(sent.get("rep", "")), day(sent.get("starts", "")), share, weekdays,
            sent.get("quotas") == "full", sent.get("note", ""), now(request),
        )  # fmt: skip

    return _done(request, "part-time", change)


def _done(request: HttpRequest, form: str, change: Callable[[], None]) -> HttpResponse:
    try:
        change()
    except (NotAllowed, Untyped) as error:
        return _page(request, form, str(error))
    return redirect(f"{reverse('targets_places')}?year={year_asked(request)}")


def _page(request: HttpRequest, form: str = "", refused: str = "") -> HttpResponse:
    who, year = viewer(request), year_asked(request)
    found = workplaces(who, year_of(date(year, 1, 1)))
    shown = Page(
        year, year_link("targets_places", year - 1), year_link("targets_places", year + 1),
        tuple(_shown(each, year) for each in found.calendars), tuple(_chosen(request, each) for each in found.chosen),
        tuple(_working(request, each) for each in found.working), reps(who), found.teams,
        tuple(sorted(countries().values())) if who.operates else (),
        tuple((number, str(name)) for number, name in WEEKDAYS.items()), who.operates,
        form, refused,
    )  # fmt: skip
    status = 422 if refused else 200
    return render(request, "targets/places.html", {"page": shown, "sent": request.POST}, status=status)


def _shown(each: Calendar, year: int) -> Shown:
    days = tuple((fmt.day(on), name or _("Holiday"), on.isoformat()) for on, name, _own in each.days)
    missing = _("{year} has no holidays yet for {place}.").format(year=year, place=each.name)
    return Shown(each.id, each.name, days, missing if each.missing else "")


def _chosen(request: HttpRequest, each: Chosen) -> str:
    words = {
        "who": each.who or _("Everybody"),
        "place": each.calendar or _("as everybody above"),
        "by": each.by,
        "on": _on(request, each),
    }
    if each.starts > acting.ALWAYS:
        return _("{who}: {place}, from {day}; chosen by {by} on {on}").format(
            day=fmt.day(each.starts), **words
        )
    return _("{who}: {place}, for all days; chosen by {by} on {on}").format(**words)


def _working(request: HttpRequest, each: Working) -> str:
    words = (
        _("{rep}: {time} from {day}; quotas are of full time and lowered; entered by {by} on {on}")
        if each.lowers
        else _("{rep}: {time} from {day}; quotas are theirs as given; entered by {by} on {on}")
    )
    return words.format(
        rep=each.rep, time=spoken(each.words), day=fmt.day(each.starts), by=each.by, on=_on(request, each)
    )


def _on(request: HttpRequest, each: Chosen | Working) -> str:
    return fmt.day(each.at.astimezone(now(request).tzinfo).date())


def _from(text: str) -> date | None:
    return day(text) if text.strip() else None


def _uid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Untyped(_("Choose whom this is about.")) from None
