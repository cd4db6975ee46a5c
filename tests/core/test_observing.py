"""Observed history: what changed between two sights is kept, and nothing that was seen is forgotten."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.world import deal
from upswing.core.observing import observed
from upswing.core.records import DealRecord, History, Outcome, StageMove

MONDAY, NEXT = date(2026, 11, 2), date(2026, 11, 9)


def seen(
    stage: str, amount: int = 100, close: date | None = None, outcome: str = "open", **more: object
) -> DealRecord:
    """A deal of a file that tells no history, as it reads on one day."""
    fields = {"stage": stage, "expected_close": close, "told": frozenset[History]()} | more
    found = deal("D1", "Tess", "2026-10-01", amount=amount, outcome=outcome, **fields)  # type: ignore[arg-type]
    return replace(found, moves=(StageMove(stage, found.closed or date(2026, 10, 1), Outcome(outcome)),))


def test_a_move_happened_between_two_sights_and_counts_from_the_later():
    now = observed(seen("Talking"), seen("Offer"), NEXT, MONDAY)
    assert now.moves == (StageMove("Talking", date(2026, 10, 1)), StageMove("Offer", NEXT, after=MONDAY))


def test_what_stays_is_no_move():
    before = observed(seen("Talking"), seen("Offer"), MONDAY, None)
    assert observed(before, seen("Offer"), NEXT, MONDAY).moves == before.moves


def test_a_decision_has_its_own_day():
    won = seen("Won", outcome="won", closed="2026-11-05")
    now = observed(seen("Talking"), won, NEXT, MONDAY)
    assert now.moves == (
        StageMove("Talking", date(2026, 10, 1)),
        StageMove("Won", date(2026, 11, 5), Outcome.WON),
    )


def test_an_amount_that_changed_is_a_change_of_that_day_and_the_first_one_stays():
    now = observed(seen("Talking", 100), seen("Talking", 80), NEXT, MONDAY)
    assert (now.expected_minor, now.amounts) == (10_000, ((NEXT, 8_000),))
    again = observed(now, seen("Talking", 80), NEXT + timedelta(7), NEXT)
    assert (again.expected_minor, again.amounts) == (10_000, ((NEXT, 8_000),))


def test_a_closing_day_that_slipped_is_kept_with_the_day_it_was_last_seen():
    now = observed(
        seen("Talking", close=date(2026, 11, 30)), seen("Talking", close=date(2026, 12, 31)), NEXT, MONDAY
    )
    assert now.closes == ((MONDAY, date(2026, 11, 30)),)


def test_what_was_expected_of_a_deal_stays_known_whatever_happens_to_it():
    due = date(2026, 11, 30)
    won = seen("Won", close=due, outcome="won", closed="2026-11-05")
    now = observed(seen("Talking", close=due), won, NEXT, MONDAY)
    assert now.closes == ((MONDAY, due),)
    assert observed(now, won, NEXT + timedelta(7), NEXT).closes == now.closes
    moved = observed(seen("Talking", close=due), seen("Offer", close=due), NEXT, MONDAY)
    assert moved.closes == ((MONDAY, due),)
    emptied = observed(seen("Talking", close=due), replace(won, expected_close=None), NEXT, MONDAY)
    assert emptied.closes == ((MONDAY, due),)


def test_what_the_source_tells_is_taken_as_told():
    told = replace(seen("Offer"), told=frozenset(History), moves=(StageMove("Offer", MONDAY),))
    assert observed(seen("Talking"), told, NEXT, MONDAY) == told


def test_a_deal_that_is_open_again_was_never_closed():
    lost = observed(seen("Talking"), seen("Lost", outcome="lost", closed="2026-11-03"), MONDAY, None)
    now = observed(lost, seen("Offer"), NEXT, MONDAY)
    assert [move.stage for move in now.moves] == ["Talking", "Offer"]


sights = st.lists(
    st.tuples(st.sampled_from("ABC"), st.integers(0, 3), st.integers(1, 9)), min_size=1, max_size=8
)


@given(sights)
def test_however_often_it_is_looked_at_the_history_is_that_of_the_changes(told: list[tuple[str, int, int]]):
    """Against a plain loop: the stages and amounts that differ from the one before, each on its day."""
    deal_now, day, last = seen(told[0][0], told[0][1]), MONDAY, None
    stages, amounts = [told[0][0]], [told[0][1] * 100]
    for stage, amount, gap in told[1:]:
        last, day = day, day + timedelta(gap)
        deal_now = observed(deal_now, seen(stage, amount), day, last)
        stages += [stage] if stage != stages[-1] else []
        amounts += [amount * 100] if amount * 100 != amounts[-1] else []
    assert [move.stage for move in deal_now.moves] == stages
    assert [deal_now.expected_minor, *(minor for _, minor in deal_now.amounts)] == amounts
    days = [move.day for move in deal_now.moves]
    assert days == sorted(days)
    assert all(move.after is None or move.after < move.day for move in deal_now.moves)
