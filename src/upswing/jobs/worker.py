"""The process that does the jobs: one an installation, started and restarted by whoever serves."""

from __future__ import annotations

from contextlib import suppress
from typing import IO

from django.conf import settings
from django.core.management import call_command
from django_tasks_db.models import DBTaskResult

from upswing.actions.keeping import tidy
from upswing.jobs.nights import plan_next_night
from upswing.jobs.tasks import clock

try:
    import fcntl
except ImportError:  # not on this system; whoever starts two workers there has two
    fcntl = None  # type: ignore[assignment]

EVERY = 1
"""Seconds between two looks for a job."""
KEPT_DAYS = 14


class Busy(RuntimeError):
    """Another worker of this installation is at work."""


def work(*, until_done: bool = False) -> None:
    """Do jobs as they come, or those that wait; jobs that a worker before left in the middle are begun again.

    Raises Busy when another worker of this data folder is at work.
    """
    lock = _alone()
    with lock:
        DBTaskResult.objects.filter(status="RUNNING").update(status="READY", started_at=None, worker_ids=[])
        call_command("prune_db_task_results", min_age_days=KEPT_DAYS, verbosity=0)
        tidy(clock())
        plan_next_night()
        with suppress(SystemExit):
            call_command(
                "db_worker", interval=EVERY, batch=until_done, startup_delay=False, reload=False, verbosity=0
            )


def _alone() -> IO[str]:
    """A lock that ends with the process."""
    lock = (settings.DATA_DIR / ".working").open("w")
    if fcntl:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            lock.close()
            raise Busy("Another worker does the jobs of this data folder already.") from error
    return lock
