"""Read scorecards."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router

from upswing.actions.looking import looked
from upswing.api.callers import viewer_for
from upswing.api.moment import today
from upswing.api.refusals import READING
from upswing.api.schemas import ScorecardOut
from upswing.core.period import FIRST_YEAR, LAST_YEAR, UnknownPeriod, parse_period
from upswing.jobs.tasks import clock
from upswing.people.looks import What
from upswing.people.tokens import Scope
from upswing.queries.organisation import organisation
from upswing.queries.plain import plain_scorecard
from upswing.queries.scorecard import scorecard

router = Router()


@router.get(
    "/scorecards/{uuid:person}", response={200: ScorecardOut, **READING}, summary="One rep's scorecard"
)
def read_scorecard(
    request: HttpRequest, person: UUID, period: str = "this-month", at: date | None = None
) -> Any:
    """Actual against target for each line, with band, evidence and benchmarks.

    `period`: 2017-Q3, 2017-07, 2017-W30, 2017, this-month, last-quarter …; `at`: as known at the close of that day.
    """
    viewer, moment = viewer_for(request, Scope.READ), at or today()
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise UnknownPeriod(
            str(moment), f"days between {FIRST_YEAR} and {LAST_YEAR} can be asked for.", today().year
        )
    asked = parse_period(period, moment, organisation().fiscal_start)
    card = scorecard(viewer, person, asked, moment)
    looked(viewer, [person], What.SCORECARD, clock())
    return plain_scorecard(card)
