"""Habit: how the total of a period came in over its working days, in the periods before."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction

from upswing.core.calendar import Calendar
from upswing.core.period import Period

MOST_PERIODS = 4
FEWEST_DAYS = 10
"""A period in which anything came in on fewer days shows no habit, only when a few things happened."""

_PRIOR_PERIODS = 4
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Past:
    """A complete earlier period: what was counted on its days, in order, or `by_month` on the last days of its months.

    In any unit; days on which nothing was may be left out. Raises ValueError for a day outside the period, or out of
    order.
    """

    period: Period
    came: tuple[tuple[date, int], ...]
    by_month: bool = False

    def __post_init__(self) -> None:
        days = [day for day, _ in self.came]
        if days != sorted(set(days)) or not all(map(self.period.contains, days)):
            raise ValueError(f"What came in {self.period.slug} is told by its own days, each once, in order.")

    @property
    def told(self) -> tuple[date, ...]:
        """The days that something is known of: all of them, or the last of each month."""
        if self.by_month:
            return tuple(day for day, _ in self.came)
        return tuple(self.period.start + _DAY * number for number in range(self.period.days))

    @property
    def total(self) -> int:
        """Everything counted in the period."""
        return sum(count for _, count in self.came)

    @property
    def days(self) -> int:
        """On how many days anything came in."""
        return sum(1 for _, count in self.came if count)


@dataclass(frozen=True, slots=True)
class Habit:
    """The mean cumulative share that past `periods` had by each share of their working days.

    Straight between the marks (share of days, share of total), from (0, 0) to (1, 1). What was asked before is `known`:
    a page asks for the same few days again and again.
    """

    periods: int = 0
    marks: tuple[tuple[Fraction, Fraction], ...] = ()
    known: dict[Fraction, Fraction] = field(default_factory=dict, compare=False, repr=False)

    @property
    def trust(self) -> Fraction:
        """The weight of habit beside the days, n / (n + 4) for n past periods."""
        return Fraction(self.periods, self.periods + _PRIOR_PERIODS)

    def __hash__(self) -> int:
        return hash((self.periods, len(self.marks)))  # told apart by comparing: there are few, and long

    def by(self, gone: Fraction) -> Fraction:
        """The share of the total that is there when this share of the working days has gone."""
        if not self.periods:
            return Fraction(0)
        if gone not in self.known:
            self.known[gone] = _between(self.marks, gone)
        return self.known[gone]


NO_HABIT = Habit()


def habit_of(past: Sequence[Past], calendar: Calendar, fewest: int = FEWEST_DAYS) -> Habit:
    """The habit of the four most recent periods that show one, by a calendar that is common to all of them.

    That is: something came in on at least so many days, and never more was taken back than was there.
    """
    known = sorted(past, key=lambda one: one.period, reverse=True)
    curves = [_marks(one, calendar) for one in known if one.total > 0 and one.days >= fewest]
    used = [marks for marks in curves if marks and all(0 <= there <= 1 for _, there in marks)][:MOST_PERIODS]
    if not used:
        return NO_HABIT
    stops = sorted({gone for marks in used for gone, _ in marks})
    mean = (sum((_between(marks, gone) for marks in used), Fraction(0)) / len(used) for gone in stops)
    return Habit(len(used), tuple(zip(stops, mean, strict=True)))


def _marks(past: Past, calendar: Calendar) -> tuple[tuple[Fraction, Fraction], ...]:
    """(share of working days gone, share of the total there) by each working day; nothing without one.

    What comes in on a free day is there by the next working day, after the last one by the end. What is told by
    months has its marks at their ends.
    """
    whole, came, there = calendar.working_days(past.period), dict(past.came), 0
    if not whole:
        return ()
    marks = {Fraction(0): Fraction(0)}
    for day in past.told:
        there += came.get(day, 0)
        gone = calendar.working_days(past.period.until(day)) / whole
        if past.by_month or calendar.length(day):
            marks[gone] = Fraction(there, past.total)
    return tuple(sorted((marks | {Fraction(1): Fraction(1)}).items()))


def _between(marks: Sequence[tuple[Fraction, Fraction]], gone: Fraction) -> Fraction:
    """The height at `gone` on the straight lines between the marks, which begin at 0 and end at 1."""
    place = bisect_right(marks, gone, key=lambda mark: mark[0])
    if place >= len(marks):
        return marks[-1][1]
    (left, low), (right, high) = marks[place - 1], marks[place]
    return low + (high - low) * (gone - left) / (right - left)
