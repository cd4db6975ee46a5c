"""Each night: proposals that are over are settled, and deals that have become stalled are proposed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

import numpy as np
from django.db import transaction

from upswing.actions.permission import needs_operator
from upswing.actions.stall_steps import Held, add, steps_of
from upswing.core.forecast.cases import Ended, Kind
from upswing.core.forecast.categories import Category
from upswing.core.forecast.replay import UNTOLD
from upswing.core.forecast.stalling import looked, settled
from upswing.goals.stalls import StallCase, StallStep
from upswing.people.viewer import Viewer
from upswing.queries.categories import categories_on
from upswing.queries.hands import Hands
from upswing.queries.outlooks import forget_outlooks, past
from upswing.queries.stall_rules import Graces, stall_rules
from upswing.queries.stall_shown import Now

AT_ONCE = 500
KINDS = {Ended.MOVED_ON: Kind.MOVED_ON, Ended.DROPPED: Kind.DROPPED, Ended.ASIDE: Kind.BY_RULE}
EVERYBODYS = "stalls are looked for in everybody's deals"


@transaction.atomic
def propose_stalls(viewer: Viewer, at: date, now: datetime) -> int:
    """Propose the deals that are stalled at the close of a day; how many. A second time there is nothing to propose.

    Of those that were left out of the forecast nothing is asked.

    Raises NotAllowed for all but revenue operations.
    """
    needs_operator(viewer, "propose stalled deals")
    known = past(at)
    learner, rules, graces = known.forecaster.learner, stall_rules(known, at), Graces(at, at)
    look = looked(learner.book, at.toordinal(), rules.limits, rules.spared)
    busy, said = _busy(), categories_on(at)
    cases = []
    for place in np.flatnonzero(look.over).tolist():
        deal, code = int(learner.book.ids[place]), int(look.stage[place])
        rule, since = rules.stages[-1 if code == UNTOLD else code], date.fromordinal(int(look.since[place]))
        if (deal, None) in busy or (deal, since) in busy or said.get(deal) is Category.OMITTED:
            continue
        cases.append(
            StallCase(
                deal_id=deal, stage=rule.key, since=since, age=(at - since).days, limit=rule.limit.days,
                rule=rule.limit.rule.value, proposed=now, due=graces.end(at, rule.grace),
            )
        )  # fmt: skip
    _keep(cases)
    return len(cases)


def settle_overdue(viewer: Viewer, at: date, now: datetime) -> dict[Ended, int]:
    """Settle open proposals at the close of a day: deals that moved, that are stalled no more, whose grace is over.

    How many of each. To be called before `propose_stalls`. Raises NotAllowed for all but revenue operations.
    """
    needs_operator(viewer, "settle proposals of stalled deals")
    done: dict[Ended, int] = {}
    for pk, ended in list(_over(at)):
        with transaction.atomic():
            if _settle(pk, ended, now):
                done[ended] = done.get(ended, 0) + 1
    return done


def _over(at: date) -> Iterator[tuple[int, Ended]]:
    """Open cases, each with what becomes of it."""
    known = past(at)
    learner, rules = known.forecaster.learner, stall_rules(known, at)
    look = looked(learner.book, at.toordinal(), rules.limits, rules.spared)
    over = set(learner.book.ids[look.over].tolist())
    cases = list(StallCase.objects.unscoped(EVERYBODYS).filter(settled=None).order_by("pk"))
    standing = Now(known, at).of(case.deal_id for case in cases)
    for case in cases:
        there = standing.get(case.deal_id)
        stays = there is not None and there[1] == case.since
        if ended := settled(stays, case.deal_id in over, at, case.due):
            yield case.pk, ended


def _settle(pk: int, ended: Ended, now: datetime) -> bool:
    """Write it down, unless somebody has answered meanwhile."""
    rows = StallCase.objects.unscoped(EVERYBODYS).select_for_update().filter(pk=pk, settled=None)
    case = rows.first()
    if case is None:
        return False
    steps = tuple(StallStep.objects.filter(case=case).order_by("number"))
    add(Held(case, steps_of(steps), tuple(step.by for step in steps), Hands(False, False)), KINDS[ended], now)
    return True


def _busy() -> set[tuple[int, date | None]]:
    """Deals with an open case, and stays in which a deal was set aside already."""
    rows = StallCase.objects.unscoped(EVERYBODYS)
    opened = rows.filter(settled=None).values_list("deal", flat=True)
    aside = rows.filter(outcome=Ended.ASIDE.value).values_list("deal", "since")
    return {*((deal, None) for deal in opened), *aside}


def _keep(cases: list[StallCase]) -> None:
    StallCase.objects.bulk_create(cases, batch_size=AT_ONCE)
    StallStep.objects.bulk_create(
        [
            StallStep(case=case, number=0, kind=Kind.PROPOSED.value, at=case.proposed, day=case.due)
            for case in cases
        ],
        batch_size=AT_ONCE,
    )
    if cases:
        forget_outlooks()
