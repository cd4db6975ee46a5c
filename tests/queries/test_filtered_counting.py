"""Counting under filters: in one statement, what going through the facts one by one says."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.examples import examples
from tests.world import NOW
from upswing.book.models import Account, Activity, Deal, Invoice, Lead, Product
from upswing.core.expressions import MEASURES, fits
from upswing.core.facts import FactKind
from upswing.core.measures import CALLS, WON_VALUE, Dimension, Filter, Flow, Stock, Sum, only
from upswing.core.period import Period, PeriodKind
from upswing.intake.models import Batch, Source
from upswing.ledger.counting import Slot, count, recount_everything
from upswing.ledger.counting.filtering import facts_of
from upswing.ledger.kinds import ACTIVITY, DEAL, INVOICE, LEAD, QUOTES, TALLY
from upswing.ledger.models import Fact
from upswing.people.models import Person
from upswing.people.viewer import Sight

pytestmark = pytest.mark.django_db
EVERYBODY = Sight(everyone=True)
FIRST, DAYS, REPS, RECORDS, FACTS = date(2026, 1, 5), 120, 6, 25, 1_500
VALUES = ("", "a", "O'Neil; --", "50 %", 'say "x"')
OUTCOMES = ("", "won", "lost", "conversation", "call_back", "answered", "held", "positive")
LEAD_KINDS = ("lead_created", "lead_attempted", "lead_contacted", "lead_qualified", "lead_disqualified")
RECORD_OF = {
    "call": (ACTIVITY, TALLY), "email": (ACTIVITY, TALLY), "visit": (ACTIVITY,), "social": (ACTIVITY,),
    "meeting_booked": (ACTIVITY, TALLY), "meeting_due": (ACTIVITY,), "proposal_sent": (QUOTES,),
    "revenue_booked": (INVOICE,), "prospecting": ("time",), "login": ("login",),
} | dict.fromkeys(LEAD_KINDS, (LEAD,))  # fmt: skip


@dataclass(frozen=True)
class World:
    """The reps, and what their records say: (kind of record, id) → dimension → word; None where nothing is known."""

    reps: list[int]
    facts: list[Fact]
    words: dict[tuple[str, int], dict[Dimension, set[str]]]


@pytest.fixture
def world(db: None) -> World:
    """A book of deals, leads, activities and invoices with random words, and random facts of them."""
    chance = random.Random(7)
    source = Source.objects.create(key="crm", name="CRM")
    batch = Batch.objects.create(source=source, started=NOW)
    told = {"source": source, "batch": batch, "row": 2}
    people = Person.objects.bulk_create(
        Person(key=f"rep {n}", name=f"rep {n}", sells=True) for n in range(REPS)
    )
    accounts = [
        Account.objects.create(external_id=f"A{n}", name=f"A{n}", industry=word, **told)
        for n, word in enumerate(VALUES)
    ]
    products = [
        Product.objects.create(external_id=f"P{n}", name=word, **told) for n, word in enumerate(VALUES[1:])
    ]
    words: dict[tuple[str, int], dict[Dimension, set[str]]] = {}

    def some(choices: list) -> object:
        return chance.choice([None, *choices])

    for n in range(RECORDS):
        lead = Lead.objects.create(
            external_id=f"L{n}", person=chance.choice(people), created=NOW, account=some(accounts),
            lead_source=chance.choice(VALUES), **told,
        )  # fmt: skip
        deal = Deal.objects.create(
            external_id=f"D{n}", stage="New", outcome="open", account=some(accounts), product=some(products),
            lead_source=chance.choice(VALUES), **told,
        )  # fmt: skip
        activity = Activity.objects.create(
            external_id=f"C{n}", person=chance.choice(people), kind="call", at=NOW, lead=some([lead]), deal=some([deal]),
            **told,
        )  # fmt: skip
        invoice = Invoice.objects.create(
            external_id=f"I{n}", kind="invoice", day=FIRST, account=some(accounts), deal=some([deal]), **told
        )
        words[LEAD, lead.id] = {Dimension.SEGMENT: word(lead.account, "industry")}
        words[DEAL, deal.id] = {
            Dimension.SEGMENT: word(deal.account, "industry"), Dimension.PRODUCT: word(deal.product, "name"),
        }  # fmt: skip
        words[QUOTES, deal.id] = words[DEAL, deal.id]
        words[INVOICE, invoice.id] = {
            Dimension.SEGMENT: word(invoice.account, "industry"),
            Dimension.PRODUCT: word(invoice.deal.product if invoice.deal else None, "name"),
        }
        about = activity.lead or activity.deal
        words[ACTIVITY, activity.id] = {
            Dimension.SOURCE: {about.lead_source} if about else set(),
            Dimension.SEGMENT: word(about.account, "industry") if about else set(),
        }
    facts = list(make(chance, people, list(words)))
    Fact.objects.bulk_create(facts)
    recount_everything()
    return World([person.id for person in people], facts, words)


def word(row: object, column: str) -> set[str]:
    return {getattr(row, column)} if row else set()


def make(chance: random.Random, people: list[Person], records: list[tuple[str, int]]) -> Iterator[Fact]:
    for number in range(FACTS):
        kind = chance.choice(list(FactKind)).value
        of = chance.choice(RECORD_OF.get(kind, (DEAL,)))
        ids = [record for each, record in records if each == of] or [1]
        yield Fact(
            kind=kind, day=FIRST + timedelta(chance.randrange(DAYS)), rep=chance.choice(people),
            share=chance.choice([0, 500_000, 1_000_000]), amount=chance.randrange(-900, 9_000),
            seconds=chance.randrange(9_000), outcome=chance.choice(OUTCOMES), stage=chance.choice(VALUES),
            channel=chance.choice(VALUES), source="" if of in (ACTIVITY, TALLY) else chance.choice(VALUES),
            record_kind=of, record=chance.choice(ids), ordinal=number,
        )  # fmt: skip


def passes(world: World, fact: Fact, flow: Flow, wanted: Filter) -> bool:
    """Whether one fact passes one filter, from what its record says."""
    dimension = wanted.dimension
    if dimension in (Dimension.PRODUCT, Dimension.SEGMENT) or (
        dimension is Dimension.SOURCE
        and flow.kind.value in RECORD_OF
        and ACTIVITY in RECORD_OF[flow.kind.value]
    ):
        there = world.words.get((fact.record_kind, fact.record), {}).get(dimension, set())
    else:
        there = {getattr(fact, dimension.value)}
    return bool(there & set(wanted.values)) is not wanted.without


def by_hand(world: World, flow: Flow, rep: int, first: date, last: date) -> int:
    return sum(
        getattr(fact, flow.of.value)
        for fact in world.facts
        if fact.kind == flow.kind.value and fact.rep_id == rep and first <= fact.day <= last
        and (not flow.outcomes or fact.outcome in flow.outcomes)
        and all(passes(world, fact, flow, each) for each in flow.where)
    )  # fmt: skip


def measured(world: World, measure: Flow | Stock, rep: int, slot: Slot) -> int:
    if isinstance(measure, Flow):
        return by_hand(world, measure, rep, slot.period.start, slot.close)
    signs = [(1, flow) for flow in measure.enters] + [(-1, flow) for flow in measure.leaves]
    return sum(sign * by_hand(world, flow, rep, date.min, slot.close) for sign, flow in signs)


@st.composite
def narrowed(draw: st.DrawFn) -> Flow | Stock:
    """Any measure under up to two filters that fit it."""
    measure = draw(st.sampled_from(list(MEASURES.values())))
    fitting = [each for each in Dimension if fits(each, measure)]
    if not fitting:
        return measure
    values = st.lists(st.sampled_from(VALUES + OUTCOMES), min_size=1, max_size=2, unique=True).map(tuple)
    filters = st.builds(Filter, st.sampled_from(fitting), values, st.booleans())
    return only(measure, draw(st.lists(filters, max_size=2)))


days = st.integers(-10, DAYS + 10).map(lambda number: FIRST + timedelta(number))
slots = st.builds(
    lambda start, length, at: Slot("any", Period(PeriodKind.CUSTOM, start, start + timedelta(length)), at),
    days, st.integers(1, 60), days,
)  # fmt: skip
many = settings(max_examples=examples(60), suppress_health_check=[HealthCheck.function_scoped_fixture])


@many
@given(st.lists(narrowed(), min_size=1, max_size=4), slots)
def test_filtered_counts_are_what_the_records_say(world: World, asked: list[Flow | Stock], slot: Slot):
    found = count(EVERYBODY, world.reps, [slot], asked)
    for rep in world.reps:
        assert found["any", rep] == {each.key: measured(world, each, rep, slot) for each in asked}


def test_one_statement_whatever_the_number_of_reps_slots_and_filters(world: World):
    fair, phone = Filter(Dimension.SOURCE, ("a",)), Filter(Dimension.SEGMENT, ("50 %",))
    measures = [only(CALLS, [fair]), only(WON_VALUE, [fair, phone]), only(MEASURES["open_deals"], [phone])]
    several = [
        Slot(f"slot {n}", Period(PeriodKind.CUSTOM, FIRST + timedelta(n), FIRST + timedelta(n + 30)), FIRST + timedelta(n + 20))
        for n in range(14)
    ]  # fmt: skip
    with CaptureQueriesContext(connection) as few:
        count(EVERYBODY, world.reps[:1], several, measures)
    with CaptureQueriesContext(connection) as all_of_them:
        count(EVERYBODY, world.reps, several, measures)
    assert len(few) == len(all_of_them) == 1
    assert "O'Neil" not in few.captured_queries[0]["sql"]


def test_a_sum_is_counted_by_its_parts(world: World):
    slot = Slot("any", Period(PeriodKind.CUSTOM, FIRST, FIRST + timedelta(DAYS)), FIRST + timedelta(DAYS))
    fair = only(CALLS, [Filter(Dimension.SOURCE, ("a",))])
    both = Sum("any", ((1, CALLS), (2, fair)))
    assert count(EVERYBODY, world.reps, [slot], [both]) == count(EVERYBODY, world.reps, [slot], [CALLS, fair])


def test_what_is_counted_is_what_is_listed(world: World):
    flow = only(CALLS, [Filter(Dimension.SOURCE, ("a", "50 %"))])
    assert isinstance(flow, Flow)
    slot = Slot("any", Period(PeriodKind.CUSTOM, FIRST, FIRST + timedelta(DAYS)), FIRST + timedelta(DAYS))
    counted = count(EVERYBODY, world.reps, [slot], [flow])
    for rep in world.reps:
        rows = Fact.objects.filter(facts_of(flow), rep=rep)
        assert counted["any", rep][flow.key] == sum(row.share for row in rows)
    assert any(counts[flow.key] for counts in counted.values())


def test_a_filter_that_does_not_fit_is_never_asked_of_the_database():
    with pytest.raises(ValueError, match="cannot be told apart by stage"):
        facts_of(only(CALLS, [Filter(Dimension.STAGE, ("Demo",))]))  # type: ignore[arg-type]


def test_nothing_is_asked_of_days_that_have_not_come(world: World):
    later = Slot("any", Period(PeriodKind.CUSTOM, FIRST, FIRST + timedelta(9)), FIRST - timedelta(1))
    flow = only(CALLS, [Filter(Dimension.SOURCE, ("a",))])
    assert count(EVERYBODY, world.reps[:1], [later], [flow])["any", world.reps[0]] == {flow.key: 0}
