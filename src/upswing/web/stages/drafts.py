"""Write a pipeline: a draft kept at every step, each step a button of its form; publish it, or throw it away."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from upswing.actions import pipelines as actions
from upswing.actions import stages
from upswing.actions.permission import Incomplete
from upswing.queries import pipeline_setup
from upswing.web.shared.operators import operator
from upswing.web.shared.request import now
from upswing.web.shared.typed import NoDay, day_sent
from upswing.web.stages.building import form_of
from upswing.web.stages.sent import early_sent, whole


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pipeline: UUID) -> HttpResponse:
    """The draft; with a form, its rules and names are kept as they were sent, and then whatever its button says."""
    if request.method != "POST":
        return _page(request, pipeline)
    who, sent, grace = operator(request), request.POST, whole(request.POST.get("grace", ""))
    if grace is None:
        said = _("“{text}” is no number of working days. Write the grace like 5.")
        return _page(request, pipeline, (said.format(text=sent.get("grace", "")[:40]),))
    try:
        stages.settle_rules(who, pipeline, sent.get("name", ""), early_sent(sent), grace)
        for text, home in zip(sent.getlist("text"), sent.getlist("home"), strict=False):
            if home:
                stages.name_again(who, pipeline, home, text)
    except Incomplete as error:
        return _page(request, pipeline, error.sentences)
    return _done(request, pipeline, sent.get("do", ""))


def _done(request: HttpRequest, pipeline: UUID, do: str) -> HttpResponse:
    """What the button says; the rules are kept by now."""
    who, sent = operator(request), request.POST
    deed, _colon, key = do.partition(":")
    try:
        if deed in {"up", "down"}:
            stages.move_stage(who, pipeline, key, -1 if deed == "up" else 1)
        elif deed == "remove":
            stages.remove_stage(who, pipeline, key, sent.get("heir", ""))
        elif deed == "publish":
            actions.publish(who, pipeline, day_sent(sent, "effective"), sent.get("note", ""), now(request))
            return redirect("pipeline", pipeline)
    except Incomplete as error:
        return _page(request, pipeline, error.sentences, True, key if deed == "remove" else "")
    except NoDay as error:
        return _page(request, pipeline, (str(error),), True)
    return redirect(f"{reverse('pipeline_draft', args=[pipeline])}#{'rules' if deed == 'save' else 'stages'}")


def _page(
    request: HttpRequest,
    pipeline: UUID,
    refused: tuple[str, ...] = (),
    saved: bool = False,
    leaving: str = "",
) -> HttpResponse:
    """The editor; `refused` is why something could not be done, `leaving` the stage that cannot be taken off yet."""
    form = form_of(pipeline_setup.draft(operator(request), pipeline), request.POST, refused, saved, leaving)
    return render(request, "stages/draft.html", {"form": form}, status=422 if refused else 200)


@require_POST
def begin_again(request: HttpRequest, pipeline: UUID) -> HttpResponse:
    """The draft of the next version, or the one there is."""
    actions.begin_again(operator(request), pipeline, now(request))
    return redirect("pipeline_draft", pipeline)


@require_POST
def discard(request: HttpRequest, pipeline: UUID) -> HttpResponse:
    """Throw the draft away."""
    actions.discard(operator(request), pipeline)
    return redirect("pipelines")
