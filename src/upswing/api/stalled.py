"""Stalled deals: read what is proposed, what waits, what is set aside; answer, and take an answer back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router

from upswing.actions import stalls as acting
from upswing.actions.looking import looked_at_deals
from upswing.actions.written import signed_by
from upswing.api import pages
from upswing.api.callers import viewer_for
from upswing.api.moment import now
from upswing.api.once import Key, answered
from upswing.api.pages import Page
from upswing.api.refusals import READING, WRITING, mended_by
from upswing.api.schemas.stalled import CaseLogOut, StalledOut, StepIn, WaitIn
from upswing.core.people import AccessRole
from upswing.people.tokens import Scope
from upswing.people.viewer import NotVisible, Viewer
from upswing.queries.plain import plain_cell
from upswing.queries.stall_log import CaseLog, stall_log
from upswing.queries.stalls import Pile, stalls

router = Router(tags=["deals"])
CASE = "/stalled/{uuid:case}"
Act = Callable[[Viewer], object]
May = Callable[[Viewer, CaseLog], bool]


@router.get("/stalled", response={200: StalledOut, **READING}, summary="Stalled deals")
def read_stalled(request: HttpRequest, pile: Pile = Pile.OPEN, page: Page = 1) -> Any:
    """Of one pile, 12 a page: open ones by when their grace is over, the others with the latest first."""
    viewer = _looker(request, Scope.READ)
    found = stalls(viewer, viewer.at, {pile: page})
    here = found[pile]
    looked_at_deals(viewer, [case.deal_id for case in here.cases], now())
    piles = [
        {"pile": each, "count": one.count, "value": plain_cell(one.value)} for each, one in found.items()
    ]
    cases = plain_cell(here.cases)
    return {"piles": piles, "pile": pile, "cases": cases, **pages.said(here.page, here.page < here.pages)}


@router.post(f"{CASE}/next-step", response={200: CaseLogOut, **WRITING}, summary="The buyer’s next step")
def next_step(request: HttpRequest, case: UUID, body: StepIn, key: Key = "") -> HttpResponse:
    """The buyer does something on a day to come: the deal waits until then."""
    return _done(
        request, case, key, lambda viewer: acting.next_step(viewer, case, body.day, body.what, now())
    )


@router.post(f"{CASE}/wait", response={200: CaseLogOut, **WRITING}, summary="It waits for a day")
def wait(request: HttpRequest, case: UUID, body: WaitIn, key: Key = "") -> HttpResponse:
    """For a reason."""
    return _done(
        request, case, key, lambda viewer: acting.snooze(viewer, case, body.until, body.reason, now())
    )


@router.post(
    f"{CASE}/agree", response={200: CaseLogOut, **WRITING}, summary="Set it aside, as whose deal it is"
)
def agree(request: HttpRequest, case: UUID, key: Key = "") -> HttpResponse:
    """Whose deal it is agrees."""
    return _done(request, case, key, lambda viewer: acting.agree(viewer, case, now()), _own)


@router.post(
    f"{CASE}/confirm", response={200: CaseLogOut, **WRITING}, summary="Set it aside, as who leads them"
)
def confirm(request: HttpRequest, case: UUID, key: Key = "") -> HttpResponse:
    """Who leads them confirms, or revenue operations."""
    return _done(request, case, key, lambda viewer: acting.confirm(viewer, case, now()), _leads)


@router.post(f"{CASE}/return", response={200: CaseLogOut, **WRITING}, summary="It counts again")
def re_enter(request: HttpRequest, case: UUID, body: StepIn, key: Key = "") -> HttpResponse:
    """The buyer did something since the proposal: a deal that was set aside comes back."""
    return _done(request, case, key, lambda viewer: acting.re_enter(viewer, case, body.day, body.what, now()))


@router.post(f"{CASE}/take-back", response={200: CaseLogOut, **WRITING}, summary="Take the last answer back")
def take_back(request: HttpRequest, case: UUID, key: Key = "") -> HttpResponse:
    """By who gave it, or who leads them; an open proposal has its whole grace again."""
    return _done(request, case, key, lambda viewer: acting.take_back(viewer, case, now()), _theirs)


def _done(
    request: HttpRequest, case: UUID, key: str, act: Act, may: May = lambda viewer, case: True
) -> HttpResponse:
    """Do it, and tell the case as it stands then."""
    viewer = _looker(request, Scope.DEALS)

    def work() -> tuple[int, CaseLogOut]:
        with mended_by(may(viewer, stall_log(viewer, case))):
            act(viewer)
        return 200, _log(viewer, case)

    return answered(request, viewer, key, work)


def _log(viewer: Viewer, case: UUID) -> CaseLogOut:
    found = stall_log(viewer, case)
    looked_at_deals(viewer, [found.deal_id], now())
    names = ("deal_id", "due", "outcome", "rests", "steps")
    return CaseLogOut(case=case, **{name: plain_cell(getattr(found, name)) for name in names})


def _own(viewer: Viewer, case: CaseLog) -> bool:
    return case.hands.own


def _leads(viewer: Viewer, case: CaseLog) -> bool:
    return case.hands.leads


def _theirs(viewer: Viewer, case: CaseLog) -> bool:
    """Whether there is no answer of somebody else's."""
    return case.hands.leads or case.outcome is None or case.steps[-1].by == signed_by(viewer)


def _looker(request: HttpRequest, scope: Scope) -> Viewer:
    """Auditors see group figures only."""
    viewer = viewer_for(request, scope)
    if viewer.role is AccessRole.AUDITOR:
        raise NotVisible("There is no such page for you.")
    return viewer
