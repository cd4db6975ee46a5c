"""Hypothesis strategies for the values of the core."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from upswing.core.calendar import Calendar
from upswing.core.facts import Touches
from upswing.core.period import Period, PeriodKind, period_of
from upswing.core.records import (
    ActivityKind,
    ActivityRecord,
    DealRecord,
    Disposition,
    Happened,
    LeadRecord,
    Origin,
    Outcome,
    QuoteRecord,
    QuoteStatus,
    StageMove,
)

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
    """A calendar around the first half of 2026, with at least one weekday worked; sometimes the week changes."""
    some, weekdays = st.frozensets(near_days, max_size=12), st.frozensets(st.integers(0, 6), min_size=1)
    weeks = draw(st.dictionaries(near_days, weekdays, max_size=3))
    return Calendar(
        draw(weekdays), draw(some), draw(some), draw(some), draw(st.none() | near_days),
        weeks=tuple(sorted(weeks.items(), key=lambda each: each[0])),
    )  # fmt: skip


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


@st.composite
def told_deals(draw: st.DrawFn, from_the_first: bool = False) -> DealRecord:
    """A deal with its moves through stages A to C, in order; now and then one is decided and reopened.

    `from_the_first` tells the first move on its first day, and no decision but the last.
    """
    record = draw(deals())
    first = record.created or record.observed or draw(near_days)
    last = record.closed or first + timedelta(90)
    on = sorted(draw(st.lists(st.dates(first, last), max_size=4)))
    decided = st.sampled_from([Outcome.OPEN, Outcome.OPEN, Outcome.LOST])
    ways = [Outcome.OPEN if from_the_first else draw(decided) for _ in on]
    told = [StageMove(_stage(draw, way), day, way) for day, way in zip(on, ways, strict=True)]
    while told and told[-1].outcome is not Outcome.OPEN:
        told.pop()
    if from_the_first:
        told.insert(0, StageMove(draw(st.sampled_from("ABC")), first - timedelta(draw(st.integers(0, 3)))))
    if record.closed and draw(st.booleans()):
        told.append(StageMove(record.outcome.title(), record.closed, record.outcome))
    return replace(record, moves=tuple(told), stage=told[-1].stage if told else "Any")


def _stage(draw: st.DrawFn, way: Outcome) -> str:
    return draw(st.sampled_from("ABC")) if way is Outcome.OPEN else "Lost"


zones = st.sampled_from(
    ["UTC", "Asia/Tokyo", "America/New_York", "Europe/Copenhagen", "Pacific/Kiritimati"]
).map(ZoneInfo)
instants = st.datetimes(datetime(2026, 1, 1), datetime(2026, 6, 30), timezones=st.just(UTC))  # noqa: DTZ001


@st.composite
def leads(draw: st.DrawFn) -> LeadRecord:
    """A lead as sources tell it, decided at times before it was created."""
    return LeadRecord(
        "L-1", "Rami", draw(instants), Origin("leads.csv", 2), draw(st.sampled_from(["", "fair", "web"])),
        disposition=draw(st.sampled_from(Disposition)), decided=draw(st.none() | near_days),
    )  # fmt: skip


touches = st.builds(Touches, st.none() | instants, st.none() | instants)


@st.composite
def activities(draw: st.DrawFn) -> ActivityRecord:
    """Any kind with any outcome, booked or not."""
    return ActivityRecord(
        "A-1", "Rami", draw(st.sampled_from(ActivityKind)), draw(instants), Origin("activities.csv", 2),
        draw(st.sampled_from(Happened)), draw(st.none() | st.integers(0, 10**5)), channel="call",
        booked=draw(st.none() | instants),
    )  # fmt: skip


@st.composite
def quotes(draw: st.DrawFn) -> tuple[QuoteRecord, ...]:
    """The revisions of one deal's quote, in any order, some never sent."""
    numbers = draw(st.lists(st.integers(1, 3), max_size=5))
    sent = st.sampled_from([QuoteStatus.SENT, QuoteStatus.REPLACED, QuoteStatus.DRAFT])
    march = st.none() | st.dates(date(2026, 3, 1), date(2026, 3, 5))
    return tuple(
        QuoteRecord(
            f"Q-{place}", "D-1", number, Origin("quotes.csv", 2), draw(march),
            draw(st.none() | st.integers(0, 99)), draw(sent),
        )
        for place, number in enumerate(numbers)
    )  # fmt: skip


shared = st.lists(parts, min_size=1, max_size=4)
