"""A pipeline's movement: every deal has one reason, and the sum balances to the cent."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upswing.core.forecast.movement import NOWHERE, Change, Place, Step, Where, movement

places = st.dictionaries(
    st.integers(1, 30), st.builds(Place, st.sampled_from(Where), st.integers(-500, 10**12)), max_size=20
)


@given(places, places)
def test_it_balances_to_the_cent(before: dict[int, Place], after: dict[int, Place]) -> None:
    found = movement(before, after)
    assert found.start + sum(found.total(step) for step in Step) == found.end
    assert found.start == sum(each.amount for each in before.values() if each.where is Where.INSIDE)
    assert found.end == sum(each.amount for each in after.values() if each.where is Where.INSIDE)
    assert len({change.deal for change in found.changes}) == len(found.changes)


@given(places)
def test_nothing_moves_in_no_time(same: dict[int, Place]) -> None:
    assert movement(same, same).changes == ()


INSIDE = Place(Where.INSIDE, 500)


@pytest.mark.parametrize(
    ("was", "now", "step", "amount"),
    [
        (NOWHERE, INSIDE, Step.CREATED, 500),
        (Place(Where.OUTSIDE, 400), INSIDE, Step.PULLED_IN, 500),
        (Place(Where.STALLED, 400), INSIDE, Step.RE_ENTERED, 500),
        (Place(Where.OMITTED, 400), INSIDE, Step.RE_ENTERED, 500),
        (Place(Where.LOST, 400), INSIDE, Step.RE_ENTERED, 500),
        (Place(Where.INSIDE, 400), INSIDE, Step.INCREASED, 100),
        (Place(Where.INSIDE, 700), INSIDE, Step.DECREASED, -200),
        (INSIDE, Place(Where.OUTSIDE, 900), Step.PUSHED_OUT, -500),
        (INSIDE, Place(Where.STALLED, 500), Step.STALLED, -500),
        (INSIDE, Place(Where.OMITTED, 500), Step.OMITTED, -500),
        (INSIDE, Place(Where.WON, 600), Step.WON, -500),
        (INSIDE, Place(Where.LOST, 0), Step.LOST, -500),
        (INSIDE, NOWHERE, Step.REMOVED, -500),
    ],
)
def test_every_way_in_and_out_has_its_name(was: Place, now: Place, step: Step, amount: int) -> None:
    found = movement({7: was}, {7: now})
    assert found.changes == (Change(7, step, amount),)
    assert (found.total(step), found.count(step)) == (amount, 1)


def test_what_never_stood_inside_moves_nothing() -> None:
    assert movement({1: Place(Where.OUTSIDE, 5)}, {1: Place(Where.WON, 5)}).changes == ()
