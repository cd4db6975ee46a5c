"""Imports: how far they are, what they could not use, and the way back."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from ninja.errors import HttpError

from upswing.actions.permission import NotAllowed
from upswing.api.callers import viewer_for
from upswing.api.moment import now
from upswing.api.once import Key, answered
from upswing.api.pages import Page, said
from upswing.api.refusals import READING, WRITING
from upswing.api.schemas.batches import BatchesOut, BatchOut, GroupsOut, UndoOut
from upswing.jobs.tasks import ask_undo
from upswing.people.tokens import Scope
from upswing.queries import intake

router = Router(tags=["batches"])


@router.get("/batches", response={200: BatchesOut, **READING}, summary="The imports")
def list_batches(
    request: HttpRequest,
    source: Annotated[str, Query("", max_length=64, pattern=r"^[^\x00-\x1f]*$")] = "",
    page: Page = 1,
) -> Any:
    """The latest first; `source` is the key of one."""
    found = intake.batches(viewer_for(request, Scope.READ), page, source, now())
    return {"batches": found, **said(page, len(found) == intake.PAGE)}


@router.get("/batches/{uuid:batch}", response={200: BatchOut, **READING}, summary="One import")
def read_batch(request: HttpRequest, batch: UUID) -> Any:
    """How far it is, and what it did."""
    return intake.batch(viewer_for(request, Scope.READ), batch, now())


@router.get("/batches/{uuid:batch}/problems", response={200: GroupsOut, **READING}, summary="Its problems")
def read_problems(request: HttpRequest, batch: UUID) -> Any:
    """What it could not use, or read in a way worth knowing, by what mends it."""
    viewer = viewer_for(request, Scope.READ)
    intake.batch(viewer, batch)
    return {"problems": intake.problems_of(viewer, batch)}


@router.post("/batches/{uuid:batch}/undo", response={202: UndoOut, **WRITING}, summary="Take it back")
def undo_batch(request: HttpRequest, batch: UUID, key: Key = "") -> HttpResponse:
    """What it changed will stand as before, what it brought will be gone; 409 says what stands on it."""
    viewer = viewer_for(request, Scope.UNDO_BATCHES)
    intake.batch(viewer, batch)

    def work() -> tuple[int, UndoOut]:
        try:
            ask_undo(viewer, batch)
        except NotAllowed as error:
            raise HttpError(409, str(error)) from None
        return 202, UndoOut(batch=batch, state="being taken back")

    return answered(request, viewer, key, work)
