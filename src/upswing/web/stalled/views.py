"""The piles of stalled deals, one of them with its log, and the rule they follow."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from upswing.actions.looking import looked_at_deals
from upswing.actions.stall_steps import WORDS_LENGTH
from upswing.core.people import AccessRole
from upswing.queries.stall_shown import CaseShown
from upswing.queries.stalls import Pile, stall, stalls
from upswing.queries.viewers import NotVisible, Viewer
from upswing.web.shared.request import now, today, viewer
from upswing.web.stalled import page, trying
from upswing.web.stalled.narrowing import kept, narrowing, only_of
from upswing.web.stalled.together import last_of


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """What is proposed, what waits, what is set aside."""
    who = looker(request)
    only = only_of(request.GET)
    found = stalls(who, today(request), {pile: _asked(request, pile) for pile in Pile}, only)
    cases = [case.deal_id for lying in found.values() for case in lying.cases]
    looked_at_deals(who, cases, now(request))
    piles = {pile: page.pile_of(who, pile, lying) for pile, lying in found.items()}
    shown = {
        "headline": page.headline(found[Pile.OPEN]), "open": piles[Pile.OPEN], "waits": piles[Pile.WAITS],
        "aside": piles[Pile.ASIDE], "longest": WORDS_LENGTH, "sent": {},
        "links": {pile.value: _links(request, piles[pile]) for pile in Pile},
        "narrowing": narrowing(request, who, only), "last": last_of(who),
    }  # fmt: skip
    return render(request, "stalled/list.html", shown)


@require_safe
def one(request: HttpRequest, case: UUID) -> HttpResponse:
    """One case with everything that was said and done."""
    who = looker(request)
    return shown_case(request, who, stall(who, case, today(request)))


@require_safe
def rule(request: HttpRequest) -> HttpResponse:
    """The limits of every stage with what they rest on; for whoever leads, what the rule would have done."""
    who = looker(request)
    shown = {
        "limits": trying.limits(who, today(request)),
        "trial": trying.trial_page(request, who, today(request)) if trying.may_try(who) else None,
    }
    return render(request, "stalled/rule.html", shown)


def shown_case(
    request: HttpRequest, who: Viewer, found: CaseShown, trouble: str = "", deed: str = ""
) -> HttpResponse:
    """The page of a case; `trouble` is why the answer `deed` was not taken, and its form keeps what was typed."""
    looked_at_deals(who, [found.deal_id], now(request))
    shown = {
        "case": page.row_of(who, found), "trouble": trouble, "longest": WORDS_LENGTH,
        "sent": {"deed": deed, "day": request.POST.get("day", ""), "words": request.POST.get("words", "")},
    }  # fmt: skip
    return render(request, "stalled/one.html", shown, status=422 if trouble else 200)


def looker(request: HttpRequest) -> Viewer:
    """Who is asking; auditors see group figures only, and raise NotVisible."""
    who = viewer(request)
    if who.role is AccessRole.AUDITOR:
        raise NotVisible("There is no such page for you.")
    return who


def _asked(request: HttpRequest, pile: Pile) -> int:
    text = request.GET.get(pile.value, "1")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 7 else 1


def _links(request: HttpRequest, shown: page.PileShown) -> tuple[str, str]:
    """The addresses of the pages before and after, the other piles as they are."""
    return _to(request, shown.key, shown.before), _to(request, shown.key, shown.after)


def _to(request: HttpRequest, key: str, number: int) -> str:
    if not number:
        return ""
    pages = {pile.value: request.GET[pile.value] for pile in Pile if request.GET.get(pile.value)}
    return f"{reverse('stalled')}?{urlencode({**kept(request.GET), **pages, key: number})}#{key}"
