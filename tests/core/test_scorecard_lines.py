"""Lines of a card: actual, target, pace, band, evidence and the reason where one of them is missing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.strategies import calendars, near_days, positive
from upswing.core.bands import Band, Borders
from upswing.core.calendar import Calendar
from upswing.core.evidence import Evidence
from upswing.core.facts import WHOLE
from upswing.core.metrics import CATALOGUE, STARTER_CARD, deals, revenue
from upswing.core.metrics.metric import Better, Metric
from upswing.core.money import Money
from upswing.core.period import month_of, parse_period
from upswing.core.scorecard import Line, Point, Terms, line
from upswing.core.targets import NoTarget, Target, aim

JULY = month_of(date(2026, 7, 1))
FIRST, MIDDLE, LAST = date(2026, 7, 1), date(2026, 7, 14), date(2026, 7, 31)
EVERY_METRIC = pytest.mark.parametrize("metric", CATALOGUE.values(), ids=CATALOGUE)


def euro(minor: int) -> Money:
    return Money(minor, "EUR")


def terms(at: date = LAST, average: int | None = None, **more) -> Terms:
    return Terms(JULY, at, Calendar(), "EUR", average_deal=None if average is None else euro(average), **more)


def counted(**deals_or_money: int) -> dict[str, int]:
    """Counts as people write them: deals in whole deals, money in minor units."""
    return {key: n if key.endswith("value") else n * WHOLE for key, n in deals_or_money.items()}


def judged(
    metric: Metric, target: str | int | None, at: date = LAST, average: int | None = None, **counts
) -> Line:
    aimed = None if target is None else Target(Fraction(target))
    return line(metric, counted(**counts), aimed, terms(at, average))


def test_eight_of_twenty_deals_needs_support_clearly():
    found = judged(deals.CREATED, 20, deals_created=8)
    assert (found.actual, found.target, found.expected, found.attainment) == (8, 20, 20, Fraction(2, 5))
    assert (found.band, found.evidence, found.n, found.due) == (Band.NEEDS_SUPPORT, Evidence.CLEAR, 8, 20)
    assert found.reason is None
    assert found.prompts


def test_a_running_month_is_judged_by_the_part_due_by_now():
    found = judged(deals.CREATED, 23, MIDDLE, deals_created=10)
    assert (found.target, found.expected, found.attainment) == (23, 10, 1)
    assert (found.band, found.evidence) == (Band.ON_TRACK, None)


def test_three_of_five_deals_is_too_early_and_makes_no_suggestion():
    found = judged(deals.CREATED, 5, deals_created=3)
    assert (found.band, found.evidence, found.prompts) == (Band.NEEDS_SUPPORT, Evidence.TOO_EARLY, False)


def test_on_track_with_nine_expected_is_too_early():
    assert judged(deals.CREATED, 9, deals_created=9).evidence is Evidence.TOO_EARLY
    assert judged(deals.CREATED, 10, deals_created=10).evidence is None


def test_clear_evidence_on_fewer_than_ten_expected_makes_no_suggestion():
    found = judged(deals.CREATED, 9, deals_created=0)
    assert (found.evidence, found.prompts) == (Evidence.CLEAR, False)


def test_nothing_created_at_all_is_zero_not_unknown():
    found = judged(deals.CREATED, None)
    assert (found.actual, found.n, found.reason) == (0, 0, "no_target")
    assert (found.target, found.expected, found.attainment, found.band, found.evidence) == (None,) * 5


def test_the_reason_for_no_target_is_handed_on():
    assert line(deals.CREATED, {}, NoTarget("partly_set"), terms()).reason == "partly_set"
    assert line(deals.WIN_RATE, {}, NoTarget("no_target"), terms()).reason == "no_data"
    assert line(revenue.ATTAINMENT, {}, NoTarget("no_days"), terms()).reason == "no_days"


def test_before_the_first_day_nothing_is_judged():
    for metric in (deals.CREATED, revenue.WON, revenue.ATTAINMENT):
        found = judged(metric, 20, date(2026, 6, 30))
        assert (found.band, found.evidence, found.attainment, found.reason) == (
            None,
            None,
            None,
            "not_started",
        )
    assert judged(deals.CREATED, 20, date(2026, 6, 30)).expected == 0


def test_money_is_weighed_in_average_deals_and_scatters_more_than_a_count():
    found = judged(revenue.WON, 200_000, average=10_000, won_value=80_000, deals_won=8)
    assert (found.actual, found.expected) == (euro(80_000), euro(200_000))
    assert (found.band, found.evidence, found.due, found.n) == (Band.NEEDS_SUPPORT, Evidence.LEANING, 20, 8)


def test_without_a_team_the_rep_s_own_average_deal_is_borrowed():
    assert judged(revenue.WON, 200_000, won_value=80_000, deals_won=8).due == 20


def test_money_without_any_average_deal_is_too_early():
    found = judged(revenue.WON, 200_000)
    assert (found.actual, found.band, found.evidence) == (euro(0), Band.NEEDS_SUPPORT, Evidence.TOO_EARLY)
    assert not found.prompts


def test_many_small_deals_are_no_clear_evidence_of_too_little_money():
    found = judged(revenue.WON, 200_000, average=10_000, won_value=90_000, deals_won=60)
    assert (found.band, found.evidence) == (Band.NEEDS_SUPPORT, Evidence.LEANING)


def test_large_deals_are_weighed_by_their_own_size_so_few_of_them_say_little():
    found = judged(revenue.WON, 200_000, average=10_000, won_value=300_000, deals_won=3)
    assert (found.band, found.evidence, found.due) == (Band.OUTSTANDING, Evidence.TOO_EARLY, 2)


@pytest.mark.parametrize("expected", [10, 20, 50])
def test_reps_on_target_whose_deals_vary_in_size_are_rarely_prompted(expected: int):
    """2,000 reps, Poisson wins around the target, lognormal sizes with σ 0.7: at most 1.5 % are prompted."""
    chance = np.random.default_rng(20260701 + expected)
    wins = chance.poisson(expected, 2_000)
    prompted = 0
    for count in wins:
        sizes = chance.lognormal(-0.245, 0.7, count) * 10_000
        line = judged(
            revenue.WON, expected * 10_000, average=10_000, won_value=int(sizes.sum()), deals_won=int(count)
        )
        prompted += line.prompts
    assert prompted / len(wins) <= 0.015


def test_quota_attainment_is_won_value_of_quota_and_due_like_it():
    found = judged(revenue.ATTAINMENT, 230_000, MIDDLE, 10_000, won_value=300_000, deals_won=30)
    assert (found.target, found.actual, found.expected) == (1, Fraction(30, 23), Fraction(10, 23))
    assert found.attainment == 3
    assert (found.band, found.evidence) == (Band.OUTSTANDING, Evidence.CLEAR)


@given(st.integers(0, 10**7), st.integers(0, 60), positive, near_days)
def test_quota_attainment_and_won_value_tell_the_same_story(value: int, won: int, quota: Fraction, at: date):
    counts = {"won_value": value, "deals_won": won}
    one, other = (judged(metric, quota, at, 5_000, **counts) for metric in (revenue.WON, revenue.ATTAINMENT))
    assert (one.attainment, one.band, one.evidence, one.due) == (
        other.attainment,
        other.band,
        other.evidence,
        other.due,
    )


def test_a_rate_is_held_against_the_whole_target():
    found = judged(deals.WIN_RATE, "0.3", MIDDLE, deals_won=30, deals_closed=200)
    assert (found.actual, found.expected, found.attainment) == (
        Fraction(3, 20),
        Fraction(3, 10),
        Fraction(1, 2),
    )
    assert (found.band, found.evidence, found.n, found.due) == (Band.NEEDS_SUPPORT, Evidence.CLEAR, 200, 60)


def test_a_rate_of_few_deals_takes_no_band():
    found = judged(deals.WIN_RATE, "0.3", deals_won=1, deals_closed=8)
    assert (found.band, found.evidence, found.reason) == (None, Evidence.TOO_EARLY, "too_few")
    assert found.attainment == Fraction(5, 12)


def test_a_rate_on_track_with_many_deals_takes_its_band():
    found = judged(deals.WIN_RATE, "0.3", deals_won=60, deals_closed=200)
    assert (found.band, found.evidence, found.reason) == (Band.ON_TRACK, None, None)


def test_a_rate_nobody_could_count_yet_has_no_value():
    found = judged(deals.WIN_RATE, "0.3")
    assert (found.actual, found.target, found.band, found.reason) == (None, Fraction(3, 10), None, "no_data")


def test_a_target_rate_above_one_is_no_target():
    assert judged(deals.WIN_RATE, "1.5", deals_won=1, deals_closed=2).reason == "no_target"
    assert judged(revenue.ATTAINMENT, "1.5", won_value=3).attainment == 2


@pytest.mark.parametrize(
    ("won", "band", "evidence"),
    [
        (9, None, Evidence.TOO_EARLY),
        (10, Band.NEEDS_SUPPORT, Evidence.LEANING),
        (500, Band.NEEDS_SUPPORT, Evidence.LEANING),
    ],
)
def test_an_average_deal_leans_at_most(won: int, band: Band | None, evidence: Evidence):
    found = judged(revenue.AVERAGE, 10_000, deals_won=won, won_value=5_000 * won)
    assert (found.actual, found.band, found.evidence) == (euro(5_000), band, evidence)
    assert not found.prompts


def test_an_average_deal_on_track_with_enough_deals_has_nothing_to_qualify():
    assert judged(revenue.AVERAGE, 10_000, deals_won=10, won_value=100_000).evidence is None


def test_a_stock_takes_a_plain_band_and_has_no_pace():
    found = judged(deals.OPEN, 100_000, FIRST, open_value=70_000, open_deals=7)
    assert (found.expected, found.band, found.evidence, found.n) == (
        euro(100_000),
        Band.NEEDS_SUPPORT,
        None,
        7,
    )


def test_where_lower_is_better_attainment_and_band_are_turned_round():
    lost = replace(deals.CREATED, better=Better.LOWER)
    found = judged(lost, 20, deals_created=40)
    assert (found.attainment, found.band, found.evidence) == (
        Fraction(1, 2),
        Band.NEEDS_SUPPORT,
        Evidence.CLEAR,
    )


def test_borders_are_data():
    strict = replace(terms(), borders=Borders(Fraction(9, 10), Fraction(2)))
    assert (
        line(deals.CREATED, counted(deals_created=9), Target(Fraction(10)), strict).band is Band.NEEDS_SUPPORT
    )


def test_benchmarks_and_history_are_handed_through_and_change_no_band():
    past = (Point(JULY.previous(), Fraction(3)),)
    found = line(deals.CREATED, counted(deals_created=8), Target(Fraction(20)), terms(), (), past)
    assert found.history == past
    assert replace(found, history=()) == judged(deals.CREATED, 20, deals_created=8)


def test_a_line_lists_only_money_of_the_organisation():
    card = [judged(metric, "0.5", deals_won=1, deals_closed=2, won_value=9) for metric in STARTER_CARD]
    assert {each.actual.currency for each in card if isinstance(each.actual, Money)} == {"EUR"}


@EVERY_METRIC
@given(st.integers(0, 400), st.integers(0, 400), positive, near_days)
def test_a_line_always_says_why_something_is_missing(
    metric: Metric, won: int, lost: int, target: Fraction, at: date
):
    counts = {"deals_created": won, "deals_won": won, "deals_closed": won + lost, "won_value": won * lost}
    found = judged(metric, target, at, 1_000, **counts)
    assert (found.reason is None) == (found.band is not None)
    assert found.prompts <= (found.band is Band.NEEDS_SUPPORT)
    assert found.n >= 0


@given(st.integers(0, 100), st.integers(0, 100), positive, calendars(), near_days)
def test_attainment_rises_with_what_was_counted(
    one: int, other: int, quota: Fraction, calendar: Calendar, at: date
):
    first_half = parse_period("2026-01-01..2026-06-30", at)
    low, high = (
        line(
            deals.CREATED, counted(deals_created=count), aim(quota, first_half, first_half, calendar),
            Terms(first_half, at, calendar, "EUR"),
        ).attainment
        for count in sorted((one, other))
    )  # fmt: skip
    assert (low is None) == (high is None)
    assert low is None or low <= high
