"""Season: how much more or less may be asked for in some months of the year, day for day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from statistics import variance

from upswing.core.calendar import Calendar
from upswing.core.period import Period, PeriodKind, month_of, year_of
from upswing.core.wording import worded

MINIMUM_MONTHS = 24
MONTHS = 12

_SLACK = Fraction(1, 200)
"""Weights typed with two digits cannot average exactly 1; `factor` makes up for the rest."""
_LEAST_VARIANCE = Fraction(1, 10_000)


class Source(StrEnum):
    """Where month weights come from: somebody's assumption, or the counts of past years."""

    TYPED = "typed"
    LEARNED = "learned"


@dataclass(frozen=True, slots=True)
class Season:
    """A weight for each calendar month, January first: what a working day of it yields beside an average one.

    Raises ValueError unless there are twelve, all above 0.
    """

    months: tuple[Fraction, ...]
    source: Source = Source.TYPED

    def __post_init__(self) -> None:
        if len(self.months) != MONTHS or min(self.months) <= 0:
            raise ValueError(
                worded(
                    "A season has a weight above 0 for each of 12 months, not {months}.",
                    months=_listed(self.months),
                )
            )

    def weighted(self, period: Period, days: Callable[[Period], Fraction]) -> Fraction:
        """The days of the period, each counted as often as its month weighs; `days` counts those of a part."""
        return _sum(self.months[part.start.month - 1] * days(part) for part in _by_month(period))

    def factor(self, period: Period, calendar: Calendar, whole: Period | None = None) -> Fraction:
        """What the season makes of a target that was spread by working days; exact.

        The parts of `whole` then add up to its target: the period of the quota, with `period` inside it. Without
        it the parts of each calendar year do. A period without a working day: 1. Raises ValueError for a period that
        does not lie in `whole`.
        """
        if whole and not whole.start <= period.start <= period.end <= whole.end:
            raise ValueError(
                worded(
                    "{slug} does not lie in {whole}, whose season it should share.",
                    slug=period.slug,
                    whole=whole.slug,
                )
            )
        days = calendar.working_days(period)
        if not days:
            return Fraction(1)
        return (
            _sum(self._level(period, year, calendar) for year in ([whole] if whole else _years(period)))
            / days
        )

    def _level(self, period: Period, year: Period, calendar: Calendar) -> Fraction:
        """The weighted days of the period that lie in the year, where the year's average day weighs 1."""
        inside = Period(PeriodKind.CUSTOM, max(period.start, year.start), min(period.end, year.end))
        mean = _mean(self.months, year, calendar)
        return self.weighted(inside, calendar.working_days) / mean if mean else Fraction(0)


def typed(months: Sequence[Fraction], year: Period, calendar: Calendar) -> Season:
    """The season somebody assumes; `year` is the one whose working days the weights are checked against.

    Raises ValueError unless the weights average 1 over its working days (to two digits); the message offers
    weights that do.
    """
    season = Season(tuple(months))
    if abs(_mean(season.months, year, calendar) - 1) < _SLACK:
        return season
    days, weighed = calendar.working_days(year), season.weighted(year, calendar.working_days)
    raise ValueError(
        worded(
            "These month weights turn the {days} working days of {slug} into {weighed}, so "
            "they would change the target of the whole year. Scaled they keep it: {months}.",
            days=f"{float(days):g}",
            slug=year.slug,
            weighed=f"{float(weighed):.1f}",
            months=_listed(normalised(months, year, calendar)),
        )
    )


def normalised(months: Sequence[Fraction], year: Period, calendar: Calendar) -> tuple[Fraction, ...]:
    """The weights scaled so that they average exactly 1 over the working days of the year."""
    mean = _mean(months, year, calendar)
    return tuple(weight / mean for weight in months)


def learned(
    counted: Sequence[Fraction], last: Period, calendar: Calendar, phi: Fraction = Fraction(1)
) -> Season | None:
    """The season that past counts show: one count a month, oldest first, up to and including the month `last`.

    Whole years back from `last` are used; None under two, or without a record. What is expected of a month is its
    year's level by working days, so growth from year to year is no season. `phi`: variance / mean of a count.
    """
    months = last.next().before(len(counted) // MONTHS * MONTHS)
    counted = counted[len(counted) - len(months) :]
    if len(months) < MINIMUM_MONTHS or not any(counted):
        return None
    days = [calendar.working_days(month) for month in months]
    due = [
        part
        for year in range(0, len(months), MONTHS)
        for part in _spread(_sum(counted[year : year + MONTHS]), days[year : year + MONTHS])
    ]
    slots = [
        [place for place, month in enumerate(months) if month.start.month == 1 + slot]
        for slot in range(MONTHS)
    ]
    observed, expected, worked = (
        [_sum(row[n] for n in slot) for slot in slots] for row in (counted, due, days)
    )
    found = indices(observed, expected, strength(observed, expected, phi))
    mean = _sum(weight * part for weight, part in zip(found, worked, strict=True)) / _sum(worked)
    return Season(tuple(weight / mean for weight in found), Source.LEARNED)


def indices(
    observed: Sequence[Fraction], expected: Sequence[Fraction], strength: Fraction = Fraction(25)
) -> tuple[Fraction, ...]:
    """Observed / expected of each slot, drawn towards 1 as if `strength` more had been expected and seen."""
    return tuple((o + strength) / (e + strength) for o, e in zip(observed, expected, strict=True))


def strength(
    observed: Sequence[Fraction], expected: Sequence[Fraction], phi: Fraction = Fraction(1)
) -> Fraction:
    """1 / variance of the true indices: what observed / expected scatter beyond what chance explains.

    At most 10,000, which leaves no season. Slots where nothing was expected say nothing.
    """
    pairs = [(o / e, phi / e) for o, e in zip(observed, expected, strict=True) if e > 0]
    if len(pairs) < 2:
        return 1 / _LEAST_VARIANCE
    chance = _sum(luck for _, luck in pairs) / len(pairs)
    return 1 / max(Fraction(variance(ratio for ratio, _ in pairs)) - chance, _LEAST_VARIANCE)


def _mean(months: Sequence[Fraction], year: Period, calendar: Calendar) -> Fraction:
    """The average weight of a working day of the year; 0 when nobody works in it."""
    days = calendar.working_days(year)
    return Season(tuple(months)).weighted(year, calendar.working_days) / days if days else Fraction(0)


def _by_month(period: Period) -> Iterable[Period]:
    start = period.start
    while start < period.end:
        end = min(month_of(start).end, period.end)
        yield Period(PeriodKind.CUSTOM, start, end)
        start = end


def _years(period: Period) -> Iterable[Period]:
    year = year_of(period.start)
    while year.start < period.end:
        yield year
        year = year.next()


def _spread(level: Fraction, days: Sequence[Fraction]) -> Iterable[Fraction]:
    whole = _sum(days)
    return (level * part / whole if whole else Fraction(0) for part in days)


def _listed(weights: Iterable[Fraction]) -> str:
    return ", ".join(f"{float(weight):.3f}" for weight in weights)


def _sum(values: Iterable[Fraction]) -> Fraction:
    return sum(values, Fraction(0))
