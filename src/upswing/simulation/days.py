"""Days of the simulation: everybody works Monday to Friday."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from upswing.core.calendar import MONDAY_TO_FRIDAY
from upswing.core.period import Period, month_of, quarter_of


def working_days(first: date, last: date) -> Iterator[date]:
    """From the first day to the last, both included, without weekends."""
    days = (first + timedelta(days=count) for count in range((last - first).days + 1))
    return (day for day in days if day.weekday() in MONDAY_TO_FRIDAY)


def working(day: date) -> date:
    """The day itself, or the Monday after a weekend."""
    return day if day.weekday() in MONDAY_TO_FRIDAY else day + timedelta(days=7 - day.weekday())


def begins(anchor: date, months: int) -> date:
    """The first day of the quarter so many months before `anchor`."""
    month = month_of(anchor)
    for _ in range(months):
        month = month.previous()
    return quarter_of(month.start).start


def quarters(first: date, last: date) -> Iterator[Period]:
    """Every quarter that has begun, from the one of the first day to the one of the last."""
    quarter = quarter_of(first)
    while quarter.start <= last:
        yield quarter
        quarter = quarter.next()
