"""Read standards, sign them, question them, and answer questions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router

from upswing.actions import standards as actions
from upswing.api.callers import viewer_for
from upswing.api.moment import now
from upswing.api.once import Key, answered
from upswing.api.refusals import READING, WRITING, mended_by
from upswing.api.schemas.standards import AnswerIn, QuestionIn, SignatureIn, StandardsOut, VersionOut
from upswing.people.tokens import Scope
from upswing.people.viewer import Viewer
from upswing.queries.plain_standards import plain_row, plain_version
from upswing.queries.standards import standards, version

router = Router(tags=["standards"])
VERSION = "/standards/{uuid:standard}/versions/{int:number}"


@router.get("/standards", response={200: StandardsOut, **READING}, summary="What is expected of whom")
def list_standards(request: HttpRequest) -> Any:
    """The versions that hold or will and that you may read."""
    return {"standards": [plain_row(row) for row in standards(viewer_for(request, Scope.READ))]}


@router.get(VERSION, response={200: VersionOut, **READING}, summary="One version in full")
def read_version(request: HttpRequest, standard: UUID, number: int) -> Any:
    """With its criteria, who signed, and what was said against it."""
    return plain_version(version(viewer_for(request, Scope.READ), standard, number))


@router.post(f"{VERSION}/signature", response={200: VersionOut, **WRITING}, summary="Sign it")
def sign(request: HttpRequest, standard: UUID, number: int, body: SignatureIn, key: Key = "") -> HttpResponse:
    """With your own name; signing twice changes nothing."""

    def act(viewer: Viewer) -> None:
        actions.sign_standard(viewer, standard, number, body.name, now())

    return _done(request, key, standard, number, act)


@router.post(f"{VERSION}/questions", response={200: VersionOut, **WRITING}, summary="Question it")
def question(
    request: HttpRequest, standard: UUID, number: int, body: QuestionIn, key: Key = ""
) -> HttpResponse:
    """It stands open until somebody answers."""

    def act(viewer: Viewer) -> None:
        actions.object_to(viewer, standard, number, body.criterion, body.text, now())

    return _done(request, key, standard, number, act)


@router.post(
    "/standards/questions/{uuid:asked}/answer", response={200: VersionOut, **WRITING}, summary="Answer one"
)
def answer(request: HttpRequest, asked: UUID, body: AnswerIn, key: Key = "") -> HttpResponse:
    """For revenue operations and the author; it closes the question."""
    viewer = viewer_for(request, Scope.STANDARDS)

    def work() -> tuple[int, VersionOut]:
        with mended_by():
            stands = actions.answer_objection(viewer, asked, body.answer, now())
        return 200, _shown(viewer, *stands)

    return answered(request, viewer, key, work)


def _done(
    request: HttpRequest, key: str, standard: UUID, number: int, act: Callable[[Viewer], None]
) -> HttpResponse:
    viewer = viewer_for(request, Scope.STANDARDS)

    def work() -> tuple[int, VersionOut]:
        with mended_by(version(viewer, standard, number).concerns_me):
            act(viewer)
        return 200, _shown(viewer, standard, number)

    return answered(request, viewer, key, work)


def _shown(viewer: Viewer, standard: UUID, number: int) -> VersionOut:
    return VersionOut.model_validate(plain_version(version(viewer, standard, number)))
