"""The board and the scorecard as files: whoever may see the page may take it along."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from upswing.actions.looking import looked
from upswing.exports import book, rows
from upswing.people.looks import What
from upswing.queries import team as teams
from upswing.queries.exported import Exported, exported_rep, exported_team
from upswing.web.shared.request import moment, now, organisation_of, period, viewer


@require_safe
def team_workbook(request: HttpRequest, slug: str, team: UUID | None = None) -> HttpResponse:
    """A team, or everybody the viewer may see, with a sheet each."""
    found = exported_team(viewer(request), period(request, slug), moment(request), team)
    return _workbook(request, found, What.TEAM)


@require_safe
def rep_workbook(request: HttpRequest, rep: UUID, slug: str) -> HttpResponse:
    """One rep."""
    found = exported_rep(viewer(request), rep, period(request, slug), moment(request))
    return _workbook(request, found, What.SCORECARD)


@require_safe
def team_cards(request: HttpRequest, slug: str, team: UUID | None = None) -> HttpResponse:
    """The board as CSV."""
    board = teams.team(viewer(request), period(request, slug), moment(request), team)
    looked(viewer(request), [card.rep_id for card in board.cards], What.TEAM, now(request))
    content = rows.cards_csv(board.cards, organisation_of(request).currency)
    return _file(content, rows.KIND, f"{board.name} {board.period.slug}.csv")


def _workbook(request: HttpRequest, found: Exported, what: What) -> HttpResponse:
    looked(viewer(request), [card.rep_id for card in found.cards], what, now(request))
    return _file(book.workbook(found, now(request)), book.KIND, book.file_name(found))


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": str(content_disposition_header(True, name))}
    return HttpResponse(content, content_type=kind, headers=headers)
