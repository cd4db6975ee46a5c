"""Say what a deal is for the forecast: counted on, possible, nothing; or leave it out of it, and why."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from upswing.actions.moved import called, refuse_decided
from upswing.actions.permission import NotAllowed
from upswing.actions.quoted import deal_for
from upswing.actions.written import one_line, signed_by
from upswing.book.models import Deal
from upswing.core.forecast.categories import Category
from upswing.core.people import AccessRole
from upswing.core.wording import worded
from upswing.goals.categories import REASON_LENGTH, DealCategory
from upswing.people.viewer import Viewer
from upswing.queries.categories import said_of
from upswing.queries.hands import hands_on
from upswing.queries.outlooks import forget_outlooks


@transaction.atomic
def categorise(viewer: Viewer, deal: UUID, category: Category, reason: str, now: datetime) -> None:
    """Keep what the viewer says of an open deal. Saying the same again adds nothing.

    Counted on or possible changes no computed figure. What is left out counts nowhere in the forecast: whoever leads
    says so, with a reason, and takes it in again. Raises NotVisible, and NotAllowed with what to do instead.
    """
    found, reason = deal_for(viewer, deal), one_line(reason)
    refuse_decided(found)
    before = next(iter(said_of(found.pk)), None)
    was = before.category if before else Category.PIPELINE
    _refuse(viewer, found, was, category, reason)
    if category is was and reason == (before.reason if before else ""):
        return
    DealCategory.objects.create(
        deal=found, category=category.value, reason=reason, by=signed_by(viewer), at=now
    )
    forget_outlooks()


def _refuse(viewer: Viewer, deal: Deal, was: Category, category: Category, reason: str) -> None:
    theirs = hands_on(viewer, deal.pk)
    if viewer.role is AccessRole.AUDITOR or not (theirs.own or theirs.leads):
        raise NotAllowed(worded("Whose deal it is says what it is for the forecast, and whoever leads them."))
    if Category.OMITTED in (was, category) and not theirs.leads:
        raise NotAllowed(_only_who_leads(deal, was))
    if len(reason) > REASON_LENGTH:
        raise NotAllowed(
            worded(
                "The reason has {length} characters; write at most {most}.",
                length=len(reason), most=REASON_LENGTH,
            )
        )  # fmt: skip
    if category is Category.OMITTED and not reason:
        raise NotAllowed(
            worded(
                "Say in a sentence why “{deal}” is left out: whose deal it is reads it.", deal=called(deal)
            )
        )


def _only_who_leads(deal: Deal, was: Category) -> str:
    if was is Category.OMITTED:
        return worded(
            "“{deal}” was left out of the forecast by whoever leads. Tell them what the buyer did; they take it in "
            "again.",
            deal=called(deal),
        )
    return worded(
        "Whoever leads you leaves a deal out of the forecast, or revenue operations. If “{deal}” is lost, mark it as "
        "lost.",
        deal=called(deal),
    )
