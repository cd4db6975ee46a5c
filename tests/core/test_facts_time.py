"""Settling hours spent prospecting and sign-ins: one fact each."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given

from tests.core.settled import counted
from tests.core.strategies import instants, zones
from upswing.core.facts import WHOLE, FactKind, settle_login, settle_time
from upswing.core.records import LoginRecord, Origin, TimeEntryRecord


def test_prospecting_is_counted_in_seconds_by_activity_and_source():
    entry = TimeEntryRecord("Rami", date(2026, 3, 4), 90, Origin("time.csv", 2), "call", "fair")
    (fact,) = settle_time(entry)
    assert fact[:4] == (FactKind.PROSPECTING, date(2026, 3, 4), "Rami", WHOLE)
    assert (fact.seconds, fact.channel, fact.source) == (5_400, "call", "fair")
    assert counted([fact]) == {"prospecting_time": 5_400}


def test_no_minutes_are_a_fact_of_nothing():
    (fact,) = settle_time(TimeEntryRecord("Rami", date(2026, 3, 4), 0, Origin("time.csv", 2)))
    assert (fact.seconds, fact.how) == (0, None)


@pytest.mark.parametrize(
    ("zone", "day", "how"), [("UTC", 4, 71), ("Asia/Tokyo", 5, 80), ("America/New_York", 4, 66)]
)
def test_a_sign_in_counts_on_the_rep_s_own_day_and_hour(zone: str, day: int, how: int):
    login = LoginRecord("Rami", datetime(2026, 3, 4, 23, 10, tzinfo=UTC), Origin("logins.csv", 2))
    (fact,) = settle_login(login, ZoneInfo(zone))
    assert (fact.kind, fact.day.day, fact.how, counted([fact])) == (FactKind.LOGIN, day, how, {"logins": 1})


@given(instants, zones)
def test_every_sign_in_counts_once_in_an_hour_of_the_week(at: datetime, zone: ZoneInfo):
    (fact,) = settle_login(LoginRecord("Rami", at, Origin("logins.csv", 2)), zone)
    assert fact.share == WHOLE
    assert fact.how is not None
    assert (fact.day.weekday(), at.astimezone(zone).hour) == divmod(fact.how, 24)
