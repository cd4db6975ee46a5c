"""What a request asks for: who, when, which period. The only place of the web layer that reads the clock."""

from __future__ import annotations

from datetime import date, datetime
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from upswing.core.moment import until_today
from upswing.core.period import FIRST_YEAR, LAST_YEAR, Period, parse_period
from upswing.queries.organisation import OrganisationFacts, organisation
from upswing.queries.viewers import Viewer, viewer_of


class UnknownDay(ValueError):
    """The moment asked for is no date."""

    def __init__(self, text: str) -> None:
        super().__init__(_("No day reads “{text}”. Write it like 2017-09-30.").format(text=text))


class UnknownChoice(ValueError):
    """The address asks for something that cannot be chosen; the message says what can."""


class NotSignedIn(LookupError):
    """A page was asked for by nobody."""


def organisation_of(request: HttpRequest) -> OrganisationFacts:
    """The organisation, read once a request."""
    if not hasattr(request, "_organisation"):
        request._organisation = organisation()  # type: ignore[attr-defined]
    found: OrganisationFacts = request._organisation  # type: ignore[attr-defined]
    return found


def now(request: HttpRequest) -> datetime:
    """The clock, in the organisation's time zone."""
    return datetime.now(ZoneInfo(organisation_of(request).time_zone))


def today(request: HttpRequest) -> date:
    """The organisation's day."""
    return now(request).date()


def viewer(request: HttpRequest) -> Viewer:
    """Who is asking, read once a request. Raises NotSignedIn, so that no page opens for nobody."""
    if not request.user.is_authenticated:
        raise NotSignedIn
    if not hasattr(request, "_viewer"):
        request._viewer = viewer_of(request.user, today(request))  # type: ignore[attr-defined]
    found: Viewer = request._viewer  # type: ignore[attr-defined]
    return found


def moment(request: HttpRequest) -> date:
    """The day up to which to look: `?at=2017-09-30`, else today. Raises UnknownDay and DayToCome."""
    text = request.GET.get("at", "")
    try:
        found = date.fromisoformat(text) if text else today(request)
    except ValueError:
        raise UnknownDay(text) from None
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise UnknownDay(text)
    return until_today(found, today(request))


def period(request: HttpRequest, slug: str) -> Period:
    """The period of an address, in the organisation's fiscal year. Raises UnknownPeriod."""
    return parse_period(slug, today(request), organisation_of(request).fiscal_start)


def link(request: HttpRequest, name: str, at: date | None = None, /, **parts: object) -> str:
    """The address of a page; a moment and a comparison that were asked for stay asked for."""
    asked = {key: request.GET[key] for key in ("at", "vs") if request.GET.get(key)}
    if at:
        asked["at"] = at.isoformat()
    return reverse(name, kwargs=parts) + (f"?{urlencode(asked)}" if asked else "")


def part(request: HttpRequest, template: str, name: str = "content") -> str:
    """The whole page, or the named partial of it when htmx asks."""
    return f"{template}#{name}" if request.headers.get("HX-Request") == "true" else template
