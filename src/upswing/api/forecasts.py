"""What a period will bring, what changed in it, and how such forecasts came out; commit to a sum."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router

from upswing.actions import committing
from upswing.actions.looking import looked
from upswing.api.amounts import minor_of
from upswing.api.callers import viewer_for
from upswing.api.moment import MONTH, asked, known, now
from upswing.api.once import Key, answered
from upswing.api.pages import Page, page_of
from upswing.api.refusals import READING, WRITING, mended_by
from upswing.api.schemas.forecasts import AccuraciesOut, ChangesOut, CommitIn, CommittedOut, ForecastOut
from upswing.core.period import Period, PeriodKind
from upswing.people.looks import What
from upswing.people.tokens import Scope
from upswing.people.viewer import Viewer
from upswing.queries.backtesting import recent_accuracy
from upswing.queries.circle import circle
from upswing.queries.committed import committed
from upswing.queries.forecast import forecast
from upswing.queries.movement import moved
from upswing.queries.organisation import organisation
from upswing.queries.plain import Plain
from upswing.queries.plain_forecast import plain_accuracy, plain_forecast, plain_movement, plain_said

router = Router(tags=["forecast"])
A_WEEK = timedelta(days=7)


class Kind(StrEnum):
    """Which past periods are replayed."""

    MONTH = "month"
    QUARTER = "quarter"


@router.get("/forecast", response={200: ForecastOut, **READING}, summary="What a period will bring")
def read_forecast(
    request: HttpRequest,
    period: str = MONTH,
    at: date | None = None,
    team: UUID | None = None,
    rep: UUID | None = None,
    page: Page = 1,
) -> Any:
    """Of a rep, a team, or everybody you may see; a rep asks for themselves by `rep`."""
    viewer, (span, day) = viewer_for(request, Scope.READ), asked(period, at)
    found = forecast(viewer, span, day, rep, team)
    looked(viewer, [row.id for row in found.rows], What.FORECAST, now())
    shown, place = page_of(found.rows, page)
    return plain_forecast(found, shown) | place


@router.get("/forecast/changes", response={200: ChangesOut, **READING}, summary="What changed in a period")
def read_changes(
    request: HttpRequest,
    period: str = MONTH,
    at: date | None = None,
    since: date | None = None,
    team: UUID | None = None,
    rep: UUID | None = None,
) -> Any:
    """Of the open value due in it, between the close of `since`, a week before where none is named, and of `at`."""
    viewer, (span, day) = viewer_for(request, Scope.READ), asked(period, at)
    first = min(known(since), day) if since else day - A_WEEK
    found = moved(viewer, span, day, first, rep, team)
    people = [person.uid for person in circle(viewer, day, rep, team).people]
    looked(viewer, people, What.FORECAST, now())
    return plain_movement(found, span, day, first, organisation().currency)


@router.get("/forecast/accuracy", response={200: AccuraciesOut, **READING}, summary="How forecasts came out")
def read_accuracy(request: HttpRequest, kind: Kind = Kind.MONTH, at: date | None = None) -> Any:
    """The latest months or quarters replayed, beside what was written down; null where the past is too short."""
    viewer, (_, day) = viewer_for(request, Scope.READ), asked(MONTH, at)
    found = recent_accuracy(viewer, PeriodKind(kind.value), day)
    return {"kind": kind.value, "at": day, "accuracy": plain_accuracy(found) if found else None}


@router.post(
    "/forecast/{uuid:person}/commit", response={200: CommittedOut, **WRITING}, summary="Commit to a sum"
)
def commit(request: HttpRequest, person: UUID, body: CommitIn, key: Key = "") -> HttpResponse:
    """Your own, or your view of somebody you lead; the computed figure never changes by it."""
    viewer, (span, _) = viewer_for(request, Scope.DEALS), asked(body.period, None)

    def work() -> tuple[int, CommittedOut]:
        minor = minor_of(body.value, organisation().currency, "value")
        with mended_by():
            committing.commit(viewer, person, span, minor, body.reason, now())
        return 200, CommittedOut.model_validate(_told(viewer, person, span))

    return answered(request, viewer, key, work)


def _told(viewer: Viewer, person: UUID, period: Period) -> Plain:
    own, view = (plain_said(said, organisation().currency) for said in committed(viewer, person, period))
    return {"rep_id": person, "period": period.slug, "commit": own, "view": view}
