"""Cards where quotas are of what accounting booked: in that money, and judged only as far as invoices have come.

Tess is asked to book 22,000 in October 2026, which has 22 working days; the last invoice is of the 8th, the sixth.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from tests.actions.books import booked
from tests.world import TODAY, bring, operator, person, quota, settle_in
from upswing.core.money import Money
from upswing.core.period import month_of
from upswing.core.scorecard import Line, Scorecard
from upswing.queries.freshness import booked_until
from upswing.queries.scorecard import scorecard
from upswing.queries.team import team

pytestmark = pytest.mark.django_db

OCTOBER, LAST = month_of(TODAY), date(2026, 10, 8)


def card(at: date = TODAY, month: date = TODAY) -> Scorecard:
    return scorecard(operator(), person("Tess").uid, month_of(month), at)


def lines(found: Scorecard) -> dict[str, Line]:
    return {line.metric.key: line for line in found.lines}


@pytest.fixture(autouse=True)
def books(db: None) -> None:
    settle_in(
        quota("Tess", "2026-10", 22_000_00, "booked_revenue"), quota("Tess", "2026-11", 5, "booked_revenue")
    )
    bring(booked("I1", "2026-10-02", 4_000, rep="Tess"), booked("I2", "2026-10-08", 500, rep="Stan"))


def test_the_card_is_of_bookings_once_a_quota_is():
    found = lines(card())
    assert {"booked_revenue", "booked_attainment"} <= found.keys()
    assert not {"won_value", "attainment"} & found.keys()
    assert (found["booked_revenue"].actual, found["booked_revenue"].target) == (
        Money(4_000_00, "EUR"), Money(22_000_00, "EUR"),
    )  # fmt: skip
    assert found["booked_attainment"].actual == Fraction(4, 22)


@pytest.mark.parametrize("at", [LAST, TODAY, OCTOBER.last, date(2027, 3, 1)])
def test_bookings_are_judged_up_to_the_last_invoice_that_has_come(at: date):
    found = lines(card(at))
    assert booked_until(operator()) == LAST
    assert found["booked_revenue"].expected == Money(6_000_00, "EUR")
    assert found["booked_revenue"].attainment == found["booked_attainment"].attainment == Fraction(4, 6)


def test_a_month_of_which_nothing_is_booked_yet_is_not_judged():
    line = lines(card(date(2026, 11, 20), date(2026, 11, 1)))["booked_revenue"]
    assert (line.target, line.band, line.reason) == (None, None, "no_data")
    ahead = lines(card(TODAY, date(2026, 11, 1)))["booked_revenue"]
    assert (ahead.reason, ahead.band) == ("not_started", None)


def test_the_board_counts_who_attained_the_booked_quota():
    board = team(operator(), OCTOBER, TODAY)
    assert (board.judged, board.attained) == (1, 0)
    bring(booked("I3", "2026-10-07", 2_000, rep="Tess"))
    assert team(operator(), OCTOBER, TODAY).attained == 1


def test_an_invoice_dated_ahead_does_not_make_the_past_look_booked():
    bring(booked("I9", "2026-10-30", 1, rep="Stan"))
    assert booked_until(operator()) == LAST
