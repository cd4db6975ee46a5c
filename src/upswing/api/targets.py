"""Read targets, and what shapes them; set one by hand, and take that back."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router
from ninja.errors import HttpError

from upswing.actions.targeting import may_set_targets, set_override, withdraw_override
from upswing.api.amounts import exact
from upswing.api.callers import viewer_for
from upswing.api.moment import MONTH, asked, now
from upswing.api.once import Key, answered
from upswing.api.pages import Page, page_of
from upswing.api.refusals import READING, WRITING, mended_by
from upswing.api.schemas.targets import (
    ProposalsOut,
    ReasonIn,
    SheetOut,
    TablesOut,
    TakenBackOut,
    TargetIn,
    TargetOut,
)
from upswing.core.people import AccessRole
from upswing.core.period import Period
from upswing.people.tokens import Scope
from upswing.people.viewer import Viewer
from upswing.queries.formulas import named
from upswing.queries.organisation import organisation
from upswing.queries.plain import Plain, plain_cell, plain_record
from upswing.queries.proposing import proposable, suggestions
from upswing.queries.targeting import one_target, sheet, tables

router = Router(tags=["targets"])


class Table(StrEnum):
    """What shapes targets."""

    SEASON = "season"
    RAMP = "ramp"
    ROLE = "role"
    WEEK = "week"


@router.get("/targets", response={200: SheetOut, **READING}, summary="The targets of a period")
def read_sheet(request: HttpRequest, period: str = MONTH, at: date | None = None, page: Page = 1) -> Any:
    """A rep's own, a manager's people, everybody for revenue operations; each with its factors."""
    viewer, (span, day) = viewer_for(request, Scope.READ), asked(period, at)
    found = sheet(viewer, span, day)
    shown, place = page_of(found.rows, page)
    told = {"period": span.slug, "at": day, "metrics": plain_cell(found.metrics), "rows": plain_cell(shown)}
    return told | place


@router.get("/targets/proposals", response={200: ProposalsOut, **READING}, summary="Targets to propose")
def list_proposals(
    request: HttpRequest, metric: str, period: str = MONTH, at: date | None = None, page: Page = 1
) -> Any:
    """For everybody you may see, from their own twelve weeks before the week of `at`."""
    viewer, (span, day) = viewer_for(request, Scope.READ), asked(period, at)
    wanted = named(metric, day)
    if not proposable(wanted):
        raise HttpError(422, f"Nothing is proposed for {wanted.label.lower()}: it does not add up over days.")
    shown, place = page_of(suggestions(viewer, wanted.key, span, day), page)
    return {"metric": wanted.key, "period": span.slug, "at": day, "proposals": plain_cell(shown), **place}


@router.get(
    "/targets/tables/{kind}",
    response={200: TablesOut, **READING},
    summary="Season, ramp, role or week tables",
)
def list_tables(request: HttpRequest, kind: Table) -> Any:
    """Every table of the kind that was ever made; `current` are those that hold today."""
    return {"tables": plain_cell(tables(viewer_for(request, Scope.READ), kind.value))}


@router.get("/targets/{uuid:person}/{metric}", response={200: TargetOut, **READING}, summary="One target")
def read_target(
    request: HttpRequest, person: UUID, metric: str, period: str = MONTH, at: date | None = None
) -> Any:
    """In steps, with everything that was set by hand, and what happened to it."""
    viewer, (span, day) = viewer_for(request, Scope.READ), asked(period, at)
    return _told(viewer, person, metric, span, day)


@router.post(
    "/targets/{uuid:person}/{metric}", response={200: TargetOut, **WRITING}, summary="Set a target by hand"
)
def set_target(
    request: HttpRequest, person: UUID, metric: str, body: TargetIn, key: Key = ""
) -> HttpResponse:
    """It stands in place of the quota and its factors, with the reason that the rep reads."""
    viewer, (span, day) = viewer_for(request, Scope.TARGETS), asked(body.period, None)

    def work() -> tuple[int, TargetOut]:
        value = exact(body.value, named(metric, day), organisation().currency)
        with mended_by(may_set_targets(viewer, person)):
            set_override(viewer, person, metric, span, value, body.reason, now())
        return 200, TargetOut.model_validate(_told(viewer, person, metric, span, day))

    return answered(request, viewer, key, work)


@router.post(
    "/targets/changes/{uuid:change}/withdrawal", response={200: TakenBackOut, **WRITING},
    summary="Take back a target that was set by hand",
)  # fmt: skip
def take_back(request: HttpRequest, change: UUID, body: ReasonIn, key: Key = "") -> HttpResponse:
    """The quota and its factors count again; the change stays in the history."""
    viewer = viewer_for(request, Scope.TARGETS)

    def work() -> tuple[int, TakenBackOut]:
        with mended_by(viewer.operates or viewer.role is AccessRole.MANAGER):
            withdraw_override(viewer, change, body.reason, now())
        return 200, TakenBackOut(change=change, state="taken back")

    return answered(request, viewer, key, work)


def _told(viewer: Viewer, person: UUID, metric: str, period: Period, day: date) -> Plain:
    found = one_target(viewer, person, metric, period, day)
    told = {name: plain_cell(getattr(found, name)) for name in ("at", "changes", "happened")}
    return told | {
        "rep": found.row.rep, "rep_id": found.row.rep_id, "period": period.slug, "aim": plain_record(found.aimed),
    }  # fmt: skip
