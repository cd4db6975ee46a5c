"""Quotas that files brought after their period had begun: accept them with a reason the reps read, or let them go."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from upswing.actions.permission import NotAllowed
from upswing.actions.targeting import REASON_LENGTH
from upswing.actions.waiting import accept_waiting, dismiss_waiting
from upswing.queries.targeting import Waiting, waiting
from upswing.web.shared import format as fmt
from upswing.web.shared.operators import operator
from upswing.web.shared.request import now


@dataclass(frozen=True, slots=True)
class Row:
    """One quota in words."""

    id: int
    rep: str
    label: str
    period: str
    stands: str
    says: str
    source: str


@dataclass(frozen=True, slots=True)
class Page:
    """Everything the template draws."""

    headline: str
    rows: tuple[Row, ...]
    reason: str
    refused: str
    longest: int = REASON_LENGTH


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest) -> HttpResponse:
    """The quotas that wait; a POST accepts or lets go of those chosen."""
    who, refused, sent = operator(request), "", request.POST
    if request.method == "POST":
        chosen = [int(text) for text in sent.getlist("quota") if text[:15].isdecimal() and len(text) < 16]
        try:
            if sent.get("do") == "dismiss":
                dismiss_waiting(who, chosen)
            else:
                accept_waiting(who, chosen, sent.get("reason", ""), now(request))
            return redirect("targets_waiting")
        except NotAllowed as error:
            refused = str(error)
    found = waiting(who)
    shown = Page(headline(len(found)), tuple(map(_row, found)), sent.get("reason", ""), refused)
    return render(request, "targets/waiting.html", {"page": shown}, status=422 if refused else 200)


def headline(count: int) -> str:
    """How many wait, in words."""
    if not count:
        return _("No quota waits: what the files say counts.")
    words = ngettext(
        "{count} quota of a period that has begun differs from its file; it was not changed.",
        "{count} quotas of periods that have begun differ from their files; they were not changed.",
        count,
    )
    return words.format(count=fmt.number(count))


def _row(each: Waiting) -> Row:
    unit = each.metric.unit
    return Row(
        each.id, each.rep, _(each.metric.label), fmt.period_name(each.period), fmt.value(each.stands, unit),
        fmt.value(each.says, unit), f"{each.source}, {fmt.day(each.at.date())}",
    )  # fmt: skip
