"""Looking back at a day: in columns the same as deal by deal, and the same whatever was told later."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from upswing.core.forecast.lives import Life, OpenDeal, as_known
from upswing.core.forecast.replay import NEVER, UNTOLD, Replay, replay
from upswing.core.records import Outcome

FIRST = date(2026, 1, 1)
STAGES = ("need", "offer", "terms")


def day(number: int) -> date:
    return FIRST + timedelta(number)


@st.composite
def lives(draw: st.DrawFn, number: int) -> Life:
    """A deal of which something was told on some of sixty days."""
    entered = draw(st.integers(0, 50))
    length = draw(st.none() | st.integers(0, 20))
    last = 60 if length is None else entered + length
    days = st.lists(st.integers(entered, last), max_size=3).map(sorted)
    stays = tuple((day(each), draw(st.sampled_from(STAGES))) for each in draw(days))
    worths = ((day(entered), 100), *((day(each), draw(st.integers(0, 900))) for each in draw(days)))
    closes = tuple((day(each), day(each + 30)) for each in draw(days))
    waits = tuple((day(each), day(each + 9)) for each in draw(days))
    outcome = Outcome.OPEN if length is None else draw(st.sampled_from([Outcome.WON, Outcome.LOST]))
    closed = None if length is None else day(last)
    won = draw(st.integers(1, 900)) if outcome is Outcome.WON else 0
    return Life(number, day(entered), worths, stays, closes, waits, closed, outcome, won)


books = st.integers(0, 12).flatmap(lambda many: st.tuples(*(lives(number) for number in range(many))))
moments = st.integers(-2, 70).map(day)


def seen(book: Replay, at: date) -> dict[int, OpenDeal]:
    """What the columns say of a day, deal by deal."""
    found = book.standing(at.toordinal())
    return {
        int(book.ids[deal]): OpenDeal(
            int(book.ids[deal]), "" if stage == UNTOLD else book.stages[stage],
            at - timedelta(int(age)), at - timedelta(int(stage_age)), int(amount),
            None if expected == NEVER else date.fromordinal(int(expected)),
            None if rests == NEVER else date.fromordinal(int(rests)),
        )
        for deal, stage, age, stage_age, amount, expected, rests in zip(
            found.deal, found.stage, found.age, found.stage_age, found.amount, found.expected, found.rests,
            strict=True,
        )
    }  # fmt: skip


@given(books, moments)
def test_columns_say_what_each_deal_says(book: tuple[Life, ...], at: date) -> None:
    columns = replay(book, STAGES)
    one_by_one = {life.id: known for life in book if (known := as_known(life, at))}
    if not columns.told(at.toordinal()):
        one_by_one = {key: replace(known, stage="", since=known.entered) for key, known in one_by_one.items()}
    assert seen(columns, at) == one_by_one


def later(life: Life, at: date) -> Life:
    """The same until the close of a day, and everything after it otherwise."""
    cut = {
        part: tuple(each for each in getattr(life, part) if each[0] <= at)
        for part in ("worths", "stays", "closes", "waits")
    }
    undecided = life.closed is None or life.closed > at
    life = replace(life, **cut)
    if not undecided:
        return life
    after = at + timedelta(3)
    return replace(
        life, closed=after, outcome=Outcome.WON, won=7, stays=(*life.stays, (after, "terms")),
        worths=(*life.worths, (after, 5)), closes=(*life.closes, (after, after)),
    )  # fmt: skip


@given(books, moments)
def test_what_comes_later_changes_nothing(book: tuple[Life, ...], at: date) -> None:
    known = [life for life in book if life.entered <= at]
    otherwise = [*(later(life, at) for life in known), Life(99, at + timedelta(1), ((at + timedelta(1), 1),))]
    before, after = replay(book, STAGES), replay(otherwise, STAGES)
    assert seen(before, at) == seen(after, at)
    assert before.told(at.toordinal()) == after.told(at.toordinal())


@given(books, moments, st.integers(0, 40))
def test_the_book_of_a_day_looks_back_as_the_whole_book_does(
    book: tuple[Life, ...], at: date, back: int
) -> None:
    columns, moment = replay(book, STAGES), at - timedelta(back)
    assert seen(columns.known(at.toordinal()), moment) == seen(columns, moment)


def test_deals_that_come_and_go_on_one_day_never_stand_open() -> None:
    once = Life(1, day(3), ((day(3), 5),), closed=day(3), outcome=Outcome.WON, won=5)
    assert [len(replay([once]).standing(day(n).toordinal())) for n in (2, 3, 4)] == [0, 0, 0]


def test_what_was_won_counts_on_its_day() -> None:
    won = Life(1, day(0), ((day(0), 5),), closed=day(9), outcome=Outcome.WON, won=7)
    lost = Life(2, day(0), ((day(0), 5),), closed=day(9), outcome=Outcome.LOST)
    columns, nine = replay([won, lost]), day(9).toordinal()
    assert columns.earned(nine - 1, nine) == 7
    assert columns.earned(nine, nine + 5) == 0
    assert list(columns.won_between(nine - 1, nine)) == [True, False]


def test_stages_of_open_deals_alone_are_no_stages() -> None:
    """Where only deals that are still open have a stage, having one would tell that it was never decided."""
    still = Life(1, day(0), ((day(0), 5),), ((day(0), "need"),))
    gone = Life(2, day(0), ((day(0), 5),), closed=day(9), outcome=Outcome.WON, won=7)
    columns = replay([still, gone], STAGES)
    assert list(columns.standing(day(8).toordinal()).stage) == [0, UNTOLD]
    assert list(columns.standing(day(9).toordinal()).stage) == [UNTOLD]
