"""The moment of a request."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from upswing.queries.organisation import organisation


def today() -> date:
    """The organisation's own day."""
    return datetime.now(UTC).astimezone(ZoneInfo(organisation().time_zone)).date()
