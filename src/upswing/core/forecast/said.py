"""What was said of a period before it came: forecasts that were written down, and what people committed to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from upswing.core.forecast.scoring import Scores, Window, score
from upswing.core.period import Period

REP_COMMIT = "rep_commit"
"""The way of forecasting that adds up what the reps committed to. It is scored beside the others, never published."""
NEAR = 7
"""A forecast speaks for a period where it was written down on one of so many days before its first."""
A_WEEK = timedelta(days=7)


class Since(StrEnum):
    """By when a sum was named: before its period began, in its first seven days, or later."""

    BEFORE = "before"
    FIRST_WEEK = "first_week"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class PastForecast:
    """A forecast as it was written down: of which day, each night or on demand, its sums in minor units."""

    day: date
    nightly: bool
    likely: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Named:
    """A sum that somebody named for a period, in minor units, and the day they did."""

    day: date
    amount: int


@dataclass(frozen=True, slots=True)
class Pooled:
    """What so many people committed to for a period, and what the same people won in it; minor units."""

    period: Period
    people: int
    committed: int
    won: int


def last_before(written: Iterable[PastForecast], period: Period) -> PastForecast | None:
    """The last forecast of the seven days before a period begins; None without any.

    Those of nights come first, for nobody chose their moment; one on demand speaks only where there is none. Of two of
    one day the later one given speaks.
    """
    near = [each for each in written if timedelta(0) < period.start - each.day <= timedelta(days=NEAR)]
    return max(near[::-1], key=lambda each: (each.nightly, each.day), default=None)


def stood(words: Sequence[Named], period: Period) -> tuple[Named, Since] | None:
    """The sum that counts for a period, of one person's in the order they were said.

    That of the evening before it begins; without one that of the close of its seventh day. Where nothing was said by
    then, the last of its days is told, as LATER; None where nothing was said at all.
    """
    ends = {
        Since.BEFORE: period.start,
        Since.FIRST_WEEK: min(period.start + A_WEEK, period.end),
        Since.LATER: period.end,
    }
    for since, end in ends.items():
        if known := [word for word in words if word.day < end]:
            return known[-1], since
    return None


def pooled(period: Period, said: Mapping[int, Sequence[Named]], won: Mapping[int, int]) -> Pooled | None:
    """The commits of all who committed in time, against what they won; None where nobody did.

    `said` and `won` are by person, the sums in minor units; who won nothing is missing in `won`.
    """
    counted = {
        person: found[0].amount
        for person, words in said.items()
        if (found := stood(words, period)) and found[1] is not Since.LATER
    }
    if not counted:
        return None
    return Pooled(period, len(counted), sum(counted.values()), sum(won.get(person, 0) for person in counted))


def score_of_commits(found: Iterable[Pooled]) -> Scores:
    """How far the commits of each period, added up, were off."""
    return score([Window(each.committed, each.won) for each in found])


def score_of_written(found: Iterable[tuple[PastForecast, float]]) -> Scores:
    """How far what was written down was off; with each stands what came, in minor units."""
    return score([Window(each.likely, came, each.low, each.high) for each, came in found])
