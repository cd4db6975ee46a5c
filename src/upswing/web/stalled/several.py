"""Several stalled deals set aside at once: each can be left out before, and all of it taken back after."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from upswing.actions.looking import looked_at_deals
from upswing.actions.permission import NotAllowed
from upswing.actions.stall_several import MOST, set_aside, take_back_all
from upswing.actions.written import signed_by
from upswing.core.money import Money
from upswing.queries.stall_shown import CaseShown
from upswing.queries.stalls import Lying, answered_at, open_stalls, standing_since
from upswing.queries.viewers import NotVisible, Viewer
from upswing.web.shared import format as fmt
from upswing.web.shared.operators import asked_page
from upswing.web.shared.request import now
from upswing.web.stalled import page
from upswing.web.stalled.narrowing import kept, narrowing, only_of
from upswing.web.stalled.together import address_of, last_of, moment_of
from upswing.web.stalled.views import looker


@require_http_methods(["GET", "HEAD", "POST"])
def several(request: HttpRequest) -> HttpResponse:
    """The open proposals of a person or a stage, all ticked; those that still are when it is posted are set aside."""
    who = looker(request)
    if request.method != "POST":
        return _choosing(request, who)
    at, chosen = now(request), _chosen(request)
    try:
        set_aside(who, chosen, at)
    except NotAllowed as refused:
        return _choosing(request, who, str(refused))
    return redirect(f"{address_of(at)}?of={len(chosen)}")


@require_safe
def done(request: HttpRequest, moment: int) -> HttpResponse:
    """What the viewer set aside at one moment."""
    return _done(request, looker(request), moment)


@require_POST
def take_back(request: HttpRequest, moment: int) -> HttpResponse:
    """All of it was a slip."""
    who = looker(request)
    try:
        take_back_all(who, moment_of(moment), now(request))
    except NotAllowed as refused:
        return _done(request, who, moment, str(refused))
    return redirect("stalled")


def _choosing(request: HttpRequest, who: Viewer, trouble: str = "") -> HttpResponse:
    found = open_stalls(who, who.at, (only := only_of(request.GET)), MOST, asked_page(request))
    looked_at_deals(who, [case.deal_id for case in found.cases], now(request))
    chosen = set(_chosen(request)) if trouble else {case.id for case in found.cases}
    shown = {
        "headline": _headline(found), "more": _more(found), "trouble": trouble, "links": _links(request, found),
        "rows": [
            (row, case.id in chosen)
            for case in found.cases
            if (row := page.row_of(who, case)).may & {"agree", "confirm"}
        ],
        "narrowing": narrowing(request, who, only), "last": last_of(who),
    }  # fmt: skip
    return render(request, "stalled/several.html", shown, status=422 if trouble else 200)


def _done(request: HttpRequest, who: Viewer, moment: int, trouble: str = "") -> HttpResponse:
    when = moment_of(moment)
    cases = answered_at(who, when, signed_by(who), who.at)
    if not cases:
        raise NotVisible("Nothing was set aside at that moment.")
    looked_at_deals(who, [case.deal_id for case in cases], now(request))
    standing = len(standing_since(who, when, signed_by(who)))
    shown = {
        "headline": _set_aside(cases), "left": _left(request, len(cases)), "standing": standing,
        "trouble": trouble, "moment": moment,
        "rows": [page.row_of(who, case) for case in cases],
    }  # fmt: skip
    return render(request, "stalled/done.html", shown, status=422 if trouble else 200)


def _left(request: HttpRequest, done: int) -> str:
    """How many of those that were ticked stayed as they were."""
    text = request.GET.get("of", "")
    left = (int(text) if text.isascii() and text.isdecimal() and len(text) < 5 else 0) - done
    words = ngettext(
        "{count} that was ticked had its answer already, or has moved on: it stays as it is.",
        "{count} that were ticked had their answer already, or have moved on: they stay as they are.",
        max(left, 0),
    )
    return words.format(count=fmt.number(left)) if left > 0 else ""


def _chosen(request: HttpRequest) -> list[UUID]:
    """The cases that are ticked. Raises NotVisible for what names none."""
    try:
        return list(dict.fromkeys(map(UUID, request.POST.getlist("case"))))
    except ValueError:
        raise NotVisible("There is no such stalled deal.") from None


def _headline(found: Lying) -> str:
    if not found.count:
        return _("No such deal waits for a word.")
    words = ngettext(
        "{count} deal over {value} waits for a word.", "{count} deals over {value} wait for a word.", found.count
    )  # fmt: skip
    return words.format(count=fmt.number(found.count), value=fmt.money_whole(found.value))


def _more(found: Lying) -> str:
    words = _("They are set aside {most} at a time at most.")
    return words.format(most=fmt.number(MOST)) if found.pages > 1 else ""


def _links(request: HttpRequest, found: Lying) -> tuple[str, str]:
    """The addresses of the pages before and after."""
    before, after = (
        f"{reverse('stalled_several')}?{urlencode({**kept(request.GET), 'page': number})}"
        if 1 <= number <= found.pages else ""
        for number in (found.page - 1, found.page + 1)
    )  # fmt: skip
    return before, after


def _set_aside(cases: tuple[CaseShown, ...]) -> str:
    value = Money(sum(case.amount.minor for case in cases), cases[0].amount.currency)
    words = ngettext(
        "You set {count} deal over {value} aside.", "You set {count} deals over {value} aside.", len(cases)
    )
    return words.format(count=fmt.number(len(cases)), value=fmt.money_whole(value))
