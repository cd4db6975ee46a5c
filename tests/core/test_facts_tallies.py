"""Tallies: as many facts as were counted, each step within the one before."""

from __future__ import annotations

from collections import Counter
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from tests.actions.told import HERE
from upswing.core.facts import WHOLE, FactKind, settle_tally
from upswing.core.records import Tallied, TallyRecord

DAY = date(2026, 11, 2)


def settled(**counts: int) -> Counter[tuple[FactKind, str]]:
    record = TallyRecord("tess", DAY, tuple(counts.get(counted.value, 0) for counted in Tallied), HERE)
    return Counter((fact.kind, str(fact.outcome)) for fact in settle_tally(record))


def test_forty_calls_with_eight_connects_and_five_conversations():
    assert settled(calls=40, connects=8, conversations=5) == {
        (FactKind.CALL, "conversation"): 5, (FactKind.CALL, "call_back"): 3, (FactKind.CALL, "no_answer"): 32,
    }  # fmt: skip


def test_a_count_within_another_makes_it_at_least_as_many():
    assert sum(settled(conversations=5).values()) == 5
    assert settled(positive_meetings=2, meetings_held=1) == {(FactKind.MEETING_DUE, "positive"): 2}


def test_booked_meetings_are_not_due_and_held_ones_not_booked():
    assert settled(meetings_booked=3, meetings_held=2) == {
        (FactKind.MEETING_BOOKED, "booked"): 3, (FactKind.MEETING_DUE, "held"): 2,
    }  # fmt: skip


@given(st.lists(st.integers(0, 30), min_size=len(Tallied), max_size=len(Tallied)))
def test_every_fact_is_a_whole_one_of_the_day_with_a_number_of_its_own(counts: list[int]):
    facts = settle_tally(TallyRecord("tess", DAY, tuple(counts), HERE))
    calls, connects, talks, emails, visits, social, booked, held, positive = counts
    assert len(facts) == max(calls, connects, talks) + emails + visits + social + booked + max(held, positive)
    assert {(fact.day, fact.rep, fact.share, fact.how) for fact in facts} <= {(DAY, "tess", WHOLE, None)}
    assert len({fact.ordinal for fact in facts}) == len(facts)
