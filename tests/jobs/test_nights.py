"""What the night does: the day is written down once, the next night planned once, and stalled deals are proposed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any
from unittest.mock import patch

import pytest
from django_tasks_db.models import DBTaskResult

from tests.world import bring, deal, viewer
from upswing.core.period import PeriodKind
from upswing.goals.stalls import StallCase
from upswing.jobs.nights import night, plan_next_night
from upswing.ledger.snapshots import Snapshot, SnapshotForecast
from upswing.queries.backtesting import recent_accuracy

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast")]
MIDNIGHT = datetime(2026, 10, 16, 0, 10, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock(settings: Any) -> Iterator[None]:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    with patch("upswing.jobs.nights.clock", lambda: MIDNIGHT):
        yield


def waiting() -> list[datetime]:
    rows = DBTaskResult.objects.filter(task_path=night.module_path, status="READY")
    return list(rows.values_list("run_after", flat=True))


def test_the_day_that_is_over_is_written_down_once() -> None:
    night.func()
    night.func()
    row = Snapshot.objects.get()
    assert (row.day, row.taken) == (date(2026, 10, 15), MIDNIGHT)
    whole = SnapshotForecast.objects.filter(snapshot=row, person=None)
    assert {each.period for each in whole} == {"2026-10", "2026-11", "2026-Q4", "2027-Q1"}


def test_the_next_night_is_planned_once() -> None:
    plan_next_night()
    plan_next_night()
    night.func()
    assert waiting() == [datetime(2026, 10, 17, 0, 10, tzinfo=UTC)]


def test_deals_that_stand_still_are_proposed() -> None:
    bring(deal("F1", "Tess", "2026-10-10", amount=5))
    night.func()
    proposed = StallCase.objects.unscoped("test").values_list("deal__external_id", flat=True)
    assert "S1" in proposed
    assert "F1" not in proposed


def test_how_forecasts_came_out_is_worked_out_for_the_morning() -> None:
    bring(deal("F1", "Tess", "2026-02-01", "2026-03-10", "won", 5))
    night.func()
    with patch("upswing.queries.backtesting.backtest", side_effect=AssertionError):
        months, quarters = (
            recent_accuracy(viewer("olga"), kind, MIDNIGHT.date())
            for kind in (PeriodKind.MONTH, PeriodKind.QUARTER)
        )
    assert months is not None
    assert quarters is not None
    assert (months.first.slug, months.last.slug) == ("2026-04", "2026-09")
    assert (quarters.first.slug, quarters.last.slug) == ("2026-Q2", "2026-Q3")
