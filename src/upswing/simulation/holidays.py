"""Public holidays of the simulated territories, and those that all of them share."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

COUNTRIES = ("Denmark", "Estonia", "Switzerland")
_FIXED = {
    "Denmark": ((12, 24),),
    "Estonia": ((2, 24), (5, 1), (6, 23), (6, 24), (8, 20), (12, 24)),
    "Switzerland": ((1, 2), (8, 1)),
}
_AFTER_EASTER = {"Denmark": (-3, 1, 39, 50), "Estonia": (), "Switzerland": (1, 39, 50)}


def easter(year: int) -> date:
    """Easter Sunday by the Gregorian computus (the anonymous algorithm of 1876)."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    x = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * x) // 451
    month, place = divmod(h + x - 7 * m + 114, 31)
    return date(year, month, place + 1)


@lru_cache(maxsize=256)
def common(year: int) -> frozenset[date]:
    """Days on which nobody works."""
    return frozenset((date(year, 1, 1), easter(year) - timedelta(2), date(year, 12, 25), date(year, 12, 26)))


@lru_cache(maxsize=256)
def of_country(country: str, year: int) -> frozenset[date]:
    """Further days on which nobody works there."""
    fixed = {date(year, month, day) for month, day in _FIXED[country]}
    return frozenset(fixed | {easter(year) + timedelta(days) for days in _AFTER_EASTER[country]})
