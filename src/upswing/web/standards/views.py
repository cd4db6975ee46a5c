"""Read the standards, sign them, question them."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from upswing.actions import standards as actions
from upswing.actions.permission import NotAllowed
from upswing.queries import drafted, standards
from upswing.queries.published import drafts_standards
from upswing.queries.viewers import NotVisible
from upswing.web.shared.request import now, viewer
from upswing.web.standards import page, reading


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """What is expected of whom."""
    return list_page(request)


def list_page(request: HttpRequest, trouble: str = "") -> HttpResponse:
    """The list; `trouble` is why no draft was begun."""
    who = viewer(request)
    shown = page.page_of(
        standards.standards(who), drafted.drafts(who), drafted.packs_left(who), drafts_standards(who),
        now(request).tzinfo, trouble, request.POST.get("name", ""),
    )  # fmt: skip
    return render(request, "standards/list.html", {"page": shown}, status=422 if trouble else 200)


@require_safe
def show(request: HttpRequest, standard: UUID, number: int) -> HttpResponse:
    """One version in full."""
    return version_page(request, standard, number)


def version_page(
    request: HttpRequest, standard: UUID, number: int, signing: str = "", asking: str = "", writing: str = ""
) -> HttpResponse:
    """The page of a version; `signing`, `asking`, `writing` say what was refused; the form comes back filled in."""
    shown = standards.version(viewer(request), standard, number)
    made = reading.page_of(shown, now(request).tzinfo, signing, asking)
    fields = {
        "typed": "typed",
        "criterion": "criterion",
        "words": "text",
        "answering": "answering",
        "answer": "answer",
    }
    kept = {name: request.POST.get(field, "") for name, field in fields.items()}
    status = 422 if signing or asking or writing else 200
    return render(request, "standards/page.html", {"page": made, "writing": writing, **kept}, status=status)


@require_POST
def sign(request: HttpRequest, standard: UUID, number: int) -> HttpResponse:
    """Agree to a version with one's name."""
    try:
        actions.sign_standard(viewer(request), standard, number, request.POST.get("typed", ""), now(request))
    except NotAllowed as error:
        return version_page(request, standard, number, signing=str(error))
    return redirect("standard", standard, number)


@require_POST
def question(request: HttpRequest, standard: UUID, number: int) -> HttpResponse:
    """Say what one does not agree with, or ask."""
    sent = request.POST
    try:
        actions.object_to(
            viewer(request), standard, number, sent.get("criterion", ""), sent.get("text", ""), now(request)
        )
    except NotAllowed as error:
        return version_page(request, standard, number, asking=str(error))
    return redirect("standard", standard, number)


@require_POST
def answer(request: HttpRequest, standard: UUID, number: int, objection: UUID) -> HttpResponse:
    """Answer it."""
    try:
        stands = actions.answer_objection(
            viewer(request), objection, request.POST.get("answer", ""), now(request)
        )
    except NotAllowed as error:
        return version_page(request, standard, number, asking=str(error))
    if stands != (standard, number):
        raise NotVisible("There is no such question.")
    return redirect("standard", standard, number)
