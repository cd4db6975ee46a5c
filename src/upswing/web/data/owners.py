"""Names in the files that no rep has, and saying who they are."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from upswing.actions import owners
from upswing.actions.permission import NotAllowed
from upswing.queries.owners import strangers
from upswing.queries.people import reps
from upswing.queries.viewers import NotVisible
from upswing.web.data.strangers import page_of
from upswing.web.shared.operators import operator
from upswing.web.shared.request import now, part


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest) -> HttpResponse:
    """The names; with a form, one of them decided."""
    who, trouble = operator(request), ("", "")
    if request.method == "POST":
        written = request.POST.get("written", "")
        try:
            since = date.fromisoformat(request.POST["since"]) if request.POST.get("since") else None
            if person := request.POST.get("person", ""):
                owners.alias(who, written, UUID(person), now(request), since, request.user.pk)
            else:
                owners.new_person(who, written)
        except (NotAllowed, NotVisible, ValueError) as error:
            trouble = (written, str(error))
        else:
            return redirect("owners")
    page = page_of(strangers(who), reps(who), trouble)
    return render(
        request, part(request, "data/owners.html"), {"page": page}, status=422 if trouble[0] else 200
    )
