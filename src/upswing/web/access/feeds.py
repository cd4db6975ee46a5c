"""Make a feed: an address that a spreadsheet reads by itself."""

from __future__ import annotations

from dataclasses import dataclass, replace

from allauth.account.decorators import reauthentication_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from upswing.actions.permission import NotAllowed
from upswing.actions.tokens import make_token
from upswing.core.people import AccessRole
from upswing.people.tokens import Scope
from upswing.web.access.page import blank, filled, own, wanted
from upswing.web.shared.request import now, viewer


@dataclass(frozen=True, slots=True)
class Fed:
    """Something that the feed answers, and the formula that reads it."""

    what: str
    formula: str


@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required  # type: ignore[untyped-decorator,unused-ignore]
def new(request: HttpRequest) -> HttpResponse:
    """Make one; its address is in this one answer and nowhere else."""
    who = viewer(request)
    if request.method != "POST":
        return render(request, "access/feed.html", {"form": blank(who)})
    asked = replace(wanted(request.POST), scopes=[Scope.FEED])
    try:
        made = make_token(who, own(request), asked, now(request))
    except NotAllowed as error:
        form = filled(who, request.POST, str(error))
        return render(request, "access/feed.html", {"form": form}, status=422)
    return render(request, "access/fed.html", {"formulas": _formulas(request, made)})


def _formulas(request: HttpRequest, token: str) -> tuple[Fed, ...]:
    """What this viewer may read: their own figures where they sell, a team's where they are no rep."""
    who = viewer(request)
    pages = ((_("Your own figures"), "feed_scorecard", who.sells),
             (_("Everybody whose figures you may see"), "feed_team", who.role is not AccessRole.REP))  # fmt: skip
    return tuple(Fed(what, _formula(request, name, token)) for what, name, has in pages if has)


def _formula(request: HttpRequest, name: str, token: str) -> str:
    address = request.build_absolute_uri(reverse(name, args=[token]))
    return f'=IMPORTDATA("{address}?period=this-month")'
