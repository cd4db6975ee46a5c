"""The jobs: a draft tried out, imported; a batch taken back. Each may be begun again where it was interrupted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django_tasks import task

from upswing.actions import drafts
from upswing.actions.drafts import Draft
from upswing.actions.permission import NotAllowed
from upswing.actions.undoing import asked_for, undo
from upswing.connectors.connector import Unreadable
from upswing.jobs.ready import make_ready
from upswing.people.viewer import NotVisible, Viewer
from upswing.queries.organisation import organisation
from upswing.queries.viewers import system_viewer, viewer_of

REFUSALS = (Unreadable, NotAllowed, NotVisible)


def clock() -> datetime:
    """This moment."""
    return datetime.now(UTC)


@transaction.atomic
def ask(viewer: Viewer, draft: Draft, job: str) -> None:
    """Have the draft tried out or imported; raises NotAllowed while another job of it is under way."""
    drafts.claim(viewer, draft, job, clock())
    transaction.on_commit(lambda: JOBS[job].enqueue(str(draft.uid)))


@transaction.atomic
def ask_undo(viewer: Viewer, batch: UUID) -> None:
    """Have the batch taken back; raises NotAllowed at once when something stands on it."""
    asked_for(viewer, batch, clock())
    transaction.on_commit(lambda: take_back.enqueue(str(batch), viewer.via))


@task()
def try_out(draft: str) -> None:
    """See what the import would do."""
    with _working(draft) as (viewer, found):
        drafts.tried(viewer, found, clock(), clock)


@task()
def bring_in(draft: str) -> None:
    """Import it."""
    with _working(draft) as (viewer, found):
        drafts.brought_in(viewer, found, clock(), clock)
    make_ready(_today())


@task()
def take_back(batch: str, via: str) -> None:
    """Take a batch back."""
    with suppress(*REFUSALS):
        undo(system_viewer(_today(), f"job: {via}"), UUID(batch), clock(), clock=clock)
    make_ready(_today())


JOBS = {drafts.TRIAL: try_out, drafts.IMPORT: bring_in}


@contextmanager
def _working(uid: str) -> Iterator[tuple[Viewer, Draft]]:
    """The draft and for whom it is; whatever refuses is said on the draft, and the draft is free again."""
    draft, failure = drafts.claimed(uid), ""
    viewer = viewer_of(draft.by, _today(), "job") if draft.by else system_viewer(_today(), "job: import")
    try:
        yield viewer, draft
    except REFUSALS as error:
        failure = str(error)
    except Exception as error:
        failure = (
            f"It stopped with an error of ours ({error}). What was done by then is kept: start it again."
        )
        raise
    finally:
        drafts.let_go(draft, failure)


def _today() -> date:
    return clock().astimezone(ZoneInfo(organisation().time_zone)).date()
