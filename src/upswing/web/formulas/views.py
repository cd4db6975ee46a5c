"""The organisation's own metrics: the list, one with its versions, archiving it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from upswing.actions import formulas as actions
from upswing.actions.permission import NotAllowed
from upswing.queries import formula_setup
from upswing.web.formulas.page import list_of, page_of
from upswing.web.shared.request import now, viewer


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """All of them."""
    return _list(request)


def _list(request: HttpRequest, trouble: str = "") -> HttpResponse:
    """The list; `trouble` is why no draft was begun."""
    page = list_of(formula_setup.overview(viewer(request)), now(request).tzinfo)
    told = {"page": page, "trouble": trouble, "name": request.POST.get("name", "")}
    return render(request, "formulas/list.html", told, status=422 if trouble else 200)


@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """A new metric: a name and nothing else."""
    try:
        key = actions.begin(viewer(request), request.POST.get("name", ""), now(request))
    except NotAllowed as error:
        return _list(request, str(error))
    return redirect("formula_draft", key)


@require_safe
def show(request: HttpRequest, key: str) -> HttpResponse:
    """One metric with all its versions."""
    page = page_of(formula_setup.metric_shown(viewer(request), key), viewer(request).at, now(request).tzinfo)
    return render(request, "formulas/page.html", {"page": page})


@require_POST
def archive(request: HttpRequest, key: str) -> HttpResponse:
    """Offer it no more."""
    actions.archive(viewer(request), key, now(request))
    return redirect("formula", key)


@require_POST
def restore(request: HttpRequest, key: str) -> HttpResponse:
    """Offer it again."""
    actions.restore(viewer(request), key)
    return redirect("formula", key)
