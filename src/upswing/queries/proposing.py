"""Proposals: a season out of the organisation's own months, and a target for each rep out of their own weeks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from uuid import UUID

from upswing.core.measures import DEALS_WON, Measure, stands
from upswing.core.metrics.metric import Metric, Plain, Ratio, Unit, is_rate
from upswing.core.metrics.value import Value, in_its_unit, measures_of, n_of, quantity
from upswing.core.period import Period, PeriodKind, month_of, week_of
from upswing.core.proposing import WEEKS, Lately, NoProposal, Proposal, propose
from upswing.core.season import MINIMUM_MONTHS, Season, learned
from upswing.core.targets import Target
from upswing.ledger.counting import Slot, count, pool
from upswing.people.models import Person
from upswing.people.viewer import Viewer
from upswing.queries.formulas import named
from upswing.queries.material import first_days
from upswing.queries.organisation import organisation
from upswing.queries.shaping import asked_of
from upswing.queries.teams import Teams
from upswing.queries.workdays import working_calendar

MOST_MONTHS = 60


@dataclass(frozen=True, slots=True)
class Suggested:
    """A proposal for one rep: from their own weeks (`n` with any) or the team's 80th percentile, where there is one.

    `value`, `own` and `team` as the metric reads; `reason` says why nothing is proposed. `target` is what is asked
    already.
    """

    rep: str
    rep_id: UUID
    value: Value | None
    basis: str
    n: int
    own: Value | None
    team: Value | None
    target: Value | None
    reason: str


def season_learned(viewer: Viewer) -> tuple[Season | None, int]:
    """The season that the deals won in whole months before the viewer's day show, and how many months there are.

    None under 24 months. The counts are of everybody together.
    """
    sellers = sorted(Teams.of([], viewer.at).sellers)
    first = min(first_days(sellers, viewer.at).values(), default=None)
    if first is None:
        return None, 0
    months = _whole_months(first, viewer.at)
    if len(months) < MINIMUM_MONTHS:
        return None, len(months)
    counted = [_won(viewer, sellers, month) for month in months]
    span = Period(PeriodKind.CUSTOM, months[0].start, months[-1].end)
    return learned(counted, months[-1], working_calendar(span)), len(months)


def suggestions(viewer: Viewer, key: str, period: Period, at: date) -> tuple[Suggested, ...]:
    """A proposal for everybody the viewer may see, by name; from the twelve whole weeks before the week of `at`.

    Raises UnknownMetric, and ValueError for a metric that nothing can be proposed for: a stock or a share of quota.
    """
    asked = named(key, at)
    if not proposable(asked):
        raise ValueError(f"Nothing is proposed for {asked.label.lower()}: it does not add up over days.")
    people = sorted(Person.objects.seen_by(viewer).filter(sells=True), key=lambda one: one.name.casefold())
    weeks = week_of(at).before(WEEKS)
    span = Period(PeriodKind.CUSTOM, weeks[0].start, weeks[-1].end)
    teams = Teams.of([one.id for one in people], at)
    teams.load_members()
    lately = _lately(viewer, people, asked, weeks, span)
    told, currency = asked_of(people, period, key), organisation().currency

    def words(value: Fraction | None) -> Value | None:
        return None if value is None else in_its_unit(asked, value, currency)

    rows = []
    for one in people:
        group = teams.members(teams.belongs[one.id]) if one.id in teams.belongs else teams.sellers
        others = [lately[rep] for rep in sorted(group - {one.id}) if rep in lately]
        days = Fraction(1) if isinstance(asked.value, Ratio) else told.calendars[one.id].working_days(period)
        found = propose(lately[one.id], others, days, asked.unit, currency)
        aimed = told.target(asked, one.id, period)
        target = words(aimed.value) if isinstance(aimed, Target) else None
        rows.append(_suggested(one, found, target, words))
    return tuple(rows)


def proposable(asked: Metric) -> bool:
    """What adds up over days, and rates of records; no stock, no share of quota, no average of money or time."""
    match asked.value:
        case Plain(measure):
            return not stands(measure) and asked.unit in (Unit.COUNT, Unit.MONEY)
        case Ratio():
            return is_rate(asked)
        case _:
            return False


def _suggested(
    one: Person,
    found: Proposal | NoProposal,
    target: Value | None,
    words: Callable[[Fraction | None], Value | None],
) -> Suggested:
    if isinstance(found, NoProposal):
        return Suggested(one.name, one.uid, None, "", found.n, None, words(found.team), target, found.reason)
    return Suggested(
        one.name, one.uid, words(found.value), found.basis.value, found.n, words(found.own), words(found.team),
        target, "",
    )  # fmt: skip


def _lately(
    viewer: Viewer, people: Sequence[Person], asked: Metric, weeks: Sequence[Period], span: Period
) -> dict[int, Lately]:
    """What each did in the weeks; for a rate hits over trials."""
    slots = [Slot(week.slug, week, week.last) for week in weeks]
    ids = [one.id for one in people]
    counted = count(viewer.sight, ids, slots, measures_of(asked)) if ids else {}
    calendars = asked_of(people, span).calendars
    return {
        rep: _of_weeks(
            asked, [counted[slot.name, rep] for slot in slots], calendars[rep].available_days(span)
        )
        for rep in ids
    }


def _of_weeks(asked: Metric, weeks: Sequence[Mapping[str, int]], days: Fraction) -> Lately:
    some = sum(1 for week in weeks if n_of(asked, week) or quantity(_top(asked), week))
    total = sum((quantity(_top(asked), week) for week in weeks), Fraction(0))
    if isinstance(asked.value, Ratio):
        days = sum((quantity(asked.value.per, week) for week in weeks), Fraction(0))
    return Lately(total, days, some)


def _top(asked: Metric) -> Measure:
    return asked.value.of if isinstance(asked.value, Ratio) else asked.value.measure


def _whole_months(first: date, at: date) -> list[Period]:
    """The months after the first day that are over; the last five years of them."""
    month = month_of(first) if first.day == 1 else month_of(first).next()
    months: list[Period] = []
    while month.last < at:
        months.append(month)
        month = month.next()
    return months[-MOST_MONTHS:]


def _won(viewer: Viewer, sellers: Sequence[int], month: Period) -> Fraction:
    counted = pool(viewer.sight, sellers, Slot(month.slug, month, month.last), [DEALS_WON])
    return sum((quantity(DEALS_WON, counts) for counts in counted.values()), Fraction(0))
