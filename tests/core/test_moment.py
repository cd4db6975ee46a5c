"""The day as of which something is asked."""

from __future__ import annotations

from datetime import date

import pytest

from upswing.core.moment import DayToCome, until_today

TODAY = date(2026, 10, 15)


@pytest.mark.parametrize("day", [TODAY, date(2026, 10, 14), date(1990, 1, 1)])
def test_today_and_every_day_before_may_be_asked_for(day: date):
    assert until_today(day, TODAY) == day


def test_of_tomorrow_nothing_is_known_yet():
    with pytest.raises(DayToCome) as caught:
        until_today(date(2026, 10, 16), TODAY)
    assert str(caught.value) == (
        "Nothing is known of 16 October 2026 yet: today is 15 October 2026. Ask for today or an earlier day."
    )
