"""The scorecard of a rep: the same page for the rep and for everybody who may see it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from upswing.actions.looking import looked
from upswing.people.looks import What
from upswing.queries.disputes import disputed
from upswing.queries.funnel import steps
from upswing.queries.ranking import open_to
from upswing.queries.scorecard import scorecard_and_pacing
from upswing.queries.standards import cited
from upswing.queries.viewers import NotVisible
from upswing.web.scorecard import versus
from upswing.web.scorecard.page import Marks, page_of
from upswing.web.shared.request import link, moment, now, part, period, viewer


@require_safe
def show(request: HttpRequest, rep: UUID, slug: str) -> HttpResponse:
    """One rep, one period."""
    choice = versus.asked(request)
    found, running = scorecard_and_pacing(
        viewer(request), rep, period(request, slug), moment(request), versus.kind_of(choice)
    )
    card = versus.without(found, choice)
    looked(viewer(request), [rep], What.SCORECARD, now(request))
    marked = disputed(viewer(request), [rep], card.period.slug)
    judged_by = cited(viewer(request), [rep], min(card.at, card.period.last))
    marks = Marks(
        frozenset(key for _, key in marked), {key: standard for (_, key), standard in judged_by.items()}
    )
    page = page_of(
        request, card, marks, running, steps(viewer(request), rep, card.period, card.at),
        versus.choices_of(request, choice),
    )  # fmt: skip
    shown = {"page": page, "rankings": page.own and bool(open_to(viewer(request)))}
    return render(request, part(request, "scorecard/page.html"), shown)


@require_safe
def mine(request: HttpRequest, slug: str) -> HttpResponse:
    """The viewer's own: redirected to the address with the id, so that copied links work."""
    own = viewer(request).person_id
    if own is None:
        raise NotVisible
    return redirect(link(request, "scorecard", rep=own, slug=period(request, slug).slug))
