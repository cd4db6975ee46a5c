"""The day as of which something is asked."""

from __future__ import annotations

from datetime import date

from upswing.core.wording import worded


class DayToCome(ValueError):
    """What was known at the close of a day that is still to come was asked for."""

    def __init__(self, day: date, today: date) -> None:
        super().__init__(
            worded(
                "Nothing is known of {day} yet: today is {today}. Ask for today or an earlier day.",
                day=day,
                today=today,
            )
        )


def until_today(day: date, today: date) -> date:
    """The day; `today` is the organisation's, and may be asked for. Raises DayToCome."""
    if day > today:
        raise DayToCome(day, today)
    return day
