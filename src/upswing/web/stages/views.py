"""Stages: the rules for everybody; for revenue operations all pipelines, and names that sources use."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from upswing.actions import pipelines as actions
from upswing.actions.permission import Incomplete
from upswing.queries import pipeline_setup, stage_rules
from upswing.web.shared.operators import operator
from upswing.web.shared.request import moment, now, viewer
from upswing.web.shared.spoken import spoken
from upswing.web.stages.page import list_of, page_of, rules_of
from upswing.web.stages.sent import homes_sent


@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """When a deal counts: everybody reads what each stage asks, today or on an earlier day."""
    who, day = viewer(request), moment(request)
    page = rules_of(stage_rules.rules(who, day))
    told = {"page": page, "writes": who.operates, "day": None if day == who.at else day}
    return render(request, "stages/rules.html", told)


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """All pipelines."""
    return _list(request)


def _list(request: HttpRequest, trouble: tuple[str, ...] = (), refused: tuple[str, ...] = ()) -> HttpResponse:
    """The list; `trouble` is why no draft was begun, `refused` why no name was given a stage."""
    page = list_of(pipeline_setup.overview(operator(request)), now(request).tzinfo)
    told = {"page": page, "trouble": trouble, "refused": refused, "name": request.POST.get("name", "")}
    return render(request, "stages/list.html", told, status=422 if trouble or refused else 200)


@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """A new pipeline: our stages, those of the deals, or nothing but a name."""
    who, start = operator(request), request.POST.get("start", "")
    try:
        if start == "starter":
            uid = actions.take_starter(who, now(request), spoken)
        elif start == "seen":
            uid = actions.take_seen(who, now(request), spoken)
        else:
            uid = actions.begin(who, request.POST.get("name", ""), now(request))
    except Incomplete as error:
        return _list(request, trouble=error.sentences)
    return redirect("pipeline_draft", uid)


@require_POST
def give(request: HttpRequest) -> HttpResponse:
    """Give names that sources use a stage."""
    who, homes = operator(request), homes_sent(request.POST)
    if not homes:
        return _list(request, refused=(_("No stage was chosen. Choose one for at least one of the names."),))
    note = _("Names that sources use were given a stage.")
    try:
        actions.give_stages(who, homes, note, now(request))
    except Incomplete as error:
        return _list(request, refused=error.sentences)
    return redirect("pipelines")


@require_safe
def show(request: HttpRequest, pipeline: UUID) -> HttpResponse:
    """One pipeline with all its versions."""
    page = page_of(pipeline_setup.shown(operator(request), pipeline), now(request).tzinfo)
    return render(request, "stages/page.html", {"page": page})
