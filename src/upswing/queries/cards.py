"""Cards of many reps at once: load, count, judge. One card and a whole board come from here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from upswing.core.benchmarks import MINIMUM_PEOPLE, Benchmark, BenchmarkKind, own_past
from upswing.core.calendar import Calendar
from upswing.core.habits import MOST_PERIODS, Habit
from upswing.core.measures import BOOKED_REVENUE, DEALS_UNVALUED, DEALS_WON, WON_VALUE, Measure, name_of
from upswing.core.metrics import metric
from upswing.core.metrics.metric import Metric, OfQuota
from upswing.core.metrics.value import measures_of, n_of, quantity, value_of
from upswing.core.money import Money, rounded
from upswing.core.period import Period, PeriodKind
from upswing.core.scorecard import Line, Point, Scorecard, Terms, Value, headline, line
from upswing.core.targets import NoTarget, Target, counterpart
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
from upswing.queries.peers import Peers
from upswing.queries.shaping import Asked, around, asked_of
from upswing.queries.teams import Teams
from upswing.queries.workdays import working_calendar

HISTORY = 12


@dataclass(frozen=True, slots=True)
class Loaded:
    """Everything the cards of one question share; `calendar` is the organisation's own."""

    people: Sequence[Person]
    calendar: Calendar

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

    With `only`, cards of that single metric; `against` nobody, without the own past either. Raises NotVisible when one
    may not be seen.
    """
    return made(load(viewer, people, period, at, history=history, against=against, only=only))


def made(loaded: Loaded) -> list[Scorecard]:
    """The cards of a question, in the order of its people."""
    lines = {person.id: _lines(person.id, loaded) for person in loaded.people}
    told = _Common(loaded, {rep: {each.metric.key: each for each in found} for rep, found in lines.items()})
    return [_card(person, told.marked(person.id, lines[person.id]), loaded) for person in loaded.people]


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
    asked = asked_of(people, shown)
    now, common = Slot("now", period, at), _common(period, shown, asked)
    teams, money = Teams.of(ids, now.close), quota_metric()
    earlier = _earlier(period, at, asked.calendars) if against else {}
    days = sorted(set(earlier.values()))
    past = [slot for day in days for slot in _cut(period, day)]
    given = followed(ids, now.close, money)
    if only:
        given = {rep: replace(each, lines=(only,), pins=()) for rep, each in given.items()}
    measures = _measures(given, MEASURES if against else OF_SIZES)
    counted = count(viewer.sight, ids, [now, *past, *before], measures)
    around_them = teams if viewer.at <= now.close else Teams.of(ids, viewer.at)
    peers = Peers(viewer, now, around_them, measures, asked.tables)
    if len(ids) > 1:
        around_them.load_members()
        peers.counts |= {rep: counted["now", rep] for rep in ids}
        peers.gather(ids, metric(money) if against else None, common)
    slots = {rep: [*before, *_cut(period, earlier.get(rep)), now] for rep in ids}
    booked = booked_until(viewer) if money == BOOKED_REVENUE.key else None
    return Loaded(
        people, common, given, period, at, facts.currency, slots, counted, asked, teams,
        peers, first_days(ids, now.close), money,
        booked, habits(period, min(at, booked or at), common),
        tuple(
            Comparing(kind, peers, period, facts.currency, money, figures_of(kind), common) for kind in against
        ),
    )  # fmt: skip


def _common(period: Period, shown: Period, asked: Asked) -> Calendar:
    """The organisation's own calendar over all that is shown, every quota, and the periods that habit is read from."""
    span = around(shown, asked.quotas.values())
    first = min(span.start, period.before(MOST_PERIODS)[0].start)
    return working_calendar(Period(PeriodKind.CUSTOM, first, span.end))


OF_SIZES = (DEALS_WON, DEALS_UNVALUED, WON_VALUE)
"""What the average deal is made of, of which money borrows its evidence."""


def _measures(given: Mapping[int, Followed], always: Sequence[Measure]) -> tuple[Measure, ...]:
    """Everything that any of the cards needs counted."""
    lines = {line for card in given.values() for line in card.lines}
    own = (measure for line in sorted(lines, key=lambda one: one.key) for measure in measures_of(line))
    return tuple(dict.fromkeys((*always, *own)))


def _earlier(period: Period, at: date, own: Mapping[int, Calendar]) -> dict[int, date]:
    """For each rep the day of the previous period by which the same share of working days had gone."""
    return {rep: counterpart(period, at, period.previous(), calendar) for rep, calendar in own.items()}


def _cut(period: Period, day: date | None) -> list[Slot]:
    """The period before up to a day; nothing where nobody is compared with it."""
    return [Slot(f"past {day}", period.previous(), day)] if day else []


def _before(period: Period, at: date) -> list[Slot]:
    """The periods before this one, oldest first, for the line's history."""
    earlier = period.before(HISTORY - 1)
    return [Slot(f"before {each.slug}", each, min(each.last, at)) for each in earlier]


def _lines(rep: int, loaded: Loaded) -> tuple[Line, ...]:
    terms = _terms(rep, loaded.asked.calendars[rep], loaded)
    return tuple(
        line(
            each,
            loaded.counted["now", rep],
            _aimed(each, rep, loaded),
            replace(terms, at=_known_until(each, loaded)),
            _benchmarks(each, rep, loaded),
            _history(each, rep, loaded),
        )
        for each in loaded.given[rep].lines
    )


def _terms(rep: int, calendar: Calendar, loaded: Loaded) -> Terms:
    """What a rep's lines are judged by; others of the group, by the rep's own borders."""
    return Terms(
        loaded.period,
        loaded.at,
        calendar,
        loaded.currency,
        loaded.given[rep].borders,
        average_deal=_average(loaded.peers.pooled(rep, MINIMUM_PEOPLE, OF_SIZES), loaded.currency),
        habits=loaded.habits,
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


@dataclass(slots=True)
class _Common:
    """Which lines more than half of a group are short on: looked at only where a rep is clearly short.

    `judged` are the lines that are already known, by rep and metric.
    """

    loaded: Loaded
    judged: dict[int, dict[str, Line]]

    def marked(self, rep: int, lines: tuple[Line, ...]) -> tuple[Line, ...]:
        """The lines of a rep, with those marked that are short for most."""
        return tuple(replace(each, common=each.short and self._most_short(rep, each)) for each in lines)

    def _most_short(self, rep: int, each: Line) -> bool:
        _, others = self.loaded.peers.around(rep, MINIMUM_PEOPLE)
        if len(others) < MINIMUM_PEOPLE:
            return False
        self._judge(rep, others, each.metric)
        borders = self.loaded.given[rep].borders
        found = [self.judged[other][each.metric.key] for other in (rep, *others)]
        told = [line.attainment for line in found if line.band is not None and line.attainment is not None]
        return 2 * sum(attainment <= borders.support for attainment in told) > len(told)

    def _judge(self, rep: int, others: Sequence[int], asked: Metric) -> None:
        """Judge the line of those of the group of whom it is not known, as the rep's own is."""
        missing = [other for other in others if asked.key not in self.judged.get(other, {})]
        if not missing:
            return
        loaded = self.loaded
        people = list(
            Person.objects.unscoped("only how many of a group are short is told").filter(id__in=missing)
        )
        told = asked_of(people, loaded.period)
        mine = replace(_terms(rep, loaded.asked.calendars[rep], loaded), at=_known_until(asked, loaded))
        for person in people:
            terms = replace(mine, calendar=told.calendars[person.id])
            target = told.target(_asked_through(asked, loaded), person.id, loaded.period)
            found = line(asked, loaded.peers.counts[person.id], target, terms)
            self.judged.setdefault(person.id, {})[asked.key] = found


def _known_until(each: Metric, loaded: Loaded) -> date:
    """The day up to which a line can be judged: what is booked, as far as invoices have come."""
    if all(name_of(measure) != BOOKED_REVENUE.key for measure in measures_of(each)):
        return loaded.at
    return min(loaded.at, loaded.booked_until or date.min)


def _aimed(each: Metric, rep: int, loaded: Loaded) -> Target | NoTarget:
    """What is aimed at; nothing as long as no invoice of the period has come, of a period that has begun."""
    if _known_until(each, loaded) < loaded.period.start <= loaded.at:
        return NoTarget("no_data")
    return _target(each, rep, loaded.period, loaded)


def _target(each: Metric, rep: int, period: Period, loaded: Loaded) -> Target | NoTarget:
    """A share of quota is aimed at through the money quota itself; nothing is asked of the unknown."""
    if rep not in loaded.first:
        return NoTarget("no_records")
    return loaded.asked.target(_asked_through(each, loaded), rep, period)


def _asked_through(each: Metric, loaded: Loaded) -> Metric:
    """What a target is looked up by: a share of quota by the money quota itself."""
    return metric(loaded.money) if isinstance(each.value, OfQuota) else each


def _quota(each: Metric, rep: int, period: Period, loaded: Loaded) -> Fraction | None:
    if not isinstance(each.value, OfQuota):
        return None
    found = _target(each, rep, period, loaded)
    return found.value if isinstance(found, Target) else None


def _average(pooled: Counts, currency: str) -> Money | None:
    """The group's won value per deal won, of the deals whose amount is known."""
    known = quantity(DEALS_WON, pooled) - quantity(DEALS_UNVALUED, pooled)
    return Money(rounded(quantity(WON_VALUE, pooled) / known), currency) if known > 0 else None


def _benchmarks(each: Metric, rep: int, loaded: Loaded) -> tuple[Benchmark, ...]:
    if not loaded.comparing:
        return ()
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
