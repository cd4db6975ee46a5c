"""Addresses of pages that exist of a rep, of a team and of everybody; and the other teams to choose from."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from upswing.queries.circle import Circle
from upswing.web.shared.request import link
from upswing.web.shared.stepper import Step


def name_of(circle: Circle) -> str:
    """Whose deals it is about; for whoever sees only some of the people, their own are not everybody."""
    return circle.name or (_("Everybody") if circle.whole else _("All your people"))


def address(page: str, circle: Circle) -> tuple[str, dict[str, Any]]:
    """The name and the parts of such a page's address, but for its period: forecast_rep, …_team or …_all."""
    if circle.rep:
        return f"{page}_rep", {"rep": circle.rep}
    return (f"{page}_team", {"team": circle.team}) if circle.team else (f"{page}_all", {})


def others(request: HttpRequest, page: str, circle: Circle, slug: str) -> tuple[Step, ...]:
    """The teams the viewer may open the page of; none to choose from where there is but one."""
    if len(circle.teams) < 2:
        return ()
    return (
        Step(pgettext("teams", "All"), link(request, f"{page}_all", slug=slug), circle.team is None),
        *(
            Step(team.name, link(request, f"{page}_team", team=team.id, slug=slug), team.id == circle.team)
            for team in circle.teams
        ),
    )
