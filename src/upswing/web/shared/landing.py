"""Which period a viewer meets first: this month, or where the data end."""

from __future__ import annotations

from datetime import date, timedelta

from upswing.core.period import Period, month_of, quarter_of

LONG_AGO = timedelta(days=45)
"""Data that end longer ago than this are history: pages open where they end."""


def ended(latest: date | None, today: date) -> bool:
    """Whether the data stop long before today."""
    return latest is not None and latest < today - LONG_AGO


def landing(latest: date | None, today: date, fiscal_start: int) -> tuple[Period, date | None]:
    """The period to open, and the moment to look from when that is not today."""
    if latest is not None and ended(latest, today):
        return quarter_of(latest, fiscal_start), latest
    return month_of(today), None
