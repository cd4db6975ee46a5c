"""Do what a request asks for once, however often it is sent: its answer is kept in the transaction that did it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, OperationalError, transaction

from upswing.people.models import Answered
from upswing.people.viewer import Viewer

KEPT = timedelta(days=7)
ATTEMPTS = 3
DEADLOCK = "40P01"


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that writes. `user` sent it; `digest` is of its body; without a `key` nothing is kept."""

    user: int
    key: str
    method: str
    path: str
    digest: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What is answered: a status and JSON text; `replayed` when it was kept from the first time."""

    status: int
    text: str
    replayed: bool = False


class OtherRequest(ValueError):
    """The key was used for something else."""

    def __init__(self, key: str) -> None:
        super().__init__(
            f"The idempotency key “{key}” came with another request before. Use a new key for every new request."
        )


def once(viewer: Viewer, asked: Asked, now: datetime, work: Callable[[], Answer]) -> Answer:
    """The answer of `work`, done whole or not at all; the kept one where the same request was answered before.

    Of two at the same time the second waits for the first. Whatever `work` raises undoes everything and keeps nothing.
    Raises OtherRequest.
    """
    for attempt in range(ATTEMPTS):
        try:
            return _once(asked, now, work)
        except OperationalError as error:
            if getattr(error.__cause__, "sqlstate", "") != DEADLOCK or attempt == ATTEMPTS - 1:
                raise
    raise AssertionError("unreachable")


@transaction.atomic
def _once(asked: Asked, now: datetime, work: Callable[[], Answer]) -> Answer:
    if not asked.key:
        return work()
    Answered.objects.filter(at__lte=now - KEPT).delete()
    try:
        with transaction.atomic():
            kept = Answered.objects.create(
                user_id=asked.user,
                key=asked.key,
                at=now,
                method=asked.method,
                path=asked.path,
                digest=asked.digest,
            )
    except IntegrityError:
        return _again(asked)
    answer = work()
    Answered.objects.filter(pk=kept.pk).update(status=answer.status, answer=answer.text)
    return answer


def _again(asked: Asked) -> Answer:
    kept = Answered.objects.get(user=asked.user, key=asked.key)
    if (kept.method, kept.path, kept.digest) != (asked.method, asked.path, asked.digest):
        raise OtherRequest(asked.key)
    return Answer(kept.status, kept.answer, replayed=True)
