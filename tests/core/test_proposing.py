"""Proposals: a first target from the rep's own 12 weeks, never above where the team's best fifth begins."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upswing.core.metrics.metric import Unit
from upswing.core.proposing import Basis, Lately, NoProposal, Proposal, propose

MONTH = Fraction(22)


def lately(total: float, days: int = 60, weeks: int = 12) -> Lately:
    return Lately(Fraction(total), Fraction(days), weeks)


TEAM = [lately(total) for total in (30, 60, 90, 120, 150, 180)]
"""A half to three a day; the 80th percentile is two and a half."""

some = st.builds(lately, st.integers(1, 500), st.integers(1, 60), st.integers(0, 12))


def some_proposal(found: Proposal | NoProposal) -> Proposal:
    assert isinstance(found, Proposal)
    return found


def test_what_the_rep_did_lately_is_proposed_rounded_up():
    found = propose(lately(70), TEAM, MONTH, Unit.COUNT)
    assert found == Proposal(Fraction(26), Basis.OWN, 12, Fraction(70, 60) * 22, Fraction(55))


def test_who_is_far_ahead_is_asked_for_what_the_best_fifth_does():
    found = some_proposal(propose(lately(300), TEAM, MONTH, Unit.COUNT))
    assert (found.value, found.basis) == (55, Basis.TEAM)
    assert found.own == 110


def test_weeks_away_do_not_lower_the_proposal():
    worked, away = (
        propose(lately(total, days), TEAM, MONTH, Unit.COUNT) for total, days in ((60, 60), (40, 40))
    )
    assert worked == away


def test_under_six_weeks_there_is_too_little_and_the_team_is_still_shown():
    assert propose(lately(70, 25, 5), TEAM, MONTH, Unit.COUNT) == NoProposal("too_little", 5, Fraction(55))
    assert some_proposal(propose(lately(30, 30, 6), TEAM, MONTH, Unit.COUNT)).n == 6
    assert propose(lately(0, 0, 0), [], MONTH, Unit.COUNT) == NoProposal("too_little", 0, None)


def test_nothing_done_is_no_target():
    assert propose(lately(0), TEAM, MONTH, Unit.COUNT) == NoProposal("no_data", 12, Fraction(55))


def test_fewer_than_five_others_are_no_team():
    few = [*TEAM[:4], lately(999, 60, 5)]
    found = some_proposal(propose(lately(300), few, MONTH, Unit.COUNT))
    assert (found.team, found.basis, found.value) == (None, Basis.OWN, 110)


def test_a_team_that_did_nothing_caps_nobody():
    found = some_proposal(propose(lately(60), [lately(0)] * 5, MONTH, Unit.COUNT))
    assert (found.team, found.basis) == (0, Basis.OWN)


@pytest.mark.parametrize(
    ("unit", "currency", "total", "value"),
    [
        (Unit.COUNT, "", "1.01", 2),
        (Unit.COUNT, "", "2", 2),
        (Unit.MONEY, "EUR", "123449", 123_400),
        (Unit.MONEY, "EUR", "123450", 123_500),
        (Unit.MONEY, "EUR", "3", 100),
        (Unit.MONEY, "JPY", "123450.4", 123_450),
        (Unit.MONEY, "KWD", "1501", 2_000),
        (Unit.SHARE, "", "0.274", Fraction(27, 100)),
    ],
)
def test_counts_are_rounded_up_money_to_whole_units_and_shares_to_percent(
    unit, currency: str, total: str, value
):
    own = Lately(Fraction(total), Fraction(1), 12)
    assert some_proposal(propose(own, [], Fraction(1), unit, currency)).value == value


@given(some, st.lists(some, max_size=9), st.fractions(1, 260, max_denominator=2))
def test_a_count_proposed_is_the_smaller_ingredient_or_less_than_one_above(
    own: Lately, others, days: Fraction
):
    found = propose(own, others, days, Unit.COUNT)
    if isinstance(found, NoProposal):
        assert own.weeks < 6
        return
    smaller = found.own if found.team is None else min(found.own, found.team)
    assert smaller <= found.value < smaller + 1
    assert (found.basis is Basis.OWN) == (smaller == found.own)
