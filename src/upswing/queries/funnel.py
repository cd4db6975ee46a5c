"""The whole funnel of a period: what was done, what leads of each source came to, where deals stand."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from upswing.core import measures as m
from upswing.core.funnel import FUNNEL, Step, funnel_of
from upswing.core.measures import Measure, Of, flows_of
from upswing.core.metrics.value import Value, quantity
from upswing.core.money import Money, rounded
from upswing.core.period import Period, PeriodKind
from upswing.ledger.counting import By, Counts, Slot, count, count_by
from upswing.people.models import Person
from upswing.people.viewer import Viewer
from upswing.queries.organisation import organisation
from upswing.queries.scorecard import seen

STEPS: tuple[Measure, ...] = (
    m.CALLS, m.CONNECTS, m.CONVERSATIONS, m.TALK_TIME, m.EMAILS, m.EMAILS_ANSWERED, m.VISITS, m.MEETINGS_BOOKED,
    m.MEETINGS_DUE, m.MEETINGS_HELD, m.MEETINGS_POSITIVE, m.DEALS_CREATED, m.PROPOSALS_SENT, m.PROPOSED_VALUE,
    m.DEALS_WON, m.WON_VALUE, m.DEALS_LOST, m.BOOKED_REVENUE, m.PROSPECTING_TIME, m.LOGINS,
)  # fmt: skip
BY_SOURCE: tuple[Measure, ...] = (
    m.LEADS_CREATED, m.LEADS_ATTEMPTED, m.LEADS_CONTACTED, m.LEADS_QUALIFIED, m.DEALS_CREATED, m.DEALS_WON, m.WON_VALUE,
)  # fmt: skip
BY_STAGE: tuple[Measure, ...] = (m.DEALS_ENTERED, m.DEALS_IN_STAGE, m.VALUE_IN_STAGE)

USUAL_PERIODS = 3

Figures = Mapping[str, Value]
"""Measure key → a number of records, hours, or money."""


@dataclass(frozen=True, slots=True)
class Funnel:
    """Figures of one rep, or of everybody the viewer may see (`rep` empty).

    `sources` are by how the lead was found (“” where nobody told), each milestone counted on its own day; `stages` are
    deals that entered a stage in the period, and those that stand in it, with their value, at its close.
    """

    rep: str
    period: Period
    at: date
    steps: Figures
    sources: Mapping[str, Figures]
    stages: Mapping[str, Figures]


def funnel(viewer: Viewer, period: Period, at: date, rep: UUID | None = None) -> Funnel:
    """The funnel of a rep, or of all reps; raises NotVisible when there is no such rep for this viewer."""
    people = [seen(viewer, rep)] if rep else list(Person.objects.seen_by(viewer).filter(sells=True))
    ids, slot, currency = [person.id for person in people], Slot("now", period, at), organisation().currency
    counted = count(viewer.sight, ids, [slot], STEPS).values()
    total = {measure.key: sum(counts[measure.key] for counts in counted) for measure in STEPS}
    by_source = count_by(viewer.sight, ids, slot, BY_SOURCE, By.SOURCE)
    by_stage = count_by(viewer.sight, ids, slot, BY_STAGE, By.STAGE)
    return Funnel(
        people[0].name if rep else "", period, at, _figures(STEPS, total, currency),
        {word: _figures(BY_SOURCE, by_source[word], currency) for word in sorted(by_source)},
        {word: _figures(BY_STAGE, by_stage[word], currency) for word in sorted(by_stage) if word},
    )  # fmt: skip


def steps(viewer: Viewer, rep: UUID, period: Period, at: date) -> tuple[Step, ...]:
    """The rep's own funnel in a period, beside what was usual in the three before it.

    Raises NotVisible when there is no such rep for this viewer.
    """
    person = seen(viewer, rep)
    before = Period(PeriodKind.CUSTOM, period.before(USUAL_PERIODS)[0].start, period.start)
    slots = [Slot("now", period, at), Slot("before", before, min(before.last, at))]
    counted = count(viewer.sight, [person.id], slots, FUNNEL)
    return funnel_of(counted["now", person.id], counted["before", person.id])


def _figures(measures: Collection[Measure], counts: Counts, currency: str) -> Figures:
    return {measure.key: _figure(measure, counts, currency) for measure in measures}


def _figure(measure: Measure, counts: Counts, currency: str) -> Value:
    found = quantity(measure, counts)
    return Money(rounded(found), currency) if flows_of(measure)[0].of is Of.AMOUNT else found
