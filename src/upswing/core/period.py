"""When: one definition of day, ISO week, month, quarter, year and free range, as dates [start, end).

Slugs are written and read here alone: `2026-11-14`, `2026-W47`, `2026-11`, `2026-Q4`, `2026`, and
`2026-11-01..2026-11-15`, whose last day belongs to it.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import total_ordering

from upswing.core.wording import worded

FIRST_YEAR, LAST_YEAR = 1990, 2100
"""The years a period may be written for; anything else is taken for a slip of the pen."""

_DAY = timedelta(days=1)


class PeriodKind(StrEnum):
    """What sort of stretch of days."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    CUSTOM = "custom"


_MONTHS = {PeriodKind.MONTH: 1, PeriodKind.QUARTER: 3, PeriodKind.YEAR: 12}


@total_ordering
@dataclass(frozen=True, slots=True)
class Period:
    """The days from `start` up to, not including, `end`; earlier periods sort first.

    `fiscal_start` is the month (1-12) in which the fiscal year begins. It gives quarters and years their
    place and name; other kinds always carry 1. Only a custom period may be empty. Raises ValueError when
    the days are not one whole period of the kind.
    """

    kind: PeriodKind
    start: date
    end: date
    fiscal_start: int = 1

    def __post_init__(self) -> None:
        if not 1 <= self.fiscal_start <= 12:
            raise ValueError(f"A fiscal year starts in month 1 to 12, not {self.fiscal_start}.")
        if self.kind not in (PeriodKind.QUARTER, PeriodKind.YEAR):
            object.__setattr__(self, "fiscal_start", 1)
        if not self._is_whole():
            raise ValueError(f"{self.start} up to {self.end} is not a {self.kind}.")

    def _is_whole(self) -> bool:
        if self.kind is PeriodKind.CUSTOM:
            return self.start <= self.end
        return (self.start, self.end) == _bounds(self.kind, self.start, self.fiscal_start)

    def __lt__(self, other: Period) -> bool:
        mine = (self.start, self.end, self.kind, self.fiscal_start)
        return mine < (other.start, other.end, other.kind, other.fiscal_start)

    @property
    def days(self) -> int:
        """Calendar days; 0 for an empty custom period."""
        return (self.end - self.start).days

    @property
    def last(self) -> date:
        """The last day that belongs to the period (the day before `start` when it is empty)."""
        return self.end - _DAY

    @property
    def slug(self) -> str:
        """How the period is written. Fiscal quarters and years bear the year in which that year ends."""
        return _SLUGS[self.kind](self)

    def contains(self, day: date) -> bool:
        """Whether the day lies in the period."""
        return self.start <= day < self.end

    def next(self) -> Period:
        """The period of the same kind that begins where this one ends (custom: as many days)."""
        return self._at(self.end)

    def previous(self) -> Period:
        """The period of the same kind that ends where this one begins (custom: as many days)."""
        months = _MONTHS.get(self.kind)
        return self._at(_add_months(self.start, -months) if months else self.start - timedelta(self.days))

    def before(self, count: int) -> list[Period]:
        """So many periods before this one, the earliest first."""
        found: list[Period] = []
        earlier = self
        for _ in range(count):
            earlier = earlier.previous()
            found.append(earlier)
        return found[::-1]

    def same_last_year(self) -> Period:
        """The period a year earlier: same date, month or quarter; same ISO week number (53 becomes 52).

        A day or custom period keeps its dates, first and last; 29 February becomes 28 February.
        """
        if self.kind in _MONTHS:
            return self._at(_add_months(self.start, -12))
        if self.kind is PeriodKind.WEEK:
            year, week, _ = self.start.isocalendar()
            return _week([year - 1, min(week, weeks_in(year - 1))])
        start = _year_before(self.start)
        return Period(self.kind, start, max(start, _year_before(self.last) + _DAY))

    def until(self, day: date) -> Period:
        """The part up to and including `day`, as a custom period: empty before it begins, at most all."""
        end = self.end if day >= self.last else max(day + _DAY, self.start)
        return Period(PeriodKind.CUSTOM, self.start, min(end, self.end))

    def months(self) -> tuple[Period, ...]:
        """The calendar months that lie wholly in the period, in order."""
        return whole_months(self)

    def _at(self, start: date) -> Period:
        if self.kind is PeriodKind.CUSTOM:
            return Period(self.kind, start, start + timedelta(self.days))
        return period_of(self.kind, start, self.fiscal_start)


class UnknownPeriod(ValueError):
    """A text that names no period; the message says why and what to write."""

    def __init__(self, text: str, because: str, year: int) -> None:
        hint = worded(
            "Write {year}-Q3, {year}-07, {year}-W30, {year}, this-month or last-quarter.", year=str(year)
        )
        if because:
            told = worded(
                "No period reads “{text}”: {because}. {hint}", text=text, because=because, hint=hint
            )
        else:
            told = worded("No period reads “{text}”. {hint}", text=text, hint=hint)
        super().__init__(told)


def period_of(kind: PeriodKind, day: date, fiscal_start: int = 1) -> Period:
    """The period of that kind the day lies in; a custom one is the day alone."""
    return Period(kind, *_bounds(kind, day, fiscal_start), fiscal_start)


def day_of(day: date) -> Period:
    """That day alone."""
    return period_of(PeriodKind.DAY, day)


def week_of(day: date) -> Period:
    """The ISO week (Monday to Sunday) the day lies in."""
    return period_of(PeriodKind.WEEK, day)


def month_of(day: date) -> Period:
    """The calendar month the day lies in."""
    return period_of(PeriodKind.MONTH, day)


def quarter_of(day: date, fiscal_start: int = 1) -> Period:
    """The quarter of the fiscal year the day lies in."""
    return period_of(PeriodKind.QUARTER, day, fiscal_start)


def year_of(day: date, fiscal_start: int = 1) -> Period:
    """The fiscal year the day lies in."""
    return period_of(PeriodKind.YEAR, day, fiscal_start)


def weeks_in(year: int) -> int:
    """ISO weeks of a year: 52 or 53."""
    return date(year, 12, 28).isocalendar().week


def whole_months(period: Period) -> tuple[Period, ...]:
    """The calendar months that lie wholly in the period; with `edges` they make up the period."""
    month = month_of(period.start)
    found = []
    while month.end <= period.end:
        if month.start >= period.start:
            found.append(month)
        month = month.next()
    return tuple(found)


def edges(period: Period) -> tuple[Period, ...]:
    """The days of the period outside its whole months: at most two custom periods, none empty."""
    months = whole_months(period)
    inner = (months[0].start, months[-1].end) if months else ()
    cuts = (period.start, *inner, period.end)
    pairs = zip(cuts[::2], cuts[1::2], strict=True)
    return tuple(Period(PeriodKind.CUSTOM, start, end) for start, end in pairs if start < end)


def parse_period(text: str, today: date, fiscal_start: int = 1) -> Period:
    """The period a slug stands for, or on `today` a word: `today`, `this-week` ... `last-year`.

    Case does not matter. Fiscal quarters and years bear the year in which the fiscal year ends. Raises
    UnknownPeriod.
    """
    plain = text.strip().lower()
    if plain in _WORDS:
        step, kind = _WORDS[plain]
        found = period_of(kind, today, fiscal_start)
        return found.previous() if step == "last" else found
    for shape, build in _SHAPES.items():
        if match := re.fullmatch(shape, plain):
            return _built(build, text, match.groups(), today.year, fiscal_start)
    raise UnknownPeriod(text, "", today.year)


def _built(build: _Build, text: str, parts: tuple[str, ...], this_year: int, fiscal_start: int) -> Period:
    years = {int(part) for part in parts if len(part) == 4}
    if not years <= set(range(FIRST_YEAR, LAST_YEAR + 1)):
        known = worded("the years known are {first} to {last}", first=str(FIRST_YEAR), last=str(LAST_YEAR))
        raise UnknownPeriod(text, known, this_year)
    try:
        return build([int(part) for part in parts], fiscal_start)
    except ValueError as reason:
        raise UnknownPeriod(text, str(reason), min(years)) from None


def _bounds(kind: PeriodKind, day: date, fiscal_start: int) -> tuple[date, date]:
    if months := _MONTHS.get(kind):
        start = _add_months(day.replace(day=1), -((day.month - fiscal_start) % months))
        return start, _add_months(start, months)
    if kind is PeriodKind.WEEK:
        monday = day - timedelta(day.weekday())
        return monday, monday + timedelta(7)
    return day, day + _DAY


def _year(numbers: list[int], fiscal_start: int) -> Period:
    first = date(numbers[0], fiscal_start, 1)
    return year_of(_add_months(first, -1 if fiscal_start > 1 else 0), fiscal_start)


def _quarter(numbers: list[int], fiscal_start: int) -> Period:
    _need(1 <= numbers[1] <= 4, "a year has quarters Q1 to Q4")
    first = _year(numbers, fiscal_start).start
    return quarter_of(_add_months(first, 3 * (numbers[1] - 1)), fiscal_start)


def _month(numbers: list[int], _: int = 1) -> Period:
    _need(1 <= numbers[1] <= 12, "a year has months 01 to 12")
    return month_of(date(numbers[0], numbers[1], 1))


def _week(numbers: list[int], _: int = 1) -> Period:
    year, week = numbers
    _need(1 <= week <= weeks_in(year), f"{year} has weeks W01 to W{weeks_in(year)}")
    return week_of(date.fromisocalendar(year, week, 1))


def _day(numbers: list[int], _: int = 1) -> Period:
    year, month, day = numbers
    known = 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]
    _need(known, f"the calendar has no {year}-{month:02}-{day:02}")
    return day_of(date(year, month, day))


def _custom(numbers: list[int], _: int = 1) -> Period:
    first, last = _day(numbers[:3]), _day(numbers[3:])
    _need(first <= last, "its last day comes before its first")
    return Period(PeriodKind.CUSTOM, first.start, last.end)


def _need(right: bool, reason: str) -> None:
    if not right:
        raise ValueError(reason)


def _year_name(period: Period) -> int:
    return year_of(period.start, period.fiscal_start).last.year


def _add_months(first: date, months: int) -> date:
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    return date(year, month + 1, 1)


def _year_before(day: date) -> date:
    leap = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - 1, day=28 if leap else day.day)


_Build = Callable[[list[int], int], Period]

_DATE = r"([0-9]{4})-([0-9]{2})-([0-9]{2})"
_SHAPES: dict[str, _Build] = {
    r"([0-9]{4})": _year,
    r"([0-9]{4})-q([0-9])": _quarter,
    r"([0-9]{4})-([0-9]{1,2})": _month,
    r"([0-9]{4})-w([0-9]{1,2})": _week,
    _DATE: _day,
    rf"{_DATE}\.\.{_DATE}": _custom,
}

_WORDS = {"today": ("this", PeriodKind.DAY)} | {
    f"{step}-{kind}": (step, kind)
    for step in ("this", "last")
    for kind in (PeriodKind.WEEK, PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.YEAR)
}

_SLUGS: dict[PeriodKind, Callable[[Period], str]] = {
    PeriodKind.DAY: lambda p: p.start.isoformat(),
    PeriodKind.WEEK: lambda p: "{:04}-W{:02}".format(*p.start.isocalendar()[:2]),
    PeriodKind.MONTH: lambda p: p.start.isoformat()[:7],
    PeriodKind.QUARTER: lambda p: f"{_year_name(p):04}-Q{(p.start.month - p.fiscal_start) % 12 // 3 + 1}",
    PeriodKind.YEAR: lambda p: f"{_year_name(p):04}",
    PeriodKind.CUSTOM: lambda p: f"{p.start}..{p.last}",
}
