"""The running period in words and as a drawing: what was due, what came in, where it is likely to end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from upswing.core.money import Money, digits
from upswing.queries.pacing import Day, Ending, Pacing
from upswing.web.shared import format as fmt
from upswing.web.shared.charts import Course, pace
from upswing.web.shared.charts.ticks import ticks
from upswing.web.shared.marks import marked

_APART, _AROUND_TODAY = 0.17, 0.28
"""So much of the width lies at least between two days below the chart, also on a phone; the longer word needs more."""
_MARKS = 5
_NO_ENDING = {
    "too_early": marked("A likely end is told once a third of the target is due."),
    "no_sizes": marked("A likely end needs won deals of known value to draw from."),
}


@dataclass(frozen=True, slots=True)
class Running:
    """The chart, its numbers as rows (day, due, there), and the likely end as (range, chance); `why_not` without."""

    axis: SafeString
    plot: SafeString
    rows: tuple[tuple[str, str, str], ...]
    ending: tuple[str, str] | None
    why_not: str


def running_of(pacing: Pacing) -> Running:
    """How a line runs."""
    return Running(
        *_drawn(pacing),
        tuple(
            (
                fmt.day(one.day),
                fmt.money_whole(one.due),
                "" if one.there is None else fmt.money_whole(one.there),
            )
            for one in pacing.days
        ),
        None if pacing.ending is None else _said(pacing, pacing.ending),
        _(_NO_ENDING[pacing.reason]) if pacing.reason in _NO_ENDING else "",
    )


def _said(pacing: Pacing, ending: Ending) -> tuple[str, str]:
    """Chances are never told as certain: they rest on what is usual. What is reached needs none."""
    chance = Fraction(ending.reached).limit_denominator(100)
    told = min(max(chance, Fraction(1, 100)), Fraction(99, 100))
    return (
        _("{low} to {high}").format(low=fmt.money_compact(ending.low), high=fmt.money_compact(ending.high)),
        _("the target is reached")
        if _reached(pacing)
        else _("{percent} chance of the target").format(percent=fmt.percent(told)),
    )


def _reached(pacing: Pacing) -> bool:
    there = [one.there.minor for one in pacing.days if one.there is not None]
    return bool(there) and there[-1] >= pacing.target.minor


def _drawn(pacing: Pacing) -> tuple[SafeString, SafeString]:
    target = _units(pacing.target)
    due = [(0.0, 0.0), *((_place(pacing, one.day), _units(one.due)) for one in pacing.days)]
    there = [
        (0.0, 0.0),
        *((_place(pacing, one.day), _units(one.there)) for one in pacing.days if one.there is not None),
    ]
    ending = (_units(pacing.ending.low), _units(pacing.ending.high)) if pacing.ending else None
    scale = ticks(max(target, there[-1][1], ending[1] if ending else 0.0))
    words = [(tick, fmt.money_compact(_money(tick, pacing.target.currency))) for tick in scale]
    course = Course(due, there, ending, _below(pacing), fmt.money_compact(pacing.target))
    return pace(course, words, _sentence(pacing))


def _sentence(pacing: Pacing) -> str:
    today = _today(pacing.days)
    if pacing.ending is None:
        said = _("{label}: {there} by {day}, where {due} were due; target {target}.")
    else:
        said = _("{label}: {there} by {day}, where {due} were due; target {target}; likely end {ending}.")
    return said.format(
        label=_(pacing.metric.label),
        there=fmt.money_whole(today.there or today.due),
        day=fmt.day(today.day),
        due=fmt.money_whole(today.due),
        target=fmt.money_whole(pacing.target),
        ending="" if pacing.ending is None else _said(pacing, pacing.ending)[0],
    )


def _today(days: Sequence[Day]) -> Day:
    return max((one for one in days if one.there is not None), key=lambda one: one.day)


def _below(pacing: Pacing) -> list[tuple[float, str]]:
    """Today, the first and the last day, and days between that stand well apart."""
    found = [(_place(pacing, pacing.at), _("Today, {day}").format(day=fmt.day_short(pacing.at)))]
    steps = [pacing.days[0], pacing.days[-1], *pacing.days[:: max(1, len(pacing.days) // _MARKS)]]
    for one in steps:
        place = 0.0 if one is pacing.days[0] else _place(pacing, one.day)
        if abs(place - found[0][0]) >= _AROUND_TODAY and all(
            abs(place - at) >= _APART for at, _ in found[1:]
        ):
            found.append((place, fmt.day_short(one.day)))
    return sorted(found)


def _place(pacing: Pacing, day: date) -> float:
    """Where the close of a day lies, 0 to 1."""
    return ((day - pacing.period.start).days + 1) / pacing.period.days


def _units(value: Money) -> float:
    return float(value.decimal)


def _money(amount: float, currency: str) -> Money:
    return Money(round(amount * 10 ** digits(currency)), currency)
