"""Cards of many reps at once: load, count, judge. One card and a whole board come from here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

from upswing.core.benchmarks import Benchmark, BenchmarkKind, own_past
from upswing.core.metrics.metric import Metric, OfQuota
from upswing.core.metrics.value import n_of, value_of
from upswing.core.period import Period
from upswing.core.scorecard import Line, Point, Scorecard, Value, headline, line
from upswing.core.targets import Target
from upswing.ledger.counting import Slot
from upswing.people.models import Person
from upswing.people.viewer import Viewer
from upswing.queries.judging import Others, aimed, known_until, target_for, terms_of
from upswing.queries.loading import Loaded, load


def cards(
    viewer: Viewer,
    people: Sequence[Person],
    period: Period,
    at: date,
    *,
    history: bool,
    against: Sequence[BenchmarkKind] = (BenchmarkKind.TEAM,),
    only: Metric | None = None,
) -> list[Scorecard]:
    """The scorecards of these people, in their order, each line beside the own past and `against` others.

    With `only`, cards of that single metric. Raises NotVisible when one may not be seen.
    """
    return made(load(viewer, people, period, at, history=history, against=against, only=only))


def made(loaded: Loaded) -> list[Scorecard]:
    """The cards of a question, in the order of its people."""
    lines = {person.id: _lines(person.id, loaded) for person in loaded.people}
    told = Others(loaded, {rep: {each.metric.key: each for each in found} for rep, found in lines.items()})
    return [_card(person, told.marked(person.id, lines[person.id]), loaded) for person in loaded.people]


def _lines(rep: int, loaded: Loaded) -> tuple[Line, ...]:
    terms = terms_of(rep, loaded)
    return tuple(
        line(
            each,
            loaded.counted["now", rep],
            aimed(each, rep, loaded),
            replace(terms, at=known_until(each, loaded)),
            _benchmarks(each, rep, loaded),
            _history(each, rep, loaded),
        )
        for each in loaded.given[rep].lines
    )


def _card(person: Person, lines: tuple[Line, ...], loaded: Loaded) -> Scorecard:
    calendar = loaded.asked.calendars[person.id]
    days = int(calendar.working_days(loaded.period))
    gone = int(calendar.working_days(loaded.period.until(loaded.at)))
    return Scorecard(
        person.name, person.uid, loaded.teams.team_of(person.id), loaded.teams.manager_of(person.id),
        loaded.period, loaded.at, days, gone,
        headline(lines, days, gone, loaded.at, loaded.period), lines,
        tuple((one.metric.key, one.by, one.reason) for one in loaded.given[person.id].pins),
    )  # fmt: skip


def _quota(each: Metric, rep: int, period: Period, loaded: Loaded) -> Fraction | None:
    if not isinstance(each.value, OfQuota):
        return None
    found = target_for(each, rep, period, loaded)
    return found.value if isinstance(found, Target) else None


def _benchmarks(each: Metric, rep: int, loaded: Loaded) -> tuple[Benchmark, ...]:
    past = loaded.slots[rep][-2]
    counts = loaded.counted[past.name, rep]
    value = value_of(each, counts, loaded.currency, _quota(each, rep, past.period, loaded))
    covered = rep in loaded.first and loaded.first[rep].replace(day=1) <= past.period.start
    cut = past.period if past.at >= past.period.last else past.period.until(past.at)
    own = own_past(value if covered else None, n_of(each, counts), cut, past.period)
    return (own, *(one.benchmark(each, rep) for one in loaded.comparing))


def _history(each: Metric, rep: int, loaded: Loaded) -> tuple[Point, ...]:
    slots = [slot for slot in loaded.slots[rep] if not slot.name.startswith("past")]
    if len(slots) == 1:
        return ()
    return tuple(Point(slot.period, _then(each, rep, slot, loaded)) for slot in slots)


def _then(each: Metric, rep: int, slot: Slot, loaded: Loaded) -> Value | None:
    """The value of an earlier period; None before the rep's first month, of which nothing is known."""
    if rep not in loaded.first or slot.period.last < loaded.first[rep]:
        return None
    quota = _quota(each, rep, slot.period, loaded)
    return value_of(each, loaded.counted[slot.name, rep], loaded.currency, quota)
