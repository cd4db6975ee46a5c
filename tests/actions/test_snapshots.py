"""Snapshots are added, never changed: twice a day is said, a clock that jumps back is refused, and they outlive deals."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from tests import world
from tests.world import bring, deal, operator, person, viewer
from upswing.actions.permission import NotAllowed
from upswing.actions.snapshots import periods_of, take, take_of_night
from upswing.actions.undoing import undo
from upswing.core.period import month_of
from upswing.intake.models import Batch
from upswing.ledger.snapshots import Snapshot, SnapshotDeal, SnapshotForecast, Why
from upswing.queries.forecast import forecast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast")]
DAY, NOW = world.TODAY, world.NOW
LATER = NOW + timedelta(hours=1)


def test_it_holds_every_open_deal_and_every_forecast() -> None:
    found = take(operator(), DAY, NOW)
    assert (found.day, found.number, found.deals) == (DAY, 1, 3)
    assert found.forecasts == 4 * (1 + 4)
    row = SnapshotForecast.objects.get(period="2026-10", person=None)
    total = forecast(operator(), month_of(DAY), DAY).total
    assert (row.won, row.due, row.staged, row.likely, row.low, row.high, row.asked) == (
        total.won, total.due, total.staged, total.likely, total.low, total.high, total.asked,
    )  # fmt: skip
    assert set(row.said) >= {"combined", "stage_weighted"}
    stans = SnapshotDeal.objects.get(amount_minor=3_000_000)
    assert (stans.entered, stans.credit) == (date(2026, 1, 12), [[person("Stan").id, 1.0]])


def test_a_second_one_of_a_day_is_taken_only_when_asked_for() -> None:
    take(operator(), DAY, NOW)
    with pytest.raises(
        NotAllowed, match="There is a snapshot of .* already, taken at 12:00. Nothing was added"
    ):
        take(operator(), DAY, LATER)
    assert Snapshot.objects.count() == 1
    assert take(operator(), DAY, LATER, again=True).number == 2


def test_a_night_is_written_down_once_beside_what_was_asked_for_by_day() -> None:
    take(operator(), DAY, NOW)
    night = datetime(2026, 10, 16, 0, 10, tzinfo=NOW.tzinfo)
    found = take_of_night(operator(), DAY, night)
    assert found is not None
    assert found.number == 2
    assert take_of_night(operator(), DAY, night + timedelta(hours=1)) is None
    assert list(Snapshot.objects.order_by("number").values_list("why", flat=True)) == [Why.DEMAND, Why.NIGHT]


def test_a_clock_that_jumped_back_is_told() -> None:
    take(operator(), DAY, NOW)
    with pytest.raises(
        NotAllowed, match="The clock says 2026-10-03 12:00, but the last snapshot was taken at"
    ):
        take(operator(), DAY - timedelta(days=12), NOW - timedelta(days=12))
    assert Snapshot.objects.count() == 1


def test_only_operations_take_one() -> None:
    for name in ("tess", "mona", "ada"):
        with pytest.raises(NotAllowed):
            take(viewer(name), DAY, NOW)


def test_it_stays_as_it_was_when_its_import_is_taken_back() -> None:
    bring(deal("Z1", "Tess", "2026-10-01", amount=10))
    assert take(operator(), DAY, NOW).deals == 4
    before = list(SnapshotDeal.objects.order_by("id").values())
    undo(operator(), Batch.objects.latest("id").uid, NOW)
    assert list(SnapshotDeal.objects.order_by("id").values()) == before
    assert take(operator(), DAY, LATER, again=True).deals == 3


def test_a_snapshot_of_a_closed_day_is_what_was_known_then() -> None:
    early = take_of_night(operator(), date(2026, 9, 30), NOW)
    assert early is not None
    assert early.deals == 5


def test_this_and_the_next_month_and_quarter_are_forecast() -> None:
    slugs = [period.slug for period in periods_of(date(2026, 12, 31), 1)]
    assert slugs == ["2026-12", "2027-01", "2026-Q4", "2027-Q1"]
