"""What was said before a period came: the last forecast written down, the commit that stood, and how both did."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upswing.core.forecast.said import (
    NEAR,
    Named,
    PastForecast,
    Pooled,
    Since,
    last_before,
    pooled,
    score_of_commits,
    score_of_written,
    stood,
)
from upswing.core.period import month_of, quarter_of

OCTOBER = month_of(date(2026, 10, 1))
EVENING = date(2026, 9, 30)
SEVENTH = date(2026, 10, 7)


def written(day: date, *, nightly: bool = True, likely: int = 100) -> PastForecast:
    return PastForecast(day, nightly, likely, likely - 20, likely + 20)


def told(*words: tuple[int, int, int]) -> list[Named]:
    """(month, day, amount) of 2026, in order."""
    return [Named(date(2026, month, day), amount) for month, day, amount in words]


def test_the_latest_night_before_the_period_counts() -> None:
    nights = [written(EVENING - timedelta(days=days)) for days in (0, 3, 6)]
    found = last_before([*nights, written(OCTOBER.start)], OCTOBER)
    assert found == nights[0]


def test_what_was_written_down_on_demand_counts_only_where_no_night_was() -> None:
    night, asked = written(EVENING - timedelta(days=5)), written(EVENING, nightly=False, likely=900)
    assert last_before([asked, night], OCTOBER) == night
    later = written(EVENING, nightly=False, likely=800)
    assert last_before([asked, later], OCTOBER) == later


def test_eight_days_before_is_too_early_to_be_held_against_it() -> None:
    assert last_before([written(OCTOBER.start - timedelta(days=NEAR))], OCTOBER) is not None
    assert last_before([written(OCTOBER.start - timedelta(days=NEAR + 1))], OCTOBER) is None
    assert last_before([], OCTOBER) is None


def test_the_commit_of_the_evening_before_stands_whatever_is_said_later() -> None:
    words = told((9, 2, 5), (9, 30, 7), (10, 1, 9), (10, 20, 11))
    assert stood(words, OCTOBER) == (Named(EVENING, 7), Since.BEFORE)


def test_without_one_that_of_the_seventh_day_stands() -> None:
    words = told((10, 1, 9), (10, 7, 10), (10, 8, 11))
    assert stood(words, OCTOBER) == (Named(SEVENTH, 10), Since.FIRST_WEEK)
    quarter = quarter_of(OCTOBER.start)
    assert stood(words, quarter) == (Named(SEVENTH, 10), Since.FIRST_WEEK)


def test_a_later_one_is_told_and_not_compared() -> None:
    words = told((10, 8, 11), (10, 30, 12), (11, 2, 13))
    assert stood(words, OCTOBER) == (Named(date(2026, 10, 30), 12), Since.LATER)
    assert stood(told((11, 2, 13)), OCTOBER) is None
    assert stood([], OCTOBER) is None


def test_of_several_of_one_day_the_last_stands() -> None:
    assert stood(told((9, 30, 7), (9, 30, 8)), OCTOBER) == (Named(EVENING, 8), Since.BEFORE)


def test_commits_are_held_against_what_the_same_people_won() -> None:
    """Rami committed too late and Nina never: what they won is nobody's commit."""
    tess, stan, rami, nina = range(4)
    said = {tess: told((9, 15, 10_000)), stan: told((10, 5, 4_000)), rami: told((10, 12, 9_999))}
    won = {tess: 12_000, nina: 50_000, rami: 3_000}
    assert pooled(OCTOBER, said, won) == Pooled(OCTOBER, people=2, committed=14_000, won=12_000)
    assert pooled(OCTOBER, {rami: said[rami]}, won) is None
    assert pooled(OCTOBER, {}, won) is None


def test_commits_are_scored_as_every_other_way_is() -> None:
    """14 for 12 and 9 for 13: off by 2 and 4 of 25, 2 too low in all; a sixth and four thirteenths on average."""
    found = [Pooled(OCTOBER, 2, 14, 12), Pooled(OCTOBER.next(), 3, 9, 13)]
    scores = score_of_commits(found)
    assert (scores.wape, scores.bias, scores.n) == (pytest.approx(6 / 25), pytest.approx(-2 / 25), 2)
    assert scores.mape == pytest.approx((1 / 6 + 4 / 13) / 2)
    assert scores.coverage is None


def test_what_was_written_down_is_scored_with_its_range() -> None:
    """100 between 80 and 120, twice: 90 came and 130."""
    scores = score_of_written([(written(EVENING), 90), (written(EVENING), 130)])
    assert (scores.wape, scores.bias) == (pytest.approx(40 / 220), pytest.approx(-20 / 220))
    assert (scores.coverage, scores.n) == (0.5, 2)
    assert score_of_written([]).wape is None


@given(st.lists(st.tuples(st.integers(-40, 40), st.integers(0, 9)), max_size=8), st.integers(0, 9))
def test_what_is_said_after_the_seventh_day_changes_no_score(drawn: list[tuple[int, int]], late: int) -> None:
    words = [Named(OCTOBER.start + timedelta(days=days), amount) for days, amount in sorted(drawn)]
    later = [*[word for word in words if word.day <= SEVENTH], Named(date(2026, 10, 8), late)]
    early = [word for word in words if word.day <= SEVENTH]
    assert pooled(OCTOBER, {1: early}, {1: 5}) == pooled(OCTOBER, {1: later}, {1: 5})
