"""The accuracy page's answer: what was really written down, the reps' commits as one more way, worked out once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from unittest.mock import patch

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.queries.test_commit_history import say
from tests.world import bring, deal, operator, viewer
from upswing.actions.snapshots import take, take_of_night
from upswing.core.forecast.said import REP_COMMIT
from upswing.core.period import PeriodKind
from upswing.core.records import Origin, PersonRecord
from upswing.ledger.snapshots import SnapshotForecast
from upswing.people.viewer import NotVisible
from upswing.queries.backtesting import Replay, plain_backtest, recent_accuracy, replayed, work_out
from upswing.queries.outlooks import forget_outlooks

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast", "fresh")]
AT = date(2026, 11, 5)
EVENING = date(2026, 9, 30)


@pytest.fixture
def fresh() -> None:
    cache.clear()


def shown(who: str = "olga", at: date = AT) -> Replay:
    found = recent_accuracy(viewer(who), PeriodKind.MONTH, at)
    assert found is not None
    return found


def night(day: date) -> None:
    """The worker's snapshot of a day."""
    take_of_night(operator(), day, datetime(day.year, day.month, day.day, 23, 50, tzinfo=UTC))


@contextmanager
def nothing_replayed() -> Iterator[None]:
    with patch("upswing.queries.backtesting.backtest", side_effect=AssertionError("replayed again")):
        yield


def test_what_was_written_down_before_the_period_stands_whatever_is_corrected_later() -> None:
    night(date(2026, 9, 28))
    night(EVENING)
    night(date(2026, 10, 2))
    row = SnapshotForecast.objects.get(snapshot__day=EVENING, period="2026-10", person=None)
    SnapshotForecast.objects.filter(snapshot__day__gt=EVENING).update(likely=1)
    bring(deal("Z1", "Tess", "2026-08-01", "2026-10-30", "won", 5_000))
    found = shown()
    written = found.written["2026-10"]
    assert (written.day, written.nightly) == (EVENING, True)
    assert (written.likely, written.low, written.high) == (row.likely, row.low, row.high)
    assert found.found.periods[-1].came == 2_900_000 + 500_000
    assert found.since == date(2026, 9, 28)


def test_one_taken_on_demand_speaks_where_there_is_no_night() -> None:
    take(operator(), EVENING, datetime(2026, 9, 30, 12, tzinfo=UTC))
    assert shown().written["2026-10"].nightly is False


def test_where_none_was_written_down_in_time_it_is_known_since_when_any_are() -> None:
    assert (shown().written, shown().since) == ({}, None)
    night(date(2026, 10, 14))
    assert (shown().written, shown().since) == ({}, date(2026, 10, 14))


def test_commits_are_one_more_way_and_change_nothing_else() -> None:
    """15 for the 20 that Tess won."""

    def plain() -> dict[str, object]:
        cache.clear()
        october = date(2026, 10, 1)
        return plain_backtest(replayed(operator(), october, october, PeriodKind.MONTH, AT))

    before = plain()
    say("Tess", 15_000, EVENING)
    after = plain()
    assert after["methods"].pop() == {  # type: ignore[attr-defined]
        "method": REP_COMMIT, "mape": 0.25, "wape": 0.25, "bias": -0.25, "coverage": None, "windows": 1,
    }  # fmt: skip
    assert after == before
    assert shown().scores[REP_COMMIT].wape == 0.25
    assert REP_COMMIT not in shown().found.scores


def test_commits_added_up_are_told_to_those_who_see_everybody_only() -> None:
    say("Tess", 15_000, EVENING)
    with pytest.raises(NotVisible):
        shown("mona")
    bring(PersonRecord("Uma", Origin("people.csv", 9), manager="Mona"))
    assert REP_COMMIT in shown("olga").scores
    assert REP_COMMIT not in shown("mona").scores
    for name in ("Stan", "Rami", "Nina", "Uma"):
        say(name, 1, EVENING)
    forget_outlooks()
    assert REP_COMMIT in shown("olga").scores
    assert REP_COMMIT not in shown("mona").scores


def test_it_is_worked_out_ahead_and_a_request_reads() -> None:
    work_out(AT)
    with nothing_replayed(), CaptureQueriesContext(connection) as asked:
        first = shown()
    assert len(asked) <= 14
    assert [each.period.slug for each in first.found.periods] == ["2026-10"]


def test_what_changes_a_deal_makes_it_new() -> None:
    work_out(AT)
    bring(deal("Z1", "Tess", "2026-08-01", "2026-10-30", "won", 5_000))
    with nothing_replayed(), pytest.raises(AssertionError, match="replayed again"):
        shown()
    work_out(AT)
    forget_outlooks()
    with nothing_replayed(), pytest.raises(AssertionError, match="replayed again"):
        shown()


def test_too_short_a_past_is_kept_as_such() -> None:
    early = date(2026, 9, 20)
    assert recent_accuracy(viewer("olga"), PeriodKind.MONTH, early) is None
    with patch("upswing.queries.backtesting._recent", side_effect=AssertionError):
        assert recent_accuracy(viewer("olga"), PeriodKind.MONTH, early) is None
