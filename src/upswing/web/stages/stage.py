"""Write one stage of a draft: its buyer's step, its evidence, what it counts, how long it may last."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from upswing.actions import stages as actions
from upswing.actions.permission import Incomplete
from upswing.core.pipelines import Stage
from upswing.queries import pipeline_setup
from upswing.queries.viewers import NotVisible
from upswing.web.shared.operators import operator
from upswing.web.stages.building import stage_form
from upswing.web.stages.sent import Written, stage_sent


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, pipeline: UUID) -> HttpResponse:
    """A new stage, the last one."""
    return _edited(request, pipeline, "")


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pipeline: UUID, key: str) -> HttpResponse:
    """One stage."""
    return _edited(request, pipeline, key)


def _edited(request: HttpRequest, pipeline: UUID, key: str) -> HttpResponse:
    """The form; sent, the stage is kept if it is whole, and comes back as it was typed if it is not."""
    if request.method != "POST":
        return _page(request, pipeline, key)
    who, written = operator(request), stage_sent(request.POST, key)
    pipeline_setup.draft(who, pipeline)
    if written.unread:
        return _page(request, pipeline, key, written, written.unread)
    try:
        kept = actions.save_stage(who, pipeline, written.stage)
    except Incomplete as error:
        return _page(request, pipeline, key, written, error.sentences)
    if request.POST.get("do") == "more":
        return redirect(f"{reverse('stage', args=[pipeline, kept])}#evidence")
    return redirect(f"{reverse('pipeline_draft', args=[pipeline])}#stage-{kept}")


def _page(
    request: HttpRequest,
    pipeline: UUID,
    key: str,
    sent: Written | None = None,
    refused: tuple[str, ...] = (),
) -> HttpResponse:
    draft = pipeline_setup.draft(operator(request), pipeline)
    stage = draft.pipeline.stage(key) if key else Stage("", "")
    if stage is None:
        raise NotVisible("There is no such stage.")
    form = stage_form(draft, sent.stage if sent else stage, sent, refused)
    return render(request, "stages/stage.html", {"form": form}, status=422 if refused else 200)
