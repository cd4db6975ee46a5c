"""What an open deal is worth: from its amounts as told, its list price, and when it was created."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upswing.core.records import Outcome
from upswing.core.worth import Sold, Worth, worth_of

FIRST = date(2026, 9, 1)
OPEN, LOST = Outcome.OPEN, Outcome.LOST


def on(days: int) -> date:
    """So many days after the deal was created."""
    return FIRST + timedelta(days)


@pytest.mark.parametrize(
    ("minor", "told", "sold", "worth"),
    [
        (500, [], Sold(OPEN, FIRST), Worth(500)),
        (None, [], Sold(OPEN, FIRST, 900), Worth(900)),
        (None, [], Sold(OPEN, FIRST), Worth(None)),
        (0, [], Sold(OPEN, FIRST, 900), Worth(0)),
        (0, [], Sold(LOST, FIRST, 900), Worth(900)),
        (0, [], Sold(LOST, FIRST, None, listed=True), Worth(0)),
        (500, [], Sold(OPEN, FIRST, 900, listed=True), Worth(900)),
        (500, [], Sold(OPEN, FIRST, None, listed=True), Worth(500)),
        (500, [(on(-3), 100), (on(0), 200), (on(4), 300)], Sold(OPEN, FIRST), Worth(200, ((on(4), 300),))),
        (500, [(on(4), 300)], Sold(OPEN, FIRST, 900), Worth(900, ((on(4), 300),))),
        (500, [(on(4), 300)], Sold(OPEN, FIRST), Worth(300, ((on(4), 300),))),
        (500, [(on(4), 300)], Sold(OPEN, None), Worth(300, ((on(4), 300),))),
        (500, [(on(0), 200), (on(2), 200), (on(4), 300), (on(5), 300)], Sold(OPEN, FIRST), Worth(200, ((on(4), 300),))),
    ],
)  # fmt: skip
def test_a_deal_is_worth_what_is_told_else_its_price_else_nobody_knows(
    minor: int | None, told: list[tuple[date, int]], sold: Sold, worth: Worth
):
    assert worth_of(minor, told, sold) == worth


TOLD = st.lists(st.tuples(st.integers(-20, 20).map(on), st.integers(0, 5)), max_size=6).map(sorted)


@given(told=TOLD, minor=st.integers(0, 5), price=st.none() | st.integers(0, 5))
def test_on_every_day_from_the_first_told_one_it_is_worth_what_was_told_last(
    told: list[tuple[date, int]], minor: int, price: int | None
):
    worth = worth_of(minor, told, Sold(OPEN, FIRST, price))
    for day, _ in told:
        if day < FIRST:
            continue
        last = [amount for when, amount in told if when <= day][-1]
        found = [amount for when, amount in worth.amounts if when <= day]
        assert (found[-1] if found else worth.expected) == last


@given(told=TOLD, minor=st.integers(0, 5), price=st.none() | st.integers(0, 5), factor=st.integers(1, 9))
def test_in_a_currency_worth_as_many_times_as_much_it_is_worth_as_many_times_as_much(
    told: list[tuple[date, int]], minor: int, price: int | None, factor: int
):
    one = worth_of(minor, told, Sold(LOST, FIRST, price))
    times = [(day, amount * factor) for day, amount in told]
    dear = worth_of(minor * factor, times, Sold(LOST, FIRST, None if price is None else price * factor))
    assert dear.expected == (None if one.expected is None else one.expected * factor)
    assert dear.amounts == tuple((day, amount * factor) for day, amount in one.amounts)
