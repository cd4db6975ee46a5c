"""How the total of a period usually came in, of everybody together, by each share of its working days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

from tests.recomputed.asked import Planner, days
from tests.recomputed.counted import Book
from upswing.core.period import Period

Curve = list[tuple[Fraction, Fraction]]
MOST, FEWEST = 4, 10


@dataclass(frozen=True, slots=True)
class Habit:
    """The mean of so many curves, and the working days of the running period by day."""

    curves: Sequence[Curve]
    gone: dict[date, Fraction]

    @property
    def periods(self) -> int:
        """How many periods before it stands on."""
        return len(self.curves)

    def on(self, day: date) -> Fraction:
        """The share of a period's total that usually comes in on a day."""
        return self._by(self.gone[day]) - self._by(self.gone[day - timedelta(days=1)])

    def _by(self, gone: Fraction) -> Fraction:
        return sum((_height(curve, gone) for curve in self.curves), Fraction(0)) / len(self.curves)


def habit_before(book: Book, plan: Planner, reps: Sequence[str], what: str, period: Period) -> Habit:
    """Of the last four periods that the data cover from their first working day on, with ten days on which it came."""
    before = [period.previous()]
    while len(before) < MOST:
        before.append(before[-1].previous())
    known = [first for rep in reps if (first := book.first(rep, before[0].last))]
    curves = []
    for each in before:
        daily = [sum((_on(book, rep, what, on) for rep in reps), Fraction(0)) for on in days(each)]
        covered = known and not any(plan.works(on) for on in days(each) if on < min(known))
        if covered and sum(daily) > 0 and sum(map(bool, daily)) >= FEWEST and plan.working(each):
            curve = by_working_days(plan, each, daily)
            if all(0 <= share <= 1 for _, share in curve):
                curves.append(curve)
    whole, done = plan.working(period), 0
    gone = {period.start - timedelta(days=1): Fraction(0)}
    for on in days(period):
        done += plan.works(on)
        gone[on] = Fraction(done, whole) if whole else Fraction(0)
    return Habit(curves, gone)


def by_working_days(plan: Planner, period: Period, daily: Sequence[Fraction]) -> Curve:
    """As decision 24 has it: straight between working days; what comes in on a free day is there by the next."""
    total, whole, done, there = sum(daily, Fraction(0)), plan.working(period), 0, Fraction(0)
    curve = [(Fraction(0), Fraction(0))]
    for on, count in zip(days(period), daily, strict=True):
        there += count
        if plan.works(on):
            done += 1
            curve.append((Fraction(done, whole), there / total))
    curve[-1] = (Fraction(1), Fraction(1))  # what comes after the last working day is there by the end
    return curve


def _on(book: Book, rep: str, what: str, on: date) -> Fraction:
    return book.dated[rep].get(on, {}).get(what, Fraction(0))


def _height(curve: Curve, gone: Fraction) -> Fraction:
    """Straight between two marks."""
    for (low, below), (high, above) in pairwise(curve):
        if gone <= high:
            return below + (above - below) * (gone - low) / (high - low)
    return Fraction(1)
