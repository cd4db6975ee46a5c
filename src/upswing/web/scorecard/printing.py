"""Everybody's scorecard on paper: one page a person, to be talked over and signed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from upswing.actions.looking import looked
from upswing.core.scorecard import Scorecard
from upswing.people.looks import What
from upswing.queries.disputes import disputed
from upswing.queries.exported import exported_team
from upswing.queries.standards import cited
from upswing.queries.viewers import Viewer
from upswing.web.scorecard.page import Marks, Page, page_of
from upswing.web.shared import format as fmt
from upswing.web.shared.request import link, moment, now, part, period, viewer


@dataclass(frozen=True, slots=True)
class Sheet:
    """One person's page, and the versions of the standards that its lines are judged by."""

    page: Page
    standards: tuple[str, ...]


@require_safe
def everybody(request: HttpRequest, slug: str, team: UUID | None = None) -> HttpResponse:
    """A team, or everybody the viewer may see; whoever has no record has no page."""
    found = exported_team(viewer(request), period(request, slug), moment(request), team)
    looked(viewer(request), [card.rep_id for card in found.cards], What.SCORECARD, now(request))
    name, parts = ("team", {"team": team}) if team else ("team_all", {})
    shown = {
        "title": found.title if team else _("All teams"),
        "period": fmt.period_name(found.period),
        "board": link(request, name, slug=found.period.slug, **parts),
        "sheets": _sheets(request, found.cards),
    }
    return render(request, part(request, "scorecard/print.html"), shown)


def _sheets(request: HttpRequest, cards: Sequence[Scorecard]) -> tuple[Sheet, ...]:
    marks = _marks(viewer(request), cards) if cards else {}
    pages = [page_of(request, card, marks[card.rep_id]) for card in cards]
    return tuple(Sheet(page, _standards(page)) for page in pages)


def _marks(who: Viewer, cards: Sequence[Scorecard]) -> dict[UUID, Marks]:
    """What people have said about everybody's lines, asked for at once."""
    reps, first = [card.rep_id for card in cards], cards[0]
    flagged = disputed(who, reps, first.period.slug)
    judged = cited(who, reps, min(first.at, first.period.last))
    return {
        rep: Marks(
            frozenset(key for whose, key in flagged if whose == rep),
            {key: standard for (whose, key), standard in judged.items() if whose == rep},
        )
        for rep in reps
    }


def _standards(page: Page) -> tuple[str, ...]:
    """Each once, in the order of the lines."""
    rows = [row for _, rows in page.groups for row in rows if row.standard]
    return tuple(dict.fromkeys(row.standard[1] for row in rows if row.standard))
