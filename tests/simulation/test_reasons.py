"""Why simulated deals were won and lost: told for most that are decided, and of no other draw's making."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.simulation.worlds import rows, world
from upswing.simulation.reasons import LOSING, LOST_FOR, TOLD, WINNING, WON_FOR

SIDES = {"Won": (WINNING, WON_FOR), "Lost": (LOSING, LOST_FOR)}


def test_shares_of_reasons_add_up_to_one() -> None:
    for words, shares in SIDES.values():
        assert len(words) == len(shares)
        assert sum(shares) == pytest.approx(1)


def test_only_decided_deals_have_a_reason_and_most_of_them_have_one() -> None:
    deals = rows(world("healthy", reps=10), "deals")
    told = Counter((row["stage"] in SIDES, bool(row["reason"])) for row in deals)
    assert told[False, True] == 0
    decided = told[True, True] + told[True, False]
    assert decided > 500
    assert told[True, True] / decided == pytest.approx(TOLD, abs=0.04)


def test_each_side_has_its_own_words_and_the_first_win_by_their_share() -> None:
    deals = rows(world("healthy", reps=10), "deals")
    for stage, (words, _) in SIDES.items():
        assert {row["reason"] for row in deals if row["stage"] == stage} == {*words, ""}
    won = Counter(row["reason"] for row in deals if row["stage"] == "Won" and row["reason"])
    for word, share in zip(WINNING, WON_FOR, strict=True):
        assert won[word] / won.total() == pytest.approx(share, abs=0.08)


def test_a_deal_is_lost_for_the_reason_its_quote_was_declined_for() -> None:
    found = world("healthy", reps=10)
    declined = {row["deal"]: row["reason"] for row in rows(found, "quotes") if row["status"] == "declined"}
    both = [(row["reason"], declined[row["id"]]) for row in rows(found, "deals") if row["id"] in declined]
    assert len(both) > 100
    assert all(told == quoted for told, quoted in both if told)
