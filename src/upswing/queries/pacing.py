"""How the main line of a card runs: what came in day by day, what was due, and where the period is likely to end."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import accumulate

from upswing.core.benchmarks import MINIMUM_PEOPLE
from upswing.core.facts import WHOLE
from upswing.core.habits import NO_HABIT
from upswing.core.measures import Flow
from upswing.core.metrics.metric import Metric, Plain
from upswing.core.money import Money, rounded
from upswing.core.pace import Expected, NoProjection, Projection, expected_on, projected_money
from upswing.core.period import Period
from upswing.core.scorecard import Scorecard
from upswing.core.seeds import seed_of
from upswing.core.targets import Target
from upswing.ledger.counting import came_in
from upswing.ledger.models import Fact
from upswing.people.models import Person
from upswing.queries.loading import Loaded

FEW_DAYS = 35
"""Up to so many days are told one by one; longer periods by their weeks."""
SIZES = 2_000
"""The most recent deals whose sizes are drawn from."""
FEWEST_SIZES = 20
"""With fewer in the team, those of everybody are drawn from."""
_DAY, _YEAR = timedelta(days=1), timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Day:
    """The close of a day: what is due by then, and what was there; None for a day to come."""

    day: date
    due: Money
    there: Money | None


@dataclass(frozen=True, slots=True)
class Ending:
    """Where the period is likely to end: 8 times in 10 between `low` and `high`; and the chance of the target, 0-1."""

    low: Money
    middle: Money
    high: Money
    reached: float


@dataclass(frozen=True, slots=True)
class Pacing:
    """A running period of the main line, in money.

    Without `ending`, `reason` says why in a key: "too_early", "no_sizes".
    """

    metric: Metric
    period: Period
    at: date
    target: Money
    days: tuple[Day, ...]
    ending: Ending | None = None
    reason: str = ""


def pacing(loaded: Loaded, card: Scorecard) -> Pacing | None:
    """How the main line of a card runs; None where it has no target, the period is over, or has not begun.

    The card is one of those that `loaded` is about.
    """
    line, period, at = card.main, card.period, card.at
    if line is None or not isinstance(line.metric.value, Plain) or not period.start <= at < period.last:
        return None
    person = next(each for each in loaded.people if each.uid == card.rep_id)
    flow, target = line.metric.value.measure, loaded.asked.target(line.metric, person.id, period)
    if not isinstance(target, Target) or not isinstance(line.target, Money) or not isinstance(flow, Flow):
        return None
    if flow.where:
        return None  # what filters narrow is in no tier, and has no days of its own
    came = came_in([person.id], period.until(at))
    running = _Running(person, flow, target, loaded, line.target.currency)
    found = _ending(running, came[flow.key], came[line.metric.evidence.key] if line.metric.evidence else ())
    days = tuple(_days(running, dict(came[flow.key])))
    if isinstance(found, NoProjection):
        return Pacing(line.metric, period, at, line.target, days, reason=found.reason)
    return Pacing(line.metric, period, at, line.target, days, _worded(found, line.target.currency))


@dataclass(frozen=True, slots=True)
class _Running:
    """What a running period is reckoned with."""

    person: Person
    flow: Flow
    target: Target
    loaded: Loaded
    currency: str

    @property
    def period(self) -> Period:
        """The period shown."""
        return self.loaded.period

    @property
    def at(self) -> date:
        """The day up to which it is known."""
        return self.loaded.at

    def expected(self, days: Sequence[date]) -> list[Expected]:
        """What of the target is due by the close of each day, in minor units."""
        calendar = self.loaded.asked.calendars[self.person.id]
        habit = self.loaded.habits.get(self.flow.key, NO_HABIT)
        return expected_on(days, self.target, self.period, calendar, habit)


def _days(running: _Running, came: dict[date, int]) -> list[Day]:
    """Each day of a short period; of a longer one a day of each week, today and the last."""
    period, at = running.period, running.at
    every = [period.start + _DAY * number for number in range(period.days)]
    there = dict(zip(every, accumulate(came.get(day, 0) for day in every), strict=True))
    told = [
        day
        for day in every
        if period.days <= FEW_DAYS or day in (at, period.last) or day.weekday() == period.start.weekday()
    ]
    return [
        Day(
            day,
            Money(rounded(due.value), running.currency),
            Money(there[day], running.currency) if day <= at else None,
        )
        for day, due in zip(told, running.expected(told), strict=True)
    ]


def _ending(
    running: _Running, won: Sequence[tuple[date, int]], deals: Sequence[tuple[date, int]]
) -> Projection | NoProjection:
    """The likely end, drawn with the sizes of the team's own deals; asked again it is the same."""
    return projected_money(
        Fraction(sum(amount for _, amount in won)),
        Fraction(sum(credit for _, credit in deals), WHOLE),
        running.expected([running.at])[0],
        running.target,
        _sizes(running),
        seed_of("pace@1", str(running.person.uid), f"{running.period.slug} {running.at}"),
    )


def _sizes(running: _Running) -> list[int]:
    """What whole deals of the rep's team were won for within a year, in minor units; with few of them, everybody's."""
    teams = running.loaded.teams
    for team in teams.above(running.person.id):
        members = teams.members(team)
        if len(members) > MINIMUM_PEOPLE and len(found := _amounts(running, members)) >= FEWEST_SIZES:
            return found
    return _amounts(running, teams.sellers)


def _amounts(running: _Running, reps: Collection[int]) -> list[int]:
    facts = Fact.objects.filter(
        rep__in=reps,
        kind=running.flow.kind,
        day__gt=running.at - _YEAR,
        day__lte=running.at,
        amount__gt=0,
        share__gt=0,
    )
    told = facts.order_by("-day", "id").values_list("amount", "share")[:SIZES]
    return [amount * WHOLE // share for amount, share in told]


def _worded(found: Projection, currency: str) -> Ending:
    low, middle, high = (Money(rounded(value), currency) for value in (found.p10, found.p50, found.p90))
    return Ending(low, middle, high, found.p_reach)
