"""Send records."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import WithJsonSchema

from upswing.actions.records import WHOLE, Call, bring_records
from upswing.api.callers import caller_of, viewer_for
from upswing.api.moment import now
from upswing.api.once import Key, answered
from upswing.api.refusals import WRITING
from upswing.api.schemas.records import BroughtOut, KindsIn, RecordsIn, RowProblemOut
from upswing.core.records import Problem
from upswing.people.tokens import Scope

router = Router()
Kind = Annotated[str, WithJsonSchema({"type": "string", "enum": list(WHOLE)})]
ANSWERS: Any = {200: BroughtOut, 207: BroughtOut, **WRITING}


@router.post("/records/{kind}", response=ANSWERS, summary="Send records of one kind")
def send_records(request: HttpRequest, kind: Kind, body: RecordsIn, key: Key = "") -> HttpResponse:
    """Every record is read as a row of a file would be; 207 says that some were refused, and why.

    Sending a record again changes it, or nothing.
    """
    return _brought(request, key, Call(body.source, {kind: body.records}, body.stages))


@router.post("/records", response=ANSWERS, summary="Send records of several kinds that belong together")
def send_kinds(request: HttpRequest, body: KindsIn, key: Key = "") -> HttpResponse:
    """The same, for deals with their stage moves, quotes with their lines."""
    return _brought(request, key, Call(body.source, body.records, body.stages))


def _brought(request: HttpRequest, key: str, call: Call) -> HttpResponse:
    viewer = viewer_for(request, Scope.WRITE_RECORDS)

    def work() -> tuple[int, BroughtOut]:
        done = bring_records(viewer, call, caller_of(request).user.pk, now())
        told = BroughtOut(
            batch=UUID(done.batch), created=done.created, updated=done.updated, unchanged=done.unchanged,
            refused=done.refused, notices=done.notices, problems=list(map(_told, done.problems)),
        )  # fmt: skip
        return (207 if done.refused else 200), told

    return answered(request, viewer, key, work)


def _told(problem: Problem) -> RowProblemOut:
    said: Mapping[str, Any] = {
        name: getattr(problem, name) for name in ("code", "record", "field", "value", "sentence")
    }
    kind, row = problem.origin.file.rpartition("/")[2], problem.origin.row
    return RowProblemOut(kind=kind, row=row, severity=problem.severity.value, **said)
