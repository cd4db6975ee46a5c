"""What became of a quote: each answer its own address, whatever was refused said on the quote's page."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from upswing.actions import quote_answers as acting
from upswing.actions import quoting, undoing
from upswing.actions.permission import NotAllowed
from upswing.core.quoting import Reaction, Reason
from upswing.queries.quote_pages import quote_shown
from upswing.web.quotes.drafts import out
from upswing.web.quotes.sent import typed
from upswing.web.shared.operators import operator
from upswing.web.shared.request import now, viewer


def _done(request: HttpRequest, quote: UUID, deed: Callable[[str], object]) -> HttpResponse:
    """Do it, with the words that were typed; refused, the page says why."""
    found = quote_shown(viewer(request), quote)
    try:
        deed(typed(request.POST, "words"))
    except NotAllowed as error:
        return out(request, found, str(error))
    return redirect("quote", quote)


@require_POST
def seen(request: HttpRequest, quote: UUID) -> HttpResponse:
    """The buyer has seen it."""
    told = request.POST.get("reaction", "")
    reaction = Reaction(told) if told in set(Reaction) else None
    return _done(
        request, quote, lambda words: acting.mark_seen(viewer(request), quote, reaction, words, now(request))
    )


@require_POST
def accept(request: HttpRequest, quote: UUID) -> HttpResponse:
    """The buyer said yes: to the quote as it was offered, or with other options."""
    taken = _taken(request) if "options" in request.POST else None
    return _done(
        request, quote, lambda words: acting.accept(viewer(request), quote, words, now(request), taken)
    )


def _taken(request: HttpRequest) -> set[int]:
    """The places of the options that were ticked; what is no place is none."""
    told = [
        value for name in request.POST if name.startswith("taken") for value in request.POST.getlist(name)
    ]
    return {int(value) for value in told if value.isascii() and value.isdecimal() and len(value) < 5}


@require_POST
def decline(request: HttpRequest, quote: UUID) -> HttpResponse:
    """The buyer said no."""
    told = request.POST.get("reason", "")
    if told not in set(Reason):
        return out(request, quote_shown(viewer(request), quote), _("Choose why it was declined."))
    return _done(
        request,
        quote,
        lambda words: acting.decline(viewer(request), quote, Reason(told), words, now(request)),
    )


@require_POST
def withdraw(request: HttpRequest, quote: UUID) -> HttpResponse:
    """Take the offer back."""
    return _done(request, quote, lambda words: acting.withdraw(viewer(request), quote, words, now(request)))


@require_POST
def take_back(request: HttpRequest, quote: UUID) -> HttpResponse:
    """The answer was a slip."""
    return _done(request, quote, lambda words: acting.take_back_answer(viewer(request), quote, now(request)))


@require_POST
def undo(request: HttpRequest, quote: UUID) -> HttpResponse:
    """Take all versions back, with what they changed, as if the quote had never been."""
    found = quote_shown(operator(request), quote)
    try:
        undoing.undo(viewer(request), found.batch, now(request))
    except NotAllowed as error:
        return out(request, found, str(error))
    return redirect("quotes")


@require_POST
def version(request: HttpRequest, quote: UUID) -> HttpResponse:
    """A new version: a draft that begins as a copy."""
    found = quote_shown(viewer(request), quote)
    if found.deal is None:
        return out(
            request, found, _("The deal of this quote is not in the book any more. Bring it in again first.")
        )
    try:
        return redirect("quote", quoting.begin(viewer(request), found.deal.id, None, now(request)))
    except NotAllowed as error:
        return out(request, found, str(error))
