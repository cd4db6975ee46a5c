"""Answers to a proposal, each with its own address; what was refused is said on the page of the case."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from upswing.actions import stalls as acting
from upswing.actions.permission import NotAllowed
from upswing.queries.stalls import stall
from upswing.web.shared.request import now, today
from upswing.web.stalled.views import looker, shown_case


class NoDay(ValueError):
    """What was typed is no day."""


@require_POST
def next_step(request: HttpRequest, case: UUID) -> HttpResponse:
    """The buyer does something on a day to come."""
    return _done(
        request, case, "next_step",
        lambda words: acting.next_step(looker(request), case, _day(request), words, now(request)),
    )  # fmt: skip


@require_POST
def wait(request: HttpRequest, case: UUID) -> HttpResponse:
    """It waits, for a reason."""
    return _done(
        request, case, "wait",
        lambda words: acting.snooze(looker(request), case, _day(request), words, now(request)),
    )  # fmt: skip


@require_POST
def agree(request: HttpRequest, case: UUID) -> HttpResponse:
    """Set aside, says whose deal it is."""
    return _done(request, case, "agree", lambda words: acting.agree(looker(request), case, now(request)))


@require_POST
def confirm(request: HttpRequest, case: UUID) -> HttpResponse:
    """Set aside, says who leads them."""
    return _done(request, case, "confirm", lambda words: acting.confirm(looker(request), case, now(request)))


@require_POST
def take_back(request: HttpRequest, case: UUID) -> HttpResponse:
    """The last answer was a slip."""
    return _done(
        request, case, "take_back", lambda words: acting.take_back(looker(request), case, now(request))
    )


@require_POST
def re_enter(request: HttpRequest, case: UUID) -> HttpResponse:
    """The buyer did something: it counts again."""
    return _done(
        request, case, "return",
        lambda words: acting.re_enter(looker(request), case, _day(request), words, now(request)),
    )  # fmt: skip


def _done(request: HttpRequest, case: UUID, deed: str, act: Callable[[str], object]) -> HttpResponse:
    """Do it and go back to where it was asked; refused, the page of the case says why."""
    found = stall(looker(request), case, today(request))
    try:
        act(request.POST.get("words", ""))
    except (NotAllowed, NoDay) as refused:
        return shown_case(request, looker(request), found, str(refused), deed)
    return redirect(
        reverse("stalled") if request.POST.get("back") == "list" else reverse("stalled_one", args=[case])
    )


def _day(request: HttpRequest) -> date:
    text = request.POST.get("day", "").strip()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise NoDay(_("Choose a day, like 2026-11-30.") if not text else _unread(text)) from None


def _unread(text: str) -> str:
    return _("No day reads “{text}”. Write it like 2026-11-30.").format(text=text[:40])
