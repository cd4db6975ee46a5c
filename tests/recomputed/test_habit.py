"""Habit as decision 24 has it: straight between working days, and what comes in at a weekend is there on Monday."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from upswing.core.calendar import Calendar
from upswing.core.habits import Past, habit_of
from upswing.core.period import parse_period

JUNE = parse_period("2026-06", date(2026, 6, 1))
"""Monday the 1st to Tuesday the 30th: 22 working days."""


def test_a_working_day_on_which_nothing_came_in_asks_for_nothing() -> None:
    habit = habit_of([Past(JUNE, ((date(2026, 6, 1), 1), (date(2026, 6, 30), 1)))], Calendar(), 1)
    assert [habit.by(Fraction(gone, 22)) for gone in (1, 11, 21, 22)] == [
        Fraction(1, 2),
        Fraction(1, 2),
        Fraction(1, 2),
        1,
    ]


def test_what_comes_in_at_a_weekend_is_there_on_monday() -> None:
    saturday = Past(JUNE, ((date(2026, 6, 6), 1), (date(2026, 6, 8), 1)))
    monday = Past(JUNE, ((date(2026, 6, 8), 2),))
    friday = Fraction(5, 22)
    assert habit_of([saturday], Calendar(), 1).by(friday) == habit_of([monday], Calendar(), 1).by(friday)
