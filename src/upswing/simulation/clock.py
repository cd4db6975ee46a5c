"""Days as numbers, working weekdays, months, and what clocks show in other zones."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import numpy as np

from upswing.core.period import Period, month_of, quarter_of
from upswing.simulation.arrays import Floats, Ints

EPOCH = date(1970, 1, 1).toordinal()
DAY = 86_400
HOUR = 3_600


def number(day: date) -> int:
    """The day's number."""
    return day.toordinal() - EPOCH


def day(number: int) -> date:
    """The day of a number."""
    return date.fromordinal(int(number) + EPOCH)


def weekday(days: Ints) -> Ints:
    """Monday 0 to Sunday 6."""
    return (days + 3) % 7


def workday(days: Ints) -> Ints:
    """The days themselves, or the Monday after a weekend."""
    return np.asarray(days + (7 - weekday(days)) * (weekday(days) > 4))


def month(days: Ints) -> Ints:
    """January 0 to December 11."""
    return days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) % 12


def quarter_start(days: Ints) -> Ints:
    """The first day of each day's quarter."""
    months = days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    return (months - months % 3).astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)


def quarter_after(days: Ints) -> Ints:
    """The first day of the quarter after each day's."""
    return quarter_start(quarter_start(days) + 95)


def season(days: Ints, factors: tuple[float, ...]) -> Floats:
    """Each day's factor by its month."""
    return np.asarray(factors, dtype=float)[month(days)]


@lru_cache(maxsize=64)
def offsets(zone: str, first: int, count: int) -> Ints:
    """Seconds east of UTC at noon of so many days from `first` on."""
    where, noon = ZoneInfo(zone), datetime.combine(day(first), time(12), UTC)
    told = ((noon + timedelta(days=more)).astimezone(where).utcoffset() for more in range(count))
    return np.array([offset.total_seconds() if offset else 0 for offset in told], dtype=np.int64)


def months_before(first: date, count: int) -> date:
    """The first day of the month so many months before `first`'s."""
    found = month_of(first)
    for _ in range(count):
        found = found.previous()
    return found.start


def months_after(first: date, count: int) -> date:
    """The first day of the month so many months after `first`'s."""
    found = month_of(first)
    for _ in range(count):
        found = found.next()
    return found.start


def quarters(first: date, last: date) -> tuple[Period, ...]:
    """Every quarter from the one of the first day to the one of the last."""
    found = [quarter_of(first)]
    while found[-1].end <= last:
        found.append(found[-1].next())
    return tuple(found)
