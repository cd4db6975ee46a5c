"""Who of a team can be told apart in a metric: everybody is pooled, and only groups come out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from upswing.core.calendar import Calendar
from upswing.core.metrics.metric import Metric, Ratio
from upswing.core.metrics.value import measures_of, quantity
from upswing.core.period import Period, PeriodKind
from upswing.core.posteriors import Count, Rate, draws
from upswing.core.ranks import Basis, Group, rank_groups, scatter
from upswing.core.seeds import seed_of
from upswing.core.targets import counterpart
from upswing.ledger.counting import Slot, pool
from upswing.people.models import Person
from upswing.people.viewer import Viewer
from upswing.queries.shaping import Tables
from upswing.queries.workdays import calendars, worked_by, working_calendar

METHOD = "ranks@1"
PARTS = 6
"""Into so many parts a period is cut, to see how a count scatters."""
Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Seen:
    """Joint draws of everybody's true values, shape (n_draws, reps), and the records expected of each."""

    draws: Array
    expected: Array


@dataclass(frozen=True, slots=True)
class _Question:
    """Of whom, and in what."""

    viewer: Viewer
    people: Sequence[Person]
    metric: Metric
    subject: str

    def seed(self, days: Period) -> int:
        """Asking again never changes an answer."""
        return seed_of(METHOD, f"{self.subject} {self.metric.key}", f"{days.start} {days.end}")


def placed(
    viewer: Viewer,
    people: Sequence[Person],
    metric: Metric,
    basis: Basis,
    period: Period,
    at: date,
    subject: str,
) -> tuple[Group, ...]:
    """The groups of these people by the close of `at`, each named by their id; nobody where too few can be compared.

    Improvement is the value beside one's own of the period before, cut at the same share of working days.
    """
    asked = _Question(viewer, people, metric, subject)
    if at < period.start or not people:
        return ()
    found = _seen(asked, period.until(at))
    if found is None:
        return ()
    reps = [str(person.id) for person in people]
    if basis is Basis.EFFORT:
        return rank_groups(reps, found.draws, found.expected.tolist(), metric.better)
    before = period.previous()
    span = Period(PeriodKind.CUSTOM, before.start, period.end)
    past = _seen(asked, before.until(counterpart(period, at, before, working_calendar(span))))
    if past is None:
        return ()
    gained = _gained(metric, found.draws, past.draws)
    return rank_groups(reps, gained, np.minimum(found.expected, past.expected).tolist(), metric.better)


def _gained(metric: Metric, now: Array, before: Array) -> Array:
    """Shares are compared by their difference, counts by how many times as much they are."""
    return now - before if isinstance(metric.value, Ratio) else np.log(now) - np.log(before)


def _seen(asked: _Question, days: Period) -> _Seen | None:
    if days.start >= days.end:
        return None
    return (
        _rates(asked, days, asked.metric.value)
        if isinstance(asked.metric.value, Ratio)
        else _counts(asked, days)
    )


def _rates(asked: _Question, days: Period, value: Ratio) -> _Seen | None:
    """Shares of the records below the line; a rep's expected records are the hits at the group's rate."""
    pooled = _pooled(asked, days)
    seen = [Rate(float(quantity(value.of, one)), float(quantity(value.per, one))) for one in pooled]
    trials, hits = np.array([each.trials for each in seen]), sum(each.hits for each in seen)
    if not hits:
        return None
    return _Seen(draws(seen, asked.seed(days)), trials * hits / trials.sum())


def _counts(asked: _Question, days: Period) -> _Seen | None:
    """Counts beside what everybody's pace makes of a rep's own working days."""
    own = _calendars(asked, days)
    parts = _parts(days)
    made = np.array([[_made(asked, one) for one in _pooled(asked, part)] for part in parts]).T
    working = np.array([[float(own[who.id].available_days(part)) for part in parts] for who in asked.people])
    made = np.where(working.sum(axis=1, keepdims=True) > 0, made, 0)
    if not made.sum():
        return None
    expected = working.sum(axis=1) * made.sum() / working.sum()
    seen = [Count(actual, due) for actual, due in zip(made.sum(axis=1), expected.tolist(), strict=True)]
    return _Seen(draws(seen, asked.seed(days), phi=scatter(made, working)), expected)


def _made(asked: _Question, counted: dict[str, int]) -> float:
    assert asked.metric.evidence is not None  # noqa: S101  (what may be ranked has some)
    return float(quantity(asked.metric.evidence, counted))


def _pooled(asked: _Question, days: Period) -> list[dict[str, int]]:
    ids = [person.id for person in asked.people]
    found = pool(asked.viewer.sight, ids, Slot("now", days, days.last), measures_of(asked.metric))
    return [found[rep] for rep in ids]


def _calendars(asked: _Question, days: Period) -> dict[int, Calendar]:
    ids = [person.id for person in asked.people]
    return calendars(asked.people, days, Tables.load().week, worked_by(ids))


def _parts(days: Period) -> list[Period]:
    """The days in at most six parts, as even as days can be."""
    count = min(PARTS, days.days)
    ends = [days.start + timedelta(days=days.days * place // count) for place in range(count + 1)]
    return [Period(PeriodKind.CUSTOM, *each) for each in pairwise(ends)]
