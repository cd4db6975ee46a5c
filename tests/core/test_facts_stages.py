"""Stages: what stands in each is what entered it, as amended since, less what left."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given

from tests.core.settled import FAR, staged, standing, summed
from tests.core.strategies import near_days, told_deals
from tests.core.test_facts_deals import deal, open_amount, stands_open
from upswing.core.facts import WHOLE, Fact, FactKind, settle_deal
from upswing.core.measures import DEALS_IN_STAGE, ENTERED_VALUE, LEFT_VALUE, OPEN_VALUE, VALUE_IN_STAGE
from upswing.core.records import DealRecord, Outcome, StageMove


def day(number: int) -> date:
    return date(2026, 1, number)


def moves(*told: tuple[str, int]) -> tuple[StageMove, ...]:
    """Moves into stages on days of January; Won and Lost decide."""
    return tuple(
        StageMove(stage, day(on), Outcome(stage.lower()) if stage in ("Won", "Lost") else Outcome.OPEN)
        for stage, on in told
    )


def january(
    *told: tuple[str, int], amounts: tuple[tuple[int, int], ...] = (), **changes: object
) -> DealRecord:
    """Rami's deal of 1,000.00 created on 5 January and won on the 25th, with these moves and amounts."""
    changed = tuple((day(on), amount) for on, amount in amounts)
    return deal(**{"created": day(5), "closed": day(25), "moves": moves(*told), "amounts": changed} | changes)


def passed(facts: tuple[Fact, ...]) -> list[tuple[str, str, int, int]]:
    """Entering, changing and leaving: (what, stage, day of January, amount)."""
    words = {
        FactKind.STAGE_ENTERED: "in", FactKind.DEAL_AMENDED: "changed", FactKind.STAGE_LEFT: "out",
    }  # fmt: skip
    return [(words[f.kind], f.stage, f.day.day, f.amount) for f in facts if f.kind in words]


def stage_of(record: DealRecord, at: date) -> str:
    """The open stage a deal stands in at the close of a day, read off the record alone; empty for none."""
    told = [move for move in record.moves if move.day <= at]
    if not told or not stands_open(record, at) or told[-1].outcome is not Outcome.OPEN:
        return ""
    return told[-1].stage


def test_a_deal_enters_and_leaves_each_stage_with_the_open_amount_of_that_day():
    record = january(("New", 5), ("Offer", 10), ("Won", 25), amounts=((7, 120_000), (12, 90_000)))
    assert passed(settle_deal(record)) == [
        ("changed", "New", 7, 20_000), ("changed", "Offer", 12, -30_000),
        ("in", "New", 5, 100_000), ("out", "New", 10, 120_000),
        ("in", "Offer", 10, 120_000), ("out", "Offer", 25, 90_000),
    ]  # fmt: skip


def test_on_one_day_the_move_comes_before_the_change():
    facts = settle_deal(january(("New", 5), ("Offer", 10), ("Won", 25), amounts=((10, 150_000),)))
    assert [standing(staged(facts, stage), VALUE_IN_STAGE, day(10)) for stage in ("New", "Offer")] == [
        0,
        150_000,
    ]


def test_a_change_on_the_day_of_the_decision_leaves_its_stage_with_the_deal():
    facts = settle_deal(january(("New", 5), ("Won", 25), amounts=((25, 130_000),)))
    assert standing(staged(facts, "New"), VALUE_IN_STAGE, day(25)) == 0
    assert summed(facts, LEFT_VALUE) == summed(facts, OPEN_VALUE.leaves[0]) == 130_000


def test_a_decision_told_before_the_closing_day_ends_no_stage_early():
    facts = settle_deal(january(("New", 5), ("Won", 20), amounts=((22, 130_000),)))
    assert standing(staged(facts, "New"), DEALS_IN_STAGE, day(24)) == WHOLE
    assert standing(staged(facts, "New"), VALUE_IN_STAGE, day(24)) == 130_000
    assert standing(staged(facts, "New"), VALUE_IN_STAGE, day(25)) == 0


def test_two_moves_of_one_day_pass_through_the_first_stage():
    facts = settle_deal(january(("New", 5), ("Offer", 5), ("Won", 25)))
    assert standing(staged(facts, "New"), DEALS_IN_STAGE, day(5)) == 0
    assert standing(staged(facts, "Offer"), DEALS_IN_STAGE, day(5)) == WHOLE
    assert summed(facts, ENTERED_VALUE, day(5)) == 200_000


def test_moves_from_before_the_deal_came_in_count_from_its_entry():
    facts = settle_deal(january(("New", 1), ("Offer", 3), ("Won", 25)))
    assert {fact.day for fact in facts} == {day(5), day(25)}
    assert standing(staged(facts, "Offer"), VALUE_IN_STAGE, day(5)) == 100_000


def test_a_move_after_the_decision_is_no_move():
    assert settle_deal(january(("New", 5), ("Offer", 28))) == settle_deal(january(("New", 5)))


def test_a_reopened_deal_stands_in_no_stage_while_it_was_closed():
    record = january(("New", 5), ("Lost", 10), ("New", 15), ("Won", 25), amounts=((12, 140_000),))
    facts = settle_deal(record)
    held = [standing(staged(facts, "New"), VALUE_IN_STAGE, day(at)) for at in (9, 10, 14, 15, 24, 25)]
    assert held == [100_000, 0, 0, 140_000, 140_000, 0]
    assert summed(staged(facts, "New"), DEALS_IN_STAGE.enters[0]) == 2 * WHOLE


def test_a_deal_that_stands_open_again_stands_in_its_last_open_stage():
    record = january(("New", 5), ("Lost", 10), ("New", 15), outcome=Outcome.OPEN, closed=None, stage="New")
    assert standing(staged(settle_deal(record), "New"), VALUE_IN_STAGE, FAR) == 100_000


def test_a_single_told_move_puts_the_deal_in_its_stage_from_that_day():
    facts = settle_deal(january(("Offer", 10), amounts=((7, 120_000), (12, 90_000))))
    held = [standing(staged(facts, "Offer"), VALUE_IN_STAGE, day(at)) for at in (9, 10, 12, 24, 25)]
    assert held == [0, 120_000, 90_000, 90_000, 0]


@pytest.mark.parametrize("told", [(), (("Won", 25),)])
def test_without_any_open_stage_told_nothing_stands_in_one(told: tuple[tuple[str, int], ...]):
    facts = settle_deal(january(*told, amounts=((12, 90_000),)))
    assert not any(fact.kind in (FactKind.STAGE_ENTERED, FactKind.STAGE_LEFT) for fact in facts)
    assert standing(staged(facts, "Won"), VALUE_IN_STAGE, FAR) == 0


def test_every_fact_of_a_deal_tells_how_its_lead_was_found():
    facts = settle_deal(january(("New", 5), ("Won", 25), amounts=((12, 90_000),), source="fair"))
    assert len({fact.kind for fact in facts}) == 7
    assert {fact.source for fact in facts} == {"fair"}


@given(told_deals(), near_days)
def test_each_stage_holds_the_open_amount_of_the_deals_that_stand_in_it(record: DealRecord, at: date):
    facts, stage = settle_deal(record), stage_of(record, at)
    for name in {move.stage for move in record.moves if move.outcome is Outcome.OPEN}:
        mine = staged(facts, name)
        assert standing(mine, DEALS_IN_STAGE, at) == (WHOLE if name == stage else 0)
        assert standing(mine, VALUE_IN_STAGE, at) == (open_amount(record, at) if name == stage else 0)


@given(told_deals(from_the_first=True), near_days)
def test_over_all_stages_it_is_the_open_value_where_moves_are_told_from_the_first_day(
    record: DealRecord, at: date
):
    facts = settle_deal(record)
    for rep, _ in record.credit:
        assert standing(facts, VALUE_IN_STAGE, at, rep) == standing(facts, OPEN_VALUE, at, rep)


@given(told_deals())
def test_a_decided_deal_leaves_nothing_in_any_stage_for_anybody(record: DealRecord):
    facts = settle_deal(replace(record, outcome=Outcome.LOST, closed=record.closed or date(2026, 12, 1)))
    for name in {fact.stage for fact in facts} - {""}:
        for rep, _ in record.credit:
            assert standing(staged(facts, name), VALUE_IN_STAGE, FAR, rep) == 0
            assert standing(staged(facts, name), DEALS_IN_STAGE, FAR, rep) == 0


@given(told_deals())
def test_settling_a_moved_deal_tells_no_fact_twice(record: DealRecord):
    facts = settle_deal(record)
    assert len({(fact.kind, fact.ordinal, fact.rep) for fact in facts}) == len(facts)
