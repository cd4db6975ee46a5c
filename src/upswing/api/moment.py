"""The moment of a request."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from upswing.queries.organisation import organisation


def now() -> datetime:
    """This moment."""
    return datetime.now(UTC)


def today() -> date:
    """The organisation's own day."""
    return now().astimezone(ZoneInfo(organisation().time_zone)).date()
