"""What stands around every page: navigation, freshness, who is signed in. Read only when a template asks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from upswing.core.people import AccessRole
from upswing.queries.freshness import freshness, latest_day
from upswing.queries.viewers import Viewer
from upswing.web.shared import format as fmt
from upswing.web.shared.landing import ended, landing
from upswing.web.shared.request import link, now, organisation_of, today, viewer
from upswing.web.shared.theme import THEMES, theme_of
from upswing.web.shared.wordings import ROLES

PIPELINE = {
    "pipeline_all",
    "pipeline_rep",
    "pipeline_team",
    "deal",
    "deal_move",
    "deal_lost",
    "deal_not_lost",
}
"""Pages of open deals."""
FORECAST = {"forecast_all", "forecast_team", "forecast_rep", "accuracy"}
"""Pages of what is sold and what will be."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One place in the navigation."""

    label: str
    short: str
    icon: str
    url: str
    here: bool


@dataclass(frozen=True, slots=True)
class Source:
    """How fresh one source is, in words."""

    name: str
    when: str
    moment: datetime
    note: str


class Shell:
    """Everything around the page; each part is worked out once, when it is drawn."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self.theme = theme_of(request)
        self.themes = THEMES

    @cached_property
    def signed_in(self) -> bool:
        """Whether anybody is."""
        user = getattr(self._request, "user", None)
        return bool(user and user.is_authenticated)

    @cached_property
    def viewer(self) -> Viewer:
        """Who is asking."""
        return viewer(self._request)

    @cached_property
    def role(self) -> str:
        """The viewer's part, in words."""
        return _(ROLES[self.viewer.role.value])

    @cached_property
    def organisation(self) -> str:
        """The organisation's name."""
        return organisation_of(self._request).name

    @cached_property
    def latest(self) -> date | None:
        """The last day with data."""
        return latest_day(self.viewer)

    @cached_property
    def data_end(self) -> str:
        """The last day with data in words, when it is long ago; else empty."""
        over = self.latest and ended(self.latest, today(self._request))
        return fmt.day(self.latest) if over and self.latest else ""

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """How fresh each source is."""
        moment = now(self._request)
        return tuple(
            Source(found.source, fmt.ago(found.at.astimezone(moment.tzinfo), moment), found.at, found.note)
            for found in freshness(self.viewer)
        )

    @cached_property
    def freshest(self) -> Source | None:
        """The source that arrived last."""
        return max(self.sources, key=lambda found: found.moment, default=None)

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """The viewer's navigation, six at most: reps have quotes in it, others find them beside the pipeline."""
        entries = []
        if self.viewer.role is not AccessRole.REP:
            entries.append(self._entry(_("Team"), _("Team"), "users", "team_all"))
        if self.viewer.person_id and self.viewer.sells:
            entries.append(
                self._entry(
                    _("My scorecard"), _("Scorecard"), "gauge", "scorecard", rep=self.viewer.person_id
                )
            )
        if self.viewer.role is not AccessRole.AUDITOR:
            entries.append(self._pipeline())
            if self.viewer.role is not AccessRole.REP:
                entries.append(self._forecast())
            entries.append(self._folder(_("Targets"), "target", "targets"))
        entries.append(self._folder(_("Standards"), "file-text", "standards"))
        if self.viewer.role is AccessRole.REP:
            entries.append(self._folder(_("Quotes"), "receipt-text", "quotes"))
        if self.viewer.operates:
            entries.append(self._folder(_("Data"), "database", "data"))
        return tuple(entries)

    def _entry(self, label: str, short: str, icon: str, name: str, **parts: object) -> Entry:
        slug, at = self._period
        url = link(self._request, name, at, slug=slug, **parts)
        return Entry(label, short, icon, url, self._is_here(name, parts))

    def _is_here(self, name: str, parts: dict[str, object]) -> bool:
        match = self._request.resolver_match
        if match is None:
            return False
        if name == "team_all":
            others = match.kwargs.get("rep", self._own) != self._own and match.url_name not in (
                PIPELINE | FORECAST
            )
            return match.url_name in {"team", "team_all"} or others
        return match.url_name in {name, "metric"} and match.kwargs.get("rep") == parts.get("rep")

    def _forecast(self) -> Entry:
        """What will come; reps find it beside their pipeline."""
        match = self._request.resolver_match
        here = match is not None and match.url_name in FORECAST
        return Entry(_("Forecast"), _("Forecast"), "trending-up", reverse("forecast"), here)

    def _pipeline(self) -> Entry:
        """Open deals, each of them, and for whoever has no entry of their own for them, quotes."""
        match = self._request.resolver_match
        quotes = (
            match is not None and self.viewer.role is not AccessRole.REP and match.route.startswith("quotes/")
        )
        here = match is not None and (match.url_name in PIPELINE or quotes)
        return Entry(_("Pipeline"), _("Pipeline"), "columns-3", reverse("pipeline"), here)

    def _folder(self, label: str, icon: str, name: str) -> Entry:
        """A place whose pages all lie below its own address."""
        match = self._request.resolver_match
        here = match is not None and match.route.startswith(f"{name}/")
        return Entry(label, label, icon, reverse(name), here)

    @property
    def _own(self) -> UUID | None:
        return self.viewer.person_id

    @cached_property
    def _period(self) -> tuple[str, date | None]:
        """The period of the page at hand, so that going elsewhere keeps it; else where one lands."""
        match = self._request.resolver_match
        if match and "slug" in match.kwargs:
            return match.kwargs["slug"], None
        period, at = landing(self.latest, today(self._request), organisation_of(self._request).fiscal_start)
        return period.slug, at


def shell(request: HttpRequest) -> dict[str, Shell]:
    """Context processor."""
    return {"shell": Shell(request)}
