"""Hypothesis strategies for the values of the core."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

from hypothesis import strategies as st

from upswing.core.calendar import Calendar
from upswing.core.period import Period, PeriodKind, period_of
from upswing.core.records import DealRecord, Origin, Outcome

WHOLE_KINDS = [kind for kind in PeriodKind if kind is not PeriodKind.CUSTOM]

days = st.dates(date(1992, 1, 1), date(2098, 12, 31))
near_days = st.dates(date(2026, 1, 1), date(2026, 6, 30))
fiscal_starts = st.integers(1, 12)
amounts = st.integers(-(10**13), 10**13)
weights = st.lists(st.integers(0, 10**6), min_size=1, max_size=8).filter(any)
positive = st.fractions(Fraction(1, 100), Fraction(10**6), max_denominator=1000)
parts = st.tuples(st.sampled_from("abcd"), st.integers(1, 5))
numbers = st.fractions(Fraction(0), Fraction(10**6), max_denominator=1000)


@st.composite
def customs(draw: st.DrawFn, longest: int = 800) -> Period:
    """A custom period of up to so many days; sometimes empty."""
    start = draw(days)
    return Period(PeriodKind.CUSTOM, start, start + timedelta(draw(st.integers(0, longest))))


@st.composite
def whole_periods(draw: st.DrawFn) -> Period:
    """A day, week, month, fiscal quarter or fiscal year."""
    return period_of(draw(st.sampled_from(WHOLE_KINDS)), draw(days), draw(fiscal_starts))


periods = st.one_of(whole_periods(), customs())


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    """A calendar around the first half of 2026, with at least one weekday worked."""
    some = st.frozensets(near_days, max_size=12)
    weekdays = draw(st.frozensets(st.integers(0, 6), min_size=1))
    return Calendar(weekdays, draw(some), draw(some), draw(some), draw(st.none() | near_days))


near_periods = st.builds(
    lambda start, length: Period(PeriodKind.CUSTOM, start, start + timedelta(length)),
    near_days,
    st.integers(1, 120),
)


@st.composite
def deals(draw: st.DrawFn) -> DealRecord:
    """A deal as sources tell it: days unknown, amounts unsorted, credit shared; never closed early."""
    created = draw(st.none() | near_days)
    outcome = draw(st.sampled_from(Outcome))
    observed = None if created else draw(near_days)
    life = timedelta(draw(st.integers(0, 90)))
    entered = created or observed or date.max
    sums = st.integers(0, 10**9)
    changes = st.lists(st.tuples(near_days, sums), max_size=4)
    return DealRecord(
        id="D-1", origin=Origin("deals.csv", 2), stage="Any", outcome=outcome,
        created=created, observed=observed,
        closed=None if outcome is Outcome.OPEN else entered + life,
        amount_minor=draw(st.none() | sums), expected_minor=draw(st.none() | sums),
        amounts=tuple(draw(changes)),
        credit=tuple(draw(st.lists(parts, min_size=1, max_size=4))),
    )  # fmt: skip
