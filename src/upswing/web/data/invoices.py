"""Invoices that are nobody's yet, and saying whose they are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from upswing.actions import attributing
from upswing.actions.attributing import Unclear
from upswing.queries.people import reps
from upswing.queries.unattributed import unattributed
from upswing.queries.viewers import NotVisible, Viewer
from upswing.web.data.queue import NOTHING_REFUSED, Refused, page_of
from upswing.web.shared.operators import asked_page, operator
from upswing.web.shared.request import now, part

Decide = Callable[[Viewer, UUID, QueryDict, datetime], None]


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest) -> HttpResponse:
    """The queue; with a form, one of them decided."""
    who, refused = operator(request), NOTHING_REFUSED
    if request.method == "POST":
        invoice = request.POST.get("invoice", "")
        try:
            DECISIONS.get(request.POST.get("do", ""), _to_people)(
                who, _id(invoice), request.POST, now(request)
            )
        except Unclear as error:
            refused = _refused(invoice, str(error), request.POST)
        else:
            return redirect(request.get_full_path())
    page = page_of(unattributed(who, asked_page(request)), reps(who), refused)
    return render(
        request, part(request, "data/invoices.html"), {"page": page}, status=422 if refused.why else 200
    )


def _refused(invoice: str, why: str, form: QueryDict) -> Refused:
    places = tuple(zip(form.getlist("person"), form.getlist("weight"), strict=False))
    return Refused(invoice, why, places, form.get("reason", ""))


def _to_people(who: Viewer, invoice: UUID, form: QueryDict, at: datetime) -> None:
    """To those of a candidate, whose reason is the reason; the account is remembered where that is asked for."""
    shares = shares_of(form.get("shares", ""))
    attributing.attribute(who, invoice, shares, form.get("why", ""), at)
    if form.get("remember") and len(shares) == 1:
        since = datetime.fromisoformat(form.get("since", "")).date()
        attributing.remember(who, _id(form.get("account", "")), next(iter(shares)), since, at)


def _split(who: Viewer, invoice: UUID, form: QueryDict, at: datetime) -> None:
    """To whoever was chosen, by their weights."""
    chosen = zip(form.getlist("person"), form.getlist("weight"), strict=False)
    text = ",".join(f"{person}:{weight or 1}" for person, weight in chosen if person)
    attributing.attribute(who, invoice, shares_of(text), form.get("reason", ""), at)


def _to_house(who: Viewer, invoice: UUID, form: QueryDict, at: datetime) -> None:
    attributing.attribute_to_house(who, invoice, form.get("reason", ""), at)


DECISIONS: dict[str, Decide] = {"split": _split, "house": _to_house}


def shares_of(text: str) -> Mapping[UUID, int]:
    """Who gets how much, of “id:weight,id:weight”; raises Unclear for a weight that is no number."""
    found: dict[UUID, int] = {}
    for pair in filter(None, text.split(",")):
        person, _sign, weight = pair.partition(":")
        if not weight.strip().isdecimal():
            said = _("“{text}” is no weight. Write whole numbers, like 1 and 1 for halves.")
            raise Unclear(said.format(text=weight))
        found[_id(person)] = found.get(_id(person), 0) + int(weight)
    return found


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotVisible("There is no such thing.") from None
