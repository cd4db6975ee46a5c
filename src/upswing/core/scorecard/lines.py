"""One line of a card: what was counted, judged against what was aimed at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction

from upswing.core.bands import Band, Borders, attainment, judge
from upswing.core.benchmarks import Benchmark
from upswing.core.calendar import Calendar
from upswing.core.evidence import (
    Evidence,
    EvidenceSettings,
    Weighed,
    state_for,
    weigh_count,
    weigh_rate,
)
from upswing.core.habits import NO_HABIT, Habit
from upswing.core.measures import stands
from upswing.core.metrics.metric import Metric, OfQuota, Ratio, Unit, is_rate
from upswing.core.metrics.value import Counted, Value, exact, in_its_unit, n_of, quantity, unknown
from upswing.core.money import Money
from upswing.core.pace import expected_by
from upswing.core.period import Period
from upswing.core.scorecard.card import Line, Point
from upswing.core.targets import NoTarget, Target, elapsed

_BORDERS, _SETTINGS = Borders(), EvidenceSettings()

MONEY_SPREAD = 1.6
"""1 + cv² of deal sizes, for lognormal sizes with σ 0.7 (cv² = e^0.49 − 1 = 0.63)."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What every line of one card is judged by.

    `habits` say by measure how periods before came in; a measure without any falls due by the days alone.
    `average_deal` is the team's won value per deal won: money borrows the evidence of that many deals.
    """

    period: Period
    at: date
    calendar: Calendar
    currency: str
    borders: Borders = _BORDERS
    settings: EvidenceSettings = _SETTINGS
    average_deal: Money | None = None
    habits: Mapping[str, Habit] = field(default_factory=dict)


def line(
    metric: Metric,
    counted: Counted,
    target: Target | NoTarget | None,
    terms: Terms,
    benchmarks: Sequence[Benchmark] = (),
    history: Sequence[Point] = (),
) -> Line:
    """One line of a card.

    `target` is in the metric's unit, money in minor units; for a share of quota it is the money target
    itself, and the line's own target is then 1. Flows are judged against the part due by now; rates,
    averages and stocks against the whole target.
    """
    aimed = target if isinstance(target, Target) else None
    value = exact(metric, counted, aimed.value if aimed else None)
    found = _judged(metric, counted, value, target, terms)

    def shown(number: Fraction | None) -> Value | None:
        return None if number is None else in_its_unit(metric, number, terms.currency)

    return Line(
        metric, shown(value), shown(found.target), shown(found.expected), found.attainment, found.band,
        found.evidence, n_of(metric, counted), tuple(benchmarks), tuple(history), found.reason, found.due,
        aimed.factors if aimed else (),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Judged:
    """A line's numbers, exact and without unit."""

    target: Fraction | None = None
    expected: Fraction | None = None
    attainment: Fraction | None = None
    band: Band | None = None
    evidence: Evidence | None = None
    due: Fraction | None = None
    reason: str | None = None


def _judged(
    metric: Metric, counted: Counted, value: Fraction | None, target: Target | NoTarget | None, terms: Terms
) -> _Judged:
    """What can be said at all; then by the kind of value."""
    if not isinstance(target, Target) or not _possible(metric, target):
        silent = value is None and not isinstance(metric.value, OfQuota)
        return _Judged(reason="no_data" if silent else getattr(target, "reason", "no_target"))
    if unknown(metric, counted):
        whole = Fraction(1) if isinstance(metric.value, OfQuota) else target.value
        return _Judged(whole, reason="unvalued")
    if value is None:
        return _Judged(target.value, target.value, reason="no_data")
    if isinstance(metric.value, Ratio):
        return _ratio(metric, metric.value, counted, value, target.value, terms)
    if stands(metric.value.measure):
        return _compared(metric, value, target.value, target.value, terms)
    return _flow(metric, counted, value, target, terms)


def _possible(metric: Metric, target: Target) -> bool:
    """A share of records lies above 0 and up to 1; other targets above 0."""
    return target.value > 0 and (target.value <= 1 or not is_rate(metric))


def _flow(metric: Metric, counted: Counted, value: Fraction, target: Target, terms: Terms) -> _Judged:
    """Against the part of the target due by now, weighed in records.

    Money is weighed in deals of average size, and as money: sizes vary too, so it scatters more than a count
    (variance / mean of a compound Poisson sum, 1 + cv², in units of its mean size).
    """
    due = expected_by(target, terms.period, terms.at, terms.calendar, _habit(metric, terms)).value
    whole = Fraction(1) if isinstance(metric.value, OfQuota) else target.value
    expected = due * whole / target.value
    if not elapsed(terms.period, terms.at, terms.calendar):
        return _Judged(whole, expected, reason="not_started")
    judged = _compared(metric, value, whole, expected, terms)
    if metric.evidence is None:
        return replace(judged, evidence=_unmodelled(judged.band))
    won = value * target.value / whole  # as counted, also where the value is a share of the quota
    records = quantity(metric.evidence, counted)
    size = _size(metric, won, records, terms)
    if not size or not due:
        return replace(judged, evidence=Evidence.TOO_EARLY)
    money = metric.unit is not Unit.COUNT
    settings = replace(terms.settings, phi=terms.settings.phi * MONEY_SPREAD) if money else terms.settings
    made = won / size if money else records
    weighed = weigh_count(made, due / size, settings, terms.borders, metric.better)
    return _weighed(judged, weighed, due / size)


def _habit(metric: Metric, terms: Terms) -> Habit:
    """How what the metric counts usually comes in."""
    return (
        NO_HABIT if isinstance(metric.value, Ratio) else terms.habits.get(metric.value.measure.key, NO_HABIT)
    )


def _size(metric: Metric, won: Fraction, records: Fraction, terms: Terms) -> Fraction | None:
    """How much of the target one record makes up: 1 for counts, an average deal for money.

    The larger of the team's and the rep's own average, which never claims more evidence than there is; None
    where neither is known.
    """
    if metric.unit is Unit.COUNT:
        return Fraction(1)
    own = won / records if records else Fraction(0)
    team = Fraction(terms.average_deal.minor) if terms.average_deal else Fraction(0)
    return max(own, team) or None


def _ratio(
    metric: Metric, ratio: Ratio, counted: Counted, value: Fraction, target: Fraction, terms: Terms
) -> _Judged:
    """Against the target itself: a ratio has no pace.

    A rate takes a band only when more than chance may be read into it; else "too_few". An average has no
    model of how sizes vary yet: its evidence leans at most, and it is judged from the metric's minimum of records on.
    """
    if not elapsed(terms.period, terms.at, terms.calendar):
        return _Judged(target, target, reason="not_started")
    judged = _compared(metric, value, target, target, terms)
    if not is_rate(metric):
        if n_of(metric, counted) < metric.minimum:
            return replace(judged, band=None, evidence=Evidence.TOO_EARLY, reason="too_few")
        return replace(judged, evidence=_unmodelled(judged.band))
    hits, trials = quantity(ratio.of, counted), quantity(ratio.per, counted)
    weighed = weigh_rate(hits, trials, target, terms.settings, terms.borders, metric.better)
    found = _weighed(judged, weighed, trials * target)
    unsure = found.evidence is Evidence.TOO_EARLY or trials < metric.minimum
    return replace(found, band=None, reason="too_few") if unsure else found


def _unmodelled(band: Band | None) -> Evidence | None:
    """Where nothing is known of how much luck is in a value, an outer band leans at most."""
    return None if band is Band.ON_TRACK else Evidence.LEANING


def _compared(metric: Metric, value: Fraction, whole: Fraction, expected: Fraction, terms: Terms) -> _Judged:
    """The plain band, before any evidence."""
    band = judge(value, expected, terms.borders, metric.better)
    return _Judged(whole, expected, attainment(value, expected, metric.better), band)


def _weighed(judged: _Judged, weighed: Weighed, due: Fraction) -> _Judged:
    return replace(judged, evidence=state_for(judged.band, weighed, due), due=due)
