"""Read what shapes targets: quotas that wait, the days of a period, where people work and how much."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router

from upswing.api.callers import viewer_for
from upswing.api.moment import asked
from upswing.api.refusals import READING
from upswing.api.schemas.shaping import CalendarOut, WaitsOut, WorkplacesOut
from upswing.people.tokens import Scope
from upswing.queries.calendars import days_of
from upswing.queries.plain import plain_cell
from upswing.queries.targeting import waiting
from upswing.queries.workplaces import workplaces

router = Router(tags=["targets"])
YEAR = "this-year"


@router.get("/targets/waiting", response={200: WaitsOut, **READING}, summary="Quotas that wait")
def list_waiting(request: HttpRequest) -> Any:
    """Of periods that have begun, until somebody accepts them with a reason; for revenue operations."""
    return {"waiting": plain_cell(waiting(viewer_for(request, Scope.READ)))}


@router.get("/calendar", response={200: CalendarOut, **READING}, summary="Working week, holidays, time off")
def read_calendar(request: HttpRequest, period: str = YEAR) -> Any:
    """The days of a period that targets are spread over, and who of those you may see is off when."""
    viewer, (span, _) = viewer_for(request, Scope.READ), asked(period, None)
    found = days_of(viewer, span)
    return {
        "period": span.slug, "weekdays": sorted(found.weekdays), "working_days": found.working_days,
        "holidays": [{"day": day, "name": name, "own": True} for day, name in found.holidays],
        "off": plain_cell(found.off),
        "weeks": [{"starts": starts, "words": words, "by": by} for starts, words, by in found.weeks],
    }  # fmt: skip


@router.get("/calendar/workplaces", response={200: WorkplacesOut, **READING}, summary="Where people work")
def read_workplaces(request: HttpRequest, period: str = YEAR) -> Any:
    """Public holidays by place, who is under which calendar, and who works part-time, of whom you may see."""
    viewer, (span, _) = viewer_for(request, Scope.READ), asked(period, None)
    found = workplaces(viewer, span)
    return {
        "period": span.slug,
        "calendars": [
            {
                "id": one.id, "name": one.name,
                "days": [{"day": day, "name": name, "own": own} for day, name, own in one.days],
            }
            for one in found.calendars
        ],
        "chosen": plain_cell(found.chosen), "working": plain_cell(found.working),
    }  # fmt: skip
