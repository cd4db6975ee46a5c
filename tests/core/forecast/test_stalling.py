"""Stalls over time: the rule on past days is what a slow look at each day says, and steps lead where they say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.core.forecast.company import STAGES, START, company, scrambled, until
from tests.core.forecast.test_replay import FIRST, books
from upswing.core.calendar import MONDAY_TO_FRIDAY, Calendar
from upswing.core.forecast.cases import Ended, Kind, State, Step, replayed, waits
from upswing.core.forecast.learned import Learner
from upswing.core.forecast.lives import Life, as_known
from upswing.core.forecast.replay import UNTOLD, Ints, replay
from upswing.core.forecast.stalling import Moved, end_of_grace, looked, settled, would_have
from upswing.core.records import Outcome

OFFICE = Calendar(MONDAY_TO_FRIDAY, holidays=frozenset({date(2026, 1, 6)}))
GRACE = 3
LIMITS = {"need": 6, "offer": 4, "terms": 9, "": 11}
KEYS = (*sorted(STAGES), "terms")


def after(day: int, stages: Ints) -> Ints:
    """The grace of each proposal of a day, the same in every stage."""
    return np.full(len(stages), end_of_grace(date.fromordinal(day), GRACE, OFFICE).toordinal(), np.int64)


def day_by_day(
    book: tuple[Life, ...], first: date, days: int, spared: frozenset[str]
) -> list[tuple[int, date]]:
    """The deals set aside and when, deal by deal and day by day, with no column in sight."""
    moved = []
    for life in book:
        proposed: tuple[str, date, date] | None = None
        aside: tuple[str, date] | None = None
        for number in range(days):
            at = first + timedelta(number)
            seen = as_known(life, at)
            resting = bool(seen and seen.rests and seen.rests >= at)
            over = bool(
                seen
                and (at - seen.since).days > LIMITS[seen.stage]
                and not resting
                and seen.stage not in spared
            )
            stay = (seen.stage, seen.since) if seen else None
            if proposed:
                ended = settled(stay == proposed[:2], over, at, proposed[2])
                if ended is Ended.ASIDE:
                    moved.append((life.id, at))
                    aside = stay
                proposed = None if ended else proposed
            if over and seen and not proposed and stay != aside:
                proposed = (seen.stage, seen.since, end_of_grace(at, GRACE, OFFICE))
    return sorted(moved, key=lambda each: (each[1], each[0]))


@given(books, st.integers(-1, 40), st.sampled_from([frozenset(), frozenset({"offer"})]))
def test_the_columns_move_what_a_look_at_every_day_moves(
    book: tuple[Life, ...], start: int, spared: frozenset[str]
) -> None:
    columns, days, first = replay(book, KEYS), 40, FIRST + timedelta(start)
    span = range(first.toordinal(), first.toordinal() + days)
    assume(all(columns.told(at) for at in span))
    limits = np.array([LIMITS[key] for key in (*columns.stages, "")], np.int64)
    codes = [columns.stages.index(key) for key in spared]
    found = would_have(columns, span, lambda at: limits, after, codes)
    expected = day_by_day(book, first, days, spared)
    assert [(each.deal, date.fromordinal(each.day)) for each in found] == expected


def test_a_deal_over_its_limit_is_proposed_left_alone_for_the_grace_and_then_moved():
    """Monday 5 January 2026 is day 7 in the stage; the 6th is a holiday: the grace of three days ends on the 9th."""
    life = Life(1, date(2025, 12, 29), ((date(2025, 12, 29), 500),), ((date(2025, 12, 29), "need"),))
    won = replace(life, closed=date(2026, 2, 2), outcome=Outcome.WON, won=450)
    book = replay([won], ("need",))
    span = range(date(2026, 1, 1).toordinal(), date(2026, 1, 31).toordinal())
    (moved,) = would_have(book, span, lambda at: np.array([6, 9]), after)
    monday, friday = date(2026, 1, 5).toordinal(), date(2026, 1, 9).toordinal()
    assert moved == Moved(1, 0, monday, friday, 500, 450, first=False)
    unseen = would_have(book, span, lambda at: np.array([6, 9]), after, until=date(2026, 2, 1).toordinal())
    assert unseen == (replace(moved, won=None),)


@pytest.mark.parametrize("seed", [1, 2])
def test_nothing_that_is_told_later_changes_what_would_have_been_moved(seed: int) -> None:
    """Limits are learned, day after day, from what was known by then."""
    last = START + timedelta(650)
    span = range(last.toordinal() - 60, last.toordinal() + 1)

    def moved(lives: list[Life]) -> list[Moved]:
        learner = Learner(replay(lives, STAGES))
        limits = lambda at: np.array([learner.limits(at)[key].days for key in learner.keys])  # noqa: E731
        return [replace(each, won=None) for each in would_have(learner.book, span, limits, after)]

    lives = company(seed)
    assert moved(lives) == moved(until(lives, last)) == moved(scrambled(lives, last))
    assert len(moved(lives)) > 10


def test_what_rests_is_not_over_until_its_day_has_passed():
    life = Life(1, FIRST, stays=((FIRST, "need"),), waits=((FIRST + timedelta(8), FIRST + timedelta(20)),))
    book, limits = replay([life], ("need",)), np.array([6, 6])
    over = [number for number in range(30) if looked(book, FIRST.toordinal() + number, limits).over[0]]
    assert over == [7, *range(21, 30)]
    assert not looked(book, FIRST.toordinal() + 25, limits, [0]).over[0]
    assert looked(book, FIRST.toordinal() + 25, limits, [UNTOLD]).over[0]


@given(st.integers(0, 12), st.integers(0, 400))
def test_a_grace_holds_so_many_working_days(grace: int, start: int) -> None:
    day = FIRST + timedelta(start)
    end = end_of_grace(day, grace, OFFICE)
    between = [day + timedelta(number) for number in range(1, (end - day).days + 1)]
    assert sum(OFFICE.length(each) > 0 for each in between) == grace
    assert not between or OFFICE.length(end) > 0


def test_a_grace_ends_even_where_nobody_ever_works():
    end = end_of_grace(FIRST, 5, Calendar(frozenset()))
    assert end == FIRST + timedelta(366)


DUE = FIRST + timedelta(7)
PROPOSED = Step(Kind.PROPOSED, FIRST, DUE)


def on(number: int, kind: Kind, day: int | None = None) -> Step:
    return Step(kind, FIRST + timedelta(number), None if day is None else FIRST + timedelta(day))


def test_a_reasoned_wait_silences_a_deal_until_its_day_and_taking_it_back_ends_that():
    steps = [PROPOSED, on(1, Kind.SNOOZED, 30)]
    state = replayed(steps, 10)
    assert (state.ended, state.rests) == (Ended.WAITS, FIRST + timedelta(30))
    back = [*steps, on(3, Kind.TAKEN_BACK, 12)]
    assert replayed(back, 10) == State(FIRST + timedelta(12), Kind.PROPOSED)
    assert waits(back, 10) == (
        (FIRST + timedelta(1), FIRST + timedelta(30)),
        (FIRST + timedelta(3), FIRST + timedelta(2)),
    )


def test_a_deal_that_comes_back_rests_for_as_long_as_its_limit_and_is_counted():
    steps = [PROPOSED, on(9, Kind.BY_RULE), on(14, Kind.RE_ENTERED, 12)]
    state = replayed(steps, 10)
    assert (state.ended, state.rests, state.re_entries) == (Ended.WAITS, FIRST + timedelta(22), 1)
    assert replayed([*steps, on(15, Kind.TAKEN_BACK)], 10) == State(DUE, Kind.BY_RULE, Ended.ASIDE)


ANSWERS = tuple(kind for kind in Kind if kind not in (Kind.PROPOSED, Kind.TAKEN_BACK))


@given(st.lists(st.sampled_from(ANSWERS), min_size=1, max_size=6))
def test_taking_every_step_back_leads_to_where_it_began(kinds: list[Kind]) -> None:
    steps = [PROPOSED, *(on(number, kind, number + 5) for number, kind in enumerate(kinds, 1))]
    backs = [on(20 + number, Kind.TAKEN_BACK) for number in range(len(kinds))]
    for number in range(len(kinds) + 1):
        assert replayed([*steps, *backs[:number]], 10) == replayed(steps[: len(steps) - number], 10)


@pytest.mark.parametrize(
    "steps", [[], [on(1, Kind.AGREED)], [PROPOSED, PROPOSED], [PROPOSED, on(1, Kind.TAKEN_BACK)]]
)
def test_steps_that_fit_together_in_no_way_are_refused(steps: list[Step]) -> None:
    with pytest.raises(ValueError, match="proposal|proposed"):
        replayed(steps, 10)
