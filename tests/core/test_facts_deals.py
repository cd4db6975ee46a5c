"""Settling deals: what one says, as dated facts about reps, with nothing lost in the split."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

import pytest
from hypothesis import given

from tests.core.settled import FAR, shown, standing, summed
from tests.core.strategies import deals, near_days
from upswing.core.facts import WHOLE, Fact, FactKind
from upswing.core.facts import settle_deal as settle
from upswing.core.measures import OPEN_DEALS, OPEN_VALUE
from upswing.core.records import DealRecord, Origin, Outcome

CREATED, CLOSED = date(2026, 1, 5), date(2026, 2, 10)


def deal(**changes) -> DealRecord:
    """A deal Rami won: created in January for 1,000.00, won in February for 900.00."""
    usual = {
        "id": "D-1", "origin": Origin("deals.csv", 2), "credit": (("Rami", 1),), "stage": "Won",
        "outcome": Outcome.WON, "created": CREATED, "closed": CLOSED,
        "amount_minor": 90_000, "expected_minor": 100_000,
    }  # fmt: skip
    return DealRecord(**(usual | changes))


def stands_open(record: DealRecord, at: date) -> bool:
    """Whether a deal stands open at the close of a day, read off the record alone."""
    entered = record.created or (record.observed if record.outcome is Outcome.OPEN else None)
    return bool(entered and entered <= at and not (record.closed and record.closed <= at))


def open_amount(record: DealRecord, at: date) -> int:
    """What an open deal is worth at the close of a day, read off the record alone."""
    known = [amount for day, amount in sorted(record.amounts, key=lambda change: change[0]) if day <= at]
    return known[-1] if known else record.expected_minor or 0


def test_a_won_deal_is_created_closed_and_won():
    assert shown(settle(deal())) == [
        ("deal_created", CREATED, "Rami", WHOLE, 100_000),
        ("deal_closed", CLOSED, "Rami", WHOLE, 100_000),
        ("deal_won", CLOSED, "Rami", WHOLE, 90_000),
        ("deal_cycle", CLOSED, "Rami", WHOLE, 0),
    ]


def test_the_cycle_of_a_won_deal_is_whole_days_shared_like_the_deal():
    (cycle,) = [fact for fact in settle(deal()) if fact.kind is FactKind.DEAL_CYCLE]
    assert cycle.seconds == (CLOSED - CREATED).days * 86_400
    shared = [
        fact for fact in settle(deal(credit=(("Rami", 2), ("Tess", 1)))) if fact.kind is FactKind.DEAL_CYCLE
    ]
    assert sum(fact.seconds for fact in shared) == cycle.seconds
    assert {fact.rep: fact.seconds for fact in shared}["Rami"] == round(cycle.seconds * 2 / 3)
    same_day = settle(deal(created=CLOSED))
    assert [fact.seconds for fact in same_day if fact.kind is FactKind.DEAL_CYCLE] == [0]
    assert not [fact for fact in settle(deal(created=None)) if fact.kind is FactKind.DEAL_CYCLE]


def test_a_lost_deal_leaves_the_pipeline_and_is_not_won():
    facts = settle(deal(outcome=Outcome.LOST, amount_minor=0))
    assert [fact.kind for fact in facts] == [FactKind.DEAL_CREATED, FactKind.DEAL_CLOSED]
    assert facts[1].outcome == "lost"


def test_an_open_deal_without_a_creation_day_is_observed_but_not_created():
    facts = settle(deal(outcome=Outcome.OPEN, created=None, closed=None, observed=CLOSED))
    assert shown(facts) == [("deal_observed", CLOSED, "Rami", WHOLE, 100_000)]


def test_an_open_deal_nobody_can_date_says_nothing():
    assert settle(deal(outcome=Outcome.OPEN, created=None, closed=None, observed=None)) == ()


def test_a_decided_deal_without_a_creation_day_never_stands_open():
    facts = settle(deal(created=None, observed=FAR))
    assert [summed(facts, flow, FAR) for flow in OPEN_VALUE.enters + OPEN_VALUE.leaves] == [0, 0, 0, 0]
    assert standing(facts, OPEN_DEALS, CLOSED) == 0
    assert facts[-1].amount == 90_000


def test_two_reps_share_one_deal_to_the_cent():
    facts = settle(deal(credit=(("Tess", 1), ("Rami", 2)), amount_minor=100_001))
    assert [(fact.rep, fact.share, fact.amount) for fact in facts if fact.kind is FactKind.DEAL_WON] == [
        ("Rami", 666_667, 66_667), ("Tess", 333_333, 33_334),
    ]  # fmt: skip


def test_the_same_rep_named_twice_has_both_parts_in_one_fact():
    facts = settle(deal(credit=(("Rami", 1), ("Tess", 2), ("Rami", 1))))
    assert [(fact.rep, fact.share) for fact in facts[:2]] == [("Rami", 500_000), ("Tess", 500_000)]


def test_later_amounts_are_facts_of_the_difference():
    facts = settle(deal(amounts=((date(2026, 1, 20), 120_000), (date(2026, 1, 25), 80_000))))
    changes = [(fact.day.day, fact.amount) for fact in facts if fact.kind is FactKind.DEAL_AMENDED]
    assert changes == [(20, 20_000), (25, -40_000)]
    assert summed(facts, OPEN_VALUE.leaves[0], CLOSED) == 80_000


def test_amounts_after_the_decision_change_nothing():
    assert settle(deal(amounts=((FAR, 5),))) == settle(deal())


def test_amounts_are_taken_by_day_whatever_their_order():
    changes = ((date(2026, 1, 20), 120_000), (date(2026, 1, 25), 80_000))
    assert settle(deal(amounts=changes)) == settle(deal(amounts=changes[::-1]))


def test_an_amount_from_before_the_deal_entered_counts_from_its_entry():
    facts = settle(deal(amounts=((date(2026, 1, 1), 70_000),)))
    assert standing(facts, OPEN_VALUE, date(2026, 1, 4)) == 0
    assert standing(facts, OPEN_VALUE, CREATED) == 70_000


def test_a_change_of_a_shared_deal_leaves_no_cent_behind():
    facts = settle(
        deal(credit=(("Rami", 1), ("Tess", 1)), expected_minor=101, amounts=((date(2026, 1, 20), 102),))
    )
    assert [standing(facts, OPEN_VALUE, date(2026, 1, 20), rep) for rep in ("Rami", "Tess")] == [51, 51]
    assert [standing(facts, OPEN_VALUE, CLOSED, rep) for rep in ("Rami", "Tess")] == [0, 0]


def test_a_deal_without_any_credit_is_refused():
    with pytest.raises(ValueError, match="Nothing splits by"):
        settle(deal(credit=()))


@given(deals())
def test_shares_add_up_to_one_deal_and_amounts_to_the_cent(record: DealRecord):
    undivided = settle(
        DealRecord(**{name: getattr(record, name) for name in record.__slots__} | {"credit": (("x", 1),)})
    )
    parts: dict[tuple, list[Fact]] = defaultdict(list)
    for fact in settle(record):
        parts[fact.kind, fact.day, fact.ordinal].append(fact)
    for whole in undivided:
        mine = parts.pop((whole.kind, whole.day, whole.ordinal))
        assert sum(fact.share for fact in mine) == whole.share == WHOLE
        assert sum(fact.amount for fact in mine) == whole.amount
    assert not parts


@given(deals(), near_days)
def test_open_stock_from_facts_equals_the_record_at_any_day(record: DealRecord, at: date):
    facts = settle(record)
    is_open = stands_open(record, at)
    assert standing(facts, OPEN_DEALS, at) == (WHOLE if is_open else 0)
    assert standing(facts, OPEN_VALUE, at) == (open_amount(record, at) if is_open else 0)


@given(deals(), near_days)
def test_no_rep_ever_has_less_than_nothing_open(record: DealRecord, at: date):
    facts = settle(record)
    for rep, _ in record.credit:
        assert standing(facts, OPEN_DEALS, at, rep) >= 0
        assert standing(facts, OPEN_VALUE, at, rep) >= 0
        if record.closed:
            assert standing(facts, OPEN_VALUE, record.closed + timedelta(0), rep) == 0


@given(deals())
def test_settling_twice_gives_the_same_facts_and_none_twice(record: DealRecord):
    facts = settle(record)
    assert facts == settle(record)
    assert len({(fact.kind, fact.ordinal, fact.rep) for fact in facts}) == len(facts)
