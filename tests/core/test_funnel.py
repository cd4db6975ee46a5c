"""The rep's funnel: shares from step to step, the usual beside them, and a mark only where it is clear."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upswing.core.facts import WHOLE
from upswing.core.funnel import ACTIVE, DEALS, FUNNEL, funnel_of

KEYS = [each.key for each in FUNNEL]


def counted(**counts: int) -> dict[str, int]:
    return {key: count * WHOLE for key, count in counts.items()}


BEFORE = counted(calls=900, conversations=180, meetings_held=60, proposals_sent=25, deals_won=5)


def test_shares_lead_from_step_to_step_with_the_usual_beside_them():
    now = counted(calls=318, conversations=66, meetings_held=21, proposals_sent=6, deals_won=4)
    found = funnel_of(now, BEFORE)
    assert [each.measure for each in found] == list(ACTIVE)
    assert [each.count for each in found] == [318, 66, 21, 6, 4]
    assert [each.rate for each in found] == [
        None,
        Fraction(66, 318),
        Fraction(21, 66),
        Fraction(6, 21),
        Fraction(4, 6),
    ]
    assert [each.usual for each in found] == [
        None, Fraction(1, 5), Fraction(1, 3), Fraction(25, 60), Fraction(1, 5),
    ]  # fmt: skip


def test_a_step_is_marked_only_when_it_is_clearly_below_the_usual():
    """30 of 200 where 67 are usual is no accident; 6 of 21 where 9 are usual may well be one."""
    few = funnel_of(counted(conversations=66, meetings_held=21, proposals_sent=6), BEFORE)
    many = funnel_of(counted(conversations=200, meetings_held=30, proposals_sent=12), BEFORE)
    assert not any(each.low for each in few)
    assert [each.measure.key for each in many if each.low] == ["meetings_held"]


def test_where_only_deals_are_recorded_the_funnel_is_of_deals():
    found = funnel_of(counted(deals_created=20, deals_won=3), {})
    assert [each.measure.key for each in found] == [DEALS[0].key, DEALS[2].key]
    assert found[1].usual is None


def test_more_than_came_from_the_step_before_is_told_and_never_judged():
    found = funnel_of(
        counted(meetings_held=2, proposals_sent=5), counted(meetings_held=50, proposals_sent=60, calls=1)
    )
    assert (found[-1].rate, found[-1].low) == (Fraction(5, 2), False)


def test_after_a_step_with_nothing_there_is_no_share():
    found = funnel_of(counted(conversations=3), BEFORE)
    assert [each.rate for each in found if each.measure.key in ("conversations", "proposals_sent")] == [
        None,
        None,
    ]


@pytest.mark.parametrize("counts", [{}, {"calls": 5}])
def test_one_step_is_no_funnel(counts: dict[str, int]):
    assert funnel_of(counted(**counts), {}) == ()


books = st.dictionaries(st.sampled_from(KEYS), st.integers(0, 500).map(lambda count: count * WHOLE))


@given(books, books)
def test_whatever_was_counted_marks_lie_only_where_both_shares_are_known_and_one_is_lower(now, before):
    for each in funnel_of(now, before):
        if each.low:
            assert each.rate is not None
            assert each.usual is not None
            assert each.rate <= each.usual * Fraction(4, 5)
