"""Scorecards as CSV for whoever holds the address: what the token's owner may see at this moment, and no more."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from upswing.actions.looking import looked
from upswing.actions.tokens import note_use
from upswing.core.period import Period, UnknownPeriod
from upswing.core.scorecard import Scorecard
from upswing.exports.rows import KIND, cards_csv
from upswing.people.looks import What
from upswing.people.tokens import Scope
from upswing.queries import scorecard as scorecards
from upswing.queries import team as teams
from upswing.queries.tokens import bearer
from upswing.queries.viewers import NotVisible, Viewer, viewer_of
from upswing.web.shared.request import now, organisation_of, period, today
from upswing.web.shared.typed import uid

Read = Callable[[Viewer, Period], Sequence[Scorecard]]


@require_safe
def team(request: HttpRequest, token: str) -> HttpResponse:
    """A team by its id or name (`?team=`), or everybody the owner leads."""

    def read(viewer: Viewer, asked: Period) -> Sequence[Scorecard]:
        wanted = request.GET.get("team", "")
        chosen = (uid(wanted) or teams.team_called(viewer, wanted)) if wanted else None
        return teams.team(viewer, asked, viewer.at, chosen).cards

    return _fed(request, token, What.TEAM, read)


@require_safe
def scorecard(request: HttpRequest, token: str) -> HttpResponse:
    """One rep by their id (`?rep=`), or the owner."""

    def read(viewer: Viewer, asked: Period) -> Sequence[Scorecard]:
        wanted = request.GET.get("rep", "")
        rep = uid(wanted) if wanted else viewer.person_id
        if rep is None:
            raise NotVisible("There is no such rep.")
        return [scorecards.scorecard(viewer, rep, asked, viewer.at)]

    return _fed(request, token, What.SCORECARD, read)


def _fed(request: HttpRequest, token: str, what: What, read: Read) -> HttpResponse:
    """The lines as CSV. A token that does not work, and whatever its owner may not see, is missing without a hint."""
    moment = now(request)
    found = bearer(token, moment)
    if found is None or found.scopes != {Scope.FEED}:
        return _said("Not found.", 404)
    viewer = viewer_of(found.user, today(request), "feed")
    note_use(viewer, found, moment)
    try:
        cards = read(viewer, period(request, request.GET.get("period", "this-month")))
    except NotVisible:
        return _said("Not found.", 404)
    except UnknownPeriod as error:
        return _said(str(error), 422)
    looked(viewer, [card.rep_id for card in cards], what, moment)
    content = cards_csv(cards, organisation_of(request).currency, mark=False)
    return HttpResponse(content, content_type=KIND, headers={"Cache-Control": "no-store"})


def _said(text: str, status: int) -> HttpResponse:
    headers = {"Cache-Control": "no-store"}
    return HttpResponse(f"{text}\n", "text/plain; charset=utf-8", status, headers=headers)
