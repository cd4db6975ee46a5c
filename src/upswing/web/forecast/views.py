"""What a period will bring, what changed, how sure it is; and a word of one's own about it."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from upswing.actions import committing
from upswing.actions.looking import looked
from upswing.actions.permission import NotAllowed
from upswing.core.metrics.metric import Unit
from upswing.core.people import AccessRole
from upswing.core.period import PeriodKind, quarter_of
from upswing.people.looks import What
from upswing.queries.backtesting import recent_accuracy
from upswing.queries.commit_history import commit_history
from upswing.queries.forecast import forecast
from upswing.queries.holding import State
from upswing.queries.movement import moved, moved_deals
from upswing.queries.pipeline import Asked, pipeline
from upswing.queries.rates import won_waiting
from upswing.queries.viewers import NotVisible
from upswing.web.forecast.accuracy import accuracy_page
from upswing.web.forecast.page import page_of
from upswing.web.shared import typed
from upswing.web.shared.request import (
    link,
    moment,
    now,
    organisation_of,
    part,
    period,
    today,
    viewer,
)

A_WEEK = timedelta(days=7)
KINDS = {"month": PeriodKind.MONTH, "quarter": PeriodKind.QUARTER}


@require_safe
def landing(request: HttpRequest) -> HttpResponse:
    """The running quarter: a rep's own, everybody's for others."""
    who = viewer(request)
    slug = quarter_of(today(request), organisation_of(request).fiscal_start).slug
    if who.role is AccessRole.REP and who.person_id:
        return redirect(link(request, "forecast_rep", rep=who.person_id, slug=slug))
    return redirect(link(request, "forecast_all", slug=slug))


@require_safe
def everybody(request: HttpRequest, slug: str) -> HttpResponse:
    """Of everybody the viewer may see."""
    return _show(request, slug)


@require_safe
def of_team(request: HttpRequest, team: UUID, slug: str) -> HttpResponse:
    """Of a team, with the teams below it."""
    return _show(request, slug, team=team)


@require_safe
def of_rep(request: HttpRequest, rep: UUID, slug: str) -> HttpResponse:
    """Of one rep: the same page for the rep and whoever leads them."""
    return _show(request, slug, rep=rep)


@require_POST
def commit(request: HttpRequest, rep: UUID, slug: str) -> HttpResponse:
    """Keep what the viewer expects of the period."""
    asked = period(request, slug)
    try:
        minor = typed.amount(request.POST.get("amount", ""), Unit.MONEY, organisation_of(request).currency)
        committing.commit(
            viewer(request), rep, asked, int(minor), request.POST.get("reason", ""), now(request)
        )
    except (typed.Untyped, NotAllowed) as error:
        return _show(
            request, slug, rep=rep, refused=str(error) if isinstance(error, typed.Untyped) else error.args[0]
        )
    return redirect(link(request, "forecast_rep", rep=rep, slug=slug) + "#said")


@require_safe
def accuracy(request: HttpRequest, kind: str) -> HttpResponse:
    """How forecasts of past months or quarters came out, by method."""
    if kind not in KINDS:
        raise NotVisible("There is no such page.")
    found = recent_accuracy(viewer(request), KINDS[kind], moment(request))
    shown = {"page": accuracy_page(request, found, kind)}
    return render(request, part(request, "forecast/accuracy.html"), shown)


def _show(
    request: HttpRequest, slug: str, rep: UUID | None = None, team: UUID | None = None, refused: str = ""
) -> HttpResponse:
    who, asked, at = viewer(request), period(request, slug), moment(request)
    found = forecast(who, asked, at, rep, team)
    looked(who, [row.id for row in found.rows], What.FORECAST, now(request))
    since = min(_since(request, at), at)
    changed = moved(who, asked, at, since, rep, team)
    stalled = pipeline(who, asked, at, rep, team, Asked(state=State.STALLED))
    history = commit_history(who, rep, asked.kind, at) if rep else ()
    unknown = won_waiting(found.circle.ids, asked, at)
    page = page_of(
        request, found, changed, moved_deals(who, changed), since, stalled, history, unknown, refused
    )
    status = 422 if refused else 200
    return render(request, part(request, "forecast/page.html"), {"page": page}, status=status)


def _since(request: HttpRequest, at: date) -> date:
    """The day to compare with: a week before, or what is asked for."""
    text = request.GET.get("since", "")
    try:
        return date.fromisoformat(text) if text else at - A_WEEK
    except ValueError:
        return at - A_WEEK
