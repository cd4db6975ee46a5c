"""One's own tokens: see them, make one, end one."""

from __future__ import annotations

from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from upswing.actions.permission import NotAllowed
from upswing.actions.tokens import make_token, revoke_token
from upswing.web.access.page import blank, filled, own, shown, wanted
from upswing.web.shared.request import now, viewer


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """The tokens one has."""
    return render(request, "access/page.html", {"tokens": shown(request)})


@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required  # type: ignore[untyped-decorator,unused-ignore]
def new(request: HttpRequest) -> HttpResponse:
    """Make a token; its secret is in this one answer and nowhere else."""
    who = viewer(request)
    if request.method != "POST":
        return render(request, "access/new.html", {"form": blank(who)})
    try:
        made = make_token(who, own(request), wanted(request.POST), now(request))
    except NotAllowed as error:
        form = filled(who, request.POST, str(error))
        return render(request, "access/new.html", {"form": form}, status=422)
    return render(request, "access/made.html", {"token": made})


@require_POST
def revoke(request: HttpRequest, token: UUID) -> HttpResponse:
    """End a token."""
    revoke_token(viewer(request), own(request), token, now(request))
    return redirect("access")
