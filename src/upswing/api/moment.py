"""The moment and the period of a request."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from upswing.core.moment import until_today
from upswing.core.period import FIRST_YEAR, LAST_YEAR, Period, UnknownPeriod, parse_period
from upswing.queries.organisation import organisation

MONTH = "this-month"
"""The period where none is named."""


def now() -> datetime:
    """This moment."""
    return datetime.now(UTC)


def today() -> date:
    """The organisation's own day."""
    return now().astimezone(ZoneInfo(organisation().time_zone)).date()


def asked(period: str, at: date | None) -> tuple[Period, date]:
    """The period that is named, and the day as of which to tell: today where none is named.

    Raises UnknownPeriod and DayToCome.
    """
    day = until_today(known(at), today()) if at else today()
    return parse_period(period, day, organisation().fiscal_start), day


def known(day: date) -> date:
    """The day, where it can be asked for; raises UnknownPeriod."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise UnknownPeriod(
            str(day), f"days between {FIRST_YEAR} and {LAST_YEAR} can be asked for.", today().year
        )
    return day
