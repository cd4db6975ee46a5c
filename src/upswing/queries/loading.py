"""Everything the cards of one question share, loaded in as many statements for many reps as for one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from upswing.core.benchmarks import BenchmarkKind
from upswing.core.habits import MOST_PERIODS, Habit
from upswing.core.measures import BOOKED_REVENUE, Measure
from upswing.core.metrics.metric import Metric
from upswing.core.metrics.value import measures_of
from upswing.core.period import Period, PeriodKind
from upswing.core.targets import Shape, Spreading, counterpart, season_levels
from upswing.ledger.counting import Counts, Slot, count
from upswing.people.models import Person
from upswing.people.viewer import Viewer
from upswing.queries.card_templates import Followed, followed
from upswing.queries.comparing import Comparing
from upswing.queries.freshness import booked_until
from upswing.queries.habits import habits
from upswing.queries.industry import figures_of
from upswing.queries.material import MEASURES, first_days, quota_metric
from upswing.queries.organisation import organisation
from upswing.queries.peers import Peers, near, people_of
from upswing.queries.shaping import Asked, around, asked_of
from upswing.queries.teams import Teams
from upswing.queries.workdays import working_calendar

HISTORY = 12
_YEAR = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Loaded:
    """Everything the cards of one question share."""

    people: Sequence[Person]
    given: Mapping[int, Followed]
    period: Period
    at: date
    currency: str
    slots: Mapping[int, Sequence[Slot]]
    counted: Mapping[tuple[str, int], Counts]
    asked: Asked
    teams: Teams
    peers: Peers
    first: Mapping[int, date]
    money: str
    booked_until: date | None
    habits: Mapping[str, Habit]
    comparing: Sequence[Comparing]


def load(
    viewer: Viewer,
    people: Sequence[Person],
    period: Period,
    at: date,
    *,
    history: bool,
    against: Sequence[BenchmarkKind] = (BenchmarkKind.TEAM,),
    only: Metric | None = None,
) -> Loaded:
    """All that the cards of these people need, in as many statements as those of one; raises as `cards`."""
    facts = organisation()
    ids = [person.id for person in people]
    before = _before(period, at) if history else []
    shown = Period(PeriodKind.CUSTOM, (before[0].period if before else period.previous()).start, period.end)
    now, money = Slot("now", period, at), quota_metric()
    teams = Teams.of(ids, now.close)
    around_them = teams if viewer.at <= now.close else Teams.of(ids, viewer.at)
    if len(ids) > 1:
        around_them.load_members()
    others = people_of(near(ids, around_them).difference(ids))
    asked = asked_of([*people, *others], shown)
    earlier = {rep: counterpart(period, at, period.previous(), asked.calendars[rep]) for rep in ids}
    past = [_cut(period, day) for day in sorted(set(earlier.values()))]
    given = followed(ids, now.close, money)
    if only:
        given = {rep: replace(each, lines=(only,), pins=()) for rep, each in given.items()}
    measures = _measures(given, MEASURES)
    counted = count(viewer.sight, ids, [now, *past, *before], measures)
    anybody = _anybody(period, shown, asked)
    peers = Peers(viewer, now, around_them, measures, asked, anybody)
    if len(ids) > 1:
        peers.counts |= {rep: counted["now", rep] for rep in ids}
        peers.gather(ids)
    slots = {rep: [*before, _cut(period, earlier[rep]), now] for rep in ids}
    booked = booked_until(viewer) if money == BOOKED_REVENUE.key else None
    return Loaded(
        people, given, period, at, facts.currency, slots, counted, asked, teams,
        peers, first_days(ids, now.close), money,
        booked, habits(period, min(at, booked or at), anybody.calendar),
        tuple(
            Comparing(kind, peers, period, facts.currency, money, figures_of(kind)) for kind in against
        ),
    )  # fmt: skip


def _anybody(period: Period, shown: Period, asked: Asked) -> Spreading:
    """The organisation's own days and season, over all that is shown, every quota, and what habit is read from.

    A year more on either side holds the quotas of people who are asked for later.
    """
    span = around(shown, asked.quotas.values())
    first = min(span.start, period.before(MOST_PERIODS)[0].start)
    whole = Period(PeriodKind.CUSTOM, first - _YEAR, span.end + _YEAR)
    return Spreading(working_calendar(whole), Shape(season_levels(asked.seasons, whole)))


def _measures(given: Mapping[int, Followed], always: Sequence[Measure]) -> tuple[Measure, ...]:
    """Everything that any of the cards needs counted."""
    lines = {line for card in given.values() for line in card.lines}
    own = (measure for line in sorted(lines, key=lambda one: one.key) for measure in measures_of(line))
    return tuple(dict.fromkeys((*always, *own)))


def _cut(period: Period, day: date) -> Slot:
    """The period before up to a day."""
    return Slot(f"past {day}", period.previous(), day)


def _before(period: Period, at: date) -> list[Slot]:
    """The periods before this one, oldest first, for the line's history."""
    earlier = period.before(HISTORY - 1)
    return [Slot(f"before {each.slug}", each, min(each.last, at)) for each in earlier]
