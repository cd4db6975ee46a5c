"""The simple forecasts that every other one is measured against."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np

from upswing.core.forecast.replay import Replay

SHORT = 3
"""Windows of the short mean."""


@dataclass(frozen=True, slots=True, order=True)
class Ahead:
    """What is asked: what is won after `after` days and by the close of `until` days from the close of a day."""

    after: int
    until: int

    @property
    def days(self) -> int:
        """How long it is."""
        return self.until - self.after


def run_rate(book: Replay, at: int, ahead: Ahead) -> float | None:
    """What was won in the last so many days."""
    return _past(book, at - ahead.days, at)


def short_mean(book: Replay, at: int, ahead: Ahead) -> float | None:
    """The mean of the last three stretches of that length."""
    return _mean(book, at, ahead, SHORT)


def long_mean(book: Replay, at: int, ahead: Ahead) -> float | None:
    """The mean of all stretches of that length since the first decision."""
    return _mean(book, at, ahead, (at - _first(book, at)) // max(1, ahead.days))


def last_quarter(book: Replay, at: int, ahead: Ahead) -> float | None:
    """What was won in the same days a quarter earlier."""
    return _shifted(book, at, ahead, 3)


def last_year(book: Replay, at: int, ahead: Ahead) -> float | None:
    """What was won in the same days a year earlier."""
    return _shifted(book, at, ahead, 12)


def whole_pipeline(book: Replay, at: int, ahead: Ahead) -> float | None:
    """All that stands open, times the share of decided deals that were won: what a stage percentage promises."""
    return _worth(book, at, None)


def young_pipeline(book: Replay, at: int, ahead: Ahead) -> float | None:
    """The same of deals that are no older than any that was ever won."""
    won = book.won & (book.closed <= at)
    ages = (book.closed - book.entered)[won]
    return _worth(book, at, int(ages.max())) if len(ages) else None


Reference = Callable[[Replay, int, Ahead], float | None]

REFERENCES: Final[Mapping[str, Reference]] = {
    "last_quarter": last_quarter,
    "last_year": last_year,
    "run_rate": run_rate,
    "short_mean": short_mean,
    "long_mean": long_mean,
    "whole_pipeline": whole_pipeline,
    "young_pipeline": young_pipeline,
}
"""By key, in the order they are shown; None where the past does not reach back so far."""


def win_share(book: Replay, at: int) -> float | None:
    """The share of the deals decided by the close of a day that were won."""
    decided = book.closed <= at
    return float(book.won[decided].mean()) if decided.any() else None


def _worth(book: Replay, at: int, oldest: int | None) -> float | None:
    share, standing = win_share(book, at), book.standing(at)
    kept = np.ones(len(standing), bool) if oldest is None else standing.age <= oldest
    return None if share is None else float(standing.amount[kept].sum()) * share


def _first(book: Replay, at: int) -> int:
    """The day before the first decision known."""
    decided = book.closed[book.closed <= at]
    return int(decided.min()) - 1 if len(decided) else at


def _past(book: Replay, after: int, until: int) -> float | None:
    return float(book.earned(after, until)) if after >= _first(book, until) else None


def _mean(book: Replay, at: int, ahead: Ahead, many: int) -> float | None:
    since = at - many * ahead.days
    won = _past(book, since, at) if many > 0 else None
    return None if won is None else won / many


def _shifted(book: Replay, at: int, ahead: Ahead, months: int) -> float | None:
    after, until = (_earlier(at + days, months) for days in (ahead.after, ahead.until))
    return _past(book, after, until) if until <= at and after >= _first(book, at) else None


def _earlier(day: int, months: int) -> int:
    """The close of the same day so many months earlier; the last of a month stays the last of its month."""
    found = date.fromordinal(day)
    last = (found + timedelta(days=1)).day == 1
    year, month = divmod(found.year * 12 + found.month - 1 - months, 12)
    length = monthrange(year, month + 1)[1]
    return date(year, month + 1, length if last else min(found.day, length)).toordinal()
