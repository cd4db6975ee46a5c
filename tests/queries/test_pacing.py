"""How a running period goes: the same numbers as the card, day by day, and a likely end that stays the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests import world
from tests.world import TODAY, deal, operator, person
from upswing.core.money import Money
from upswing.core.period import Period, parse_period
from upswing.queries.pacing import FEWEST_SIZES, Pacing
from upswing.queries.scorecard import scorecard_and_pacing

pytestmark = pytest.mark.django_db


def euros(amount: int) -> Money:
    return Money(amount * 100, "EUR")


def period(slug: str) -> Period:
    return parse_period(slug, date(2026, 1, 1))


def run(slug: str = "2026-10", who: str = "Tess", at: date = TODAY) -> Pacing | None:
    return scorecard_and_pacing(operator(), person(who).uid, period(slug), at)[1]


def some(found: Pacing | None) -> Pacing:
    assert found is not None
    return found


def test_each_day_says_what_was_due_and_what_was_there():
    """12,000 on the first, 8,000 later; 20,000 asked for over 22 working days."""
    world.settle_in()
    found = some(run())
    by_day = {one.day: one for one in found.days}
    assert len(by_day) == 31
    assert by_day[TODAY].there == euros(20_000)
    assert by_day[TODAY].due == euros(10_000)
    assert by_day[date(2026, 10, 31)].due == found.target == euros(20_000)
    assert all((one.there is None) == (one.day > TODAY) for one in found.days)


def test_today_is_what_the_card_says():
    world.settle_in()
    card, found = scorecard_and_pacing(operator(), person("Tess").uid, period("2026-10"), TODAY)
    today = next(one for one in some(found).days if one.day == TODAY)
    assert card.main is not None
    assert (today.due, today.there) == (card.main.expected, card.main.actual)


def test_a_quarter_is_told_by_its_weeks_today_and_its_end():
    world.settle_in(world.quota("Tess", "2026-Q4", 60_000))
    days = [one.day for one in some(run("2026-Q4")).days]
    assert TODAY in days
    assert days[-1] == date(2026, 12, 31)
    assert len(days) <= 16


def test_the_likely_end_is_drawn_with_the_sizes_of_deals_and_stays_the_same():
    world.settle_in(
        *(deal(f"s{n}", "Stan", "2026-09-01", "2026-09-02", "won", 1_000 + n) for n in range(FEWEST_SIZES))
    )
    first = some(run())
    assert first.ending is not None
    assert euros(20_000) <= first.ending.low <= first.ending.middle <= first.ending.high
    assert first.ending.reached == 1
    assert run() == first


def test_early_in_the_period_no_end_is_told():
    world.settle_in()
    found = some(run(at=date(2026, 10, 5)))
    assert (found.ending, found.reason) == (None, "too_early")


def test_without_a_target_and_when_it_is_over_there_is_nothing_to_run_against():
    world.settle_in()
    assert run(who="Stan") is None
    assert run(at=date(2026, 10, 31)) is None
    assert run("2026-11") is None


def test_shared_deals_are_drawn_whole(monkeypatch):
    """Half of a deal of 2,000 is half a deal, not one of 1,000."""
    monkeypatch.setattr("upswing.queries.pacing.seed_of", lambda *_: 1)  # Tess is another person in each book
    both = [
        replace(
            deal(f"h{n}", "Stan", "2026-09-01", "2026-09-02", "won", 2_000), credit=(("Stan", 1), ("Nina", 1))
        )
        for n in range(FEWEST_SIZES)
    ]
    whole = [deal(f"h{n}", "Stan", "2026-09-01", "2026-09-02", "won", 2_000) for n in range(FEWEST_SIZES)]
    ends = []
    for book in (both, whole):
        with world.undone():
            world.bring(*world.roster(), world.quota("Tess", "2026-10", 20_000), *book)
            won = (deal(f"t{n}", "Tess", "2026-10-01", "2026-10-05", "won", 2_000) for n in range(5))
            world.bring(*won, source="more")
            found = some(run()).ending
            assert found is not None
            ends.append((found.low, found.middle, found.high))
    assert ends[0] == ends[1]
