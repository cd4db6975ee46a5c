"""Counting: whichever way the tiers are read, the answer is what adding the facts up says."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.examples import examples
from upswing.core.facts import FactKind
from upswing.core.measures import (
    DEALS_IN_STAGE,
    DEALS_LOST,
    FLOWS,
    MEETINGS_HELD,
    OPEN_DEALS,
    OPEN_VALUE,
    STAGE_FLOWS,
    TALK_TIME,
    VALUE_IN_STAGE,
    Flow,
    Measure,
)
from upswing.core.period import Period, PeriodKind, month_of
from upswing.ledger.counting import (
    By,
    Slot,
    asking,
    count,
    count_by,
    count_raw,
    pool,
    recount_everything,
    summing,
)
from upswing.ledger.models import Fact
from upswing.people.models import Person
from upswing.people.viewer import NotVisible, Sight

pytestmark = pytest.mark.django_db

FIRST, DAYS, REPS, FACTS = date(2024, 11, 20), 500, 16, 3_000
EVERYBODY = Sight(everyone=True)
MEASURES: tuple[Measure, ...] = (*FLOWS, OPEN_DEALS, OPEN_VALUE)
OUTCOMES = ["", "won", "lost", "conversation", "call_back", "answered", "held", "positive", "cancelled"]

days = st.integers(-40, DAYS + 40).map(lambda number: FIRST + timedelta(number))
customs = st.builds(
    lambda start, length: Period(PeriodKind.CUSTOM, start, start + timedelta(length)),
    days,
    st.integers(0, 200),
)
slots = st.builds(Slot, st.just("any"), st.one_of(customs, days.map(month_of)), days)


@pytest.fixture
def reps(db: None) -> list[int]:
    """Sixteen people with some thousand facts of all kinds over five hundred days."""
    names = [f"rep {number}" for number in range(REPS)]
    people = Person.objects.bulk_create(Person(key=name, name=name, sells=True) for name in names)
    chance, kinds = random.Random(4), list(FactKind)
    Fact.objects.bulk_create(
        Fact(
            kind=chance.choice(kinds).value, day=FIRST + timedelta(chance.randrange(DAYS)), rep=chance.choice(people),
            share=chance.choice([0, 333_333, 1_000_000]), amount=chance.randrange(-(10**9), 10**12),
            seconds=chance.randrange(10**4), outcome=chance.choice(OUTCOMES), stage=chance.choice(["", "New", "Offer"]),
            channel=chance.choice(["", "call"]), source=chance.choice(["", "fair"]), record_kind="any", record=number,
        )
        for number in range(FACTS)
    )  # fmt: skip
    recount_everything()
    return [person.id for person in people]


@contextmanager
def added(few: int, many: int = asking.MANY) -> Iterator[None]:
    """Rows are added in Python up to so many reps, and of everybody above so many."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(summing, "FEW", few)
        patched.setattr(asking, "MANY", many)
        yield


def by_hand(facts: Collection[Fact], flow: Flow, first: date, last: date) -> int:
    return sum(
        getattr(fact, flow.of.value)
        for fact in facts
        if fact.kind == flow.kind and first <= fact.day <= last and (not flow.outcomes or fact.outcome in flow.outcomes)
    )  # fmt: skip


def measured(facts: Collection[Fact], measure: Measure, slot: Slot) -> int:
    """A flow over the slot, a stock at its close, added fact by fact."""
    if isinstance(measure, Flow):
        return by_hand(facts, measure, slot.period.start, slot.close)
    signs = [(1, flow) for flow in measure.enters] + [(-1, flow) for flow in measure.leaves]
    return sum(sign * by_hand(facts, flow, date.min, slot.close) for sign, flow in signs)


many = settings(max_examples=examples(25), suppress_health_check=[HealthCheck.function_scoped_fixture])


@many
@given(st.lists(slots, min_size=1, max_size=3), st.integers(1, REPS))
def test_a_few_reps_and_many_are_counted_alike(reps: list[int], asked: list[Slot], number: int):
    named = [Slot(f"slot {place}", slot.period, slot.at) for place, slot in enumerate(asked)]
    with added(few=REPS):
        one_by_one = count(EVERYBODY, reps[:number], named, MEASURES)
    with added(few=0):
        in_one_statement = count(EVERYBODY, reps[:number], named, MEASURES)
    with added(few=0, many=0):
        of_everybody = count(EVERYBODY, reps[:number], named, MEASURES)
    assert one_by_one == in_one_statement == of_everybody
    assert len(one_by_one) == len(named) * number


@many
@given(slots, st.sampled_from([1, summing.FEW, REPS]))
def test_every_measure_is_what_adding_the_facts_up_says(reps: list[int], slot: Slot, number: int):
    found = count(EVERYBODY, reps[:number], [slot], MEASURES)
    raw = count_raw(reps[:number], slot.period, slot.at, FLOWS)
    for rep in reps[:number]:
        mine = list(Fact.objects.filter(rep=rep))
        wanted = {measure.key: measured(mine, measure, slot) for measure in MEASURES}
        assert found[slot.name, rep] == wanted
        assert raw[rep] == {flow.key: wanted[flow.key] for flow in FLOWS}


@many
@given(slots, st.sampled_from(By), st.integers(1, REPS))
def test_told_apart_by_a_word_the_counts_are_those_of_its_facts(
    reps: list[int], slot: Slot, by: By, number: int
):
    asked: tuple[Measure, ...] = (
        *STAGE_FLOWS,
        DEALS_LOST,
        TALK_TIME,
        MEETINGS_HELD,
        DEALS_IN_STAGE,
        VALUE_IN_STAGE,
    )
    mine = list(Fact.objects.filter(rep__in=reps[:number]))
    wanted = {}
    for word in {getattr(fact, by.value) for fact in mine}:
        said = [fact for fact in mine if getattr(fact, by.value) == word]
        wanted[word] = {measure.key: measured(said, measure, slot) for measure in asked}
    found = count_by(EVERYBODY, reps[:number], slot, asked, by)
    assert found == {word: counts for word, counts in wanted.items() if any(counts.values())}


def test_over_all_words_a_flow_is_what_it_is_untold(reps: list[int]):
    slot = Slot("all", Period(PeriodKind.CUSTOM, FIRST, FIRST + timedelta(DAYS)), FIRST + timedelta(DAYS))
    together: Counter[str] = Counter()
    for counts in count(EVERYBODY, reps, [slot], FLOWS).values():
        together.update(counts)
    for by in By:
        words = count_by(EVERYBODY, reps, slot, FLOWS, by)
        assert {flow.key: sum(counts[flow.key] for counts in words.values()) for flow in FLOWS} == together


def test_of_nobody_nothing_is_told_apart(reps: list[int]):
    assert count_by(EVERYBODY, [], Slot("any", month_of(FIRST), FIRST), MEASURES, By.SOURCE) == {}


@pytest.mark.parametrize("by", By)
def test_counts_by_a_word_are_refused_for_reps_the_viewer_may_not_see(reps: list[int], by: By):
    mine, other = reps[:2]
    slot = Slot("any", month_of(FIRST), FIRST)
    for sight in (Sight(), Sight(individuals=frozenset({mine})), Sight(groups=frozenset({mine, other}))):
        with pytest.raises(NotVisible, match="may not be seen"):
            count_by(sight, [mine, other], slot, [TALK_TIME], by)
    whole = Slot("any", Period(PeriodKind.CUSTOM, FIRST, FIRST + timedelta(DAYS)), FIRST + timedelta(DAYS))
    own = count_by(Sight(individuals=frozenset({mine})), [mine], whole, [TALK_TIME], by)
    assert own == count_by(EVERYBODY, [mine], whole, [TALK_TIME], by) != {}


def test_group_figures_are_open_to_those_who_may_pool_and_single_ones_are_not(reps: list[int]):
    slot, pooling = Slot("any", month_of(FIRST), FIRST), Sight(groups=frozenset(reps[:3]))
    assert set(pool(pooling, reps[:3], slot, [TALK_TIME])) == set(reps[:3])
    with pytest.raises(NotVisible, match="outside this viewer's groups"):
        pool(pooling, reps[:4], slot, [TALK_TIME])
    with pytest.raises(NotVisible, match="may not be seen"):
        count(pooling, reps[:1], [slot], [TALK_TIME])
