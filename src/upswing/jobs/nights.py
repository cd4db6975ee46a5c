"""What is done each night: the pipeline written down, the morning's figures made ready, the next night planned."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django_tasks import task
from django_tasks_db.models import DBTaskResult

from upswing.actions.nightly_stalls import propose_stalls, settle_overdue
from upswing.actions.snapshots import take_of_night
from upswing.jobs.ready import make_ready
from upswing.jobs.tasks import clock
from upswing.people.viewer import system_viewer
from upswing.queries.organisation import organisation

SOON_AFTER = time(0, 10)
"""When a night's work begins, on the organisation's clock."""
WAITING = ("READY", "RUNNING")


@task()
def night() -> None:
    """Settle and propose stalled deals, write down how the day closed, make ready what the morning asks for."""
    plan_next_night()
    now = clock()
    over = _day(now) - timedelta(days=1)
    viewer = system_viewer(over, "job: night")
    settle_overdue(viewer, over, now)
    propose_stalls(viewer, over, now)
    take_of_night(viewer, over, now)
    make_ready(_day(now))


def plan_next_night() -> None:
    """Have the next night's work wait for its hour, unless it does already."""
    now = clock()
    tomorrow = _day(now) + timedelta(days=1)
    begins = datetime.combine(tomorrow, SOON_AFTER, ZoneInfo(organisation().time_zone))
    planned = DBTaskResult.objects.filter(task_path=night.module_path, status__in=WAITING, run_after__gt=now)
    if not planned.exists():
        night.using(run_after=begins).enqueue()


def _day(moment: datetime) -> date:
    return moment.astimezone(ZoneInfo(organisation().time_zone)).date()
