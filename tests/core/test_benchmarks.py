"""Benchmarks: the same calculation with another period or population."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upswing.core.benchmarks import (
    Benchmark,
    BenchmarkKind,
    Industry,
    industry,
    own_past,
    team_of,
    top_quartile,
)
from upswing.core.facts import WHOLE
from upswing.core.metrics import deals, revenue
from upswing.core.metrics.metric import Better, Metric
from upswing.core.money import Money
from upswing.core.period import month_of

JULY = month_of(date(2026, 7, 1))
NOBODY = {"deals_won": 0, "deals_closed": 0, "won_value": 0}


def rep(won: int, closed: int, value: int = 0) -> dict[str, int]:
    return {"deals_won": won * WHOLE, "deals_closed": closed * WHOLE, "won_value": value}


FIVE = [rep(1, 1, 1_000), rep(0, 9, 0), rep(2, 5, 3_000), rep(3, 5, 3_000), rep(4, 20, 3_001)]


def team(metric: Metric, others=FIVE, **more) -> Benchmark:
    return team_of(others, metric, "EUR", JULY, **more)


def test_the_own_past_stands_on_its_records():
    assert own_past(Fraction(1, 3), 9, JULY) == Benchmark(BenchmarkKind.OWN_PAST, Fraction(1, 3), 9, JULY)
    assert own_past(None, 0, JULY).reason == "no_data"


def test_a_count_is_the_mean_of_the_others():
    assert team(deals.WON) == Benchmark(BenchmarkKind.TEAM, Fraction(2), 5, JULY)


def test_money_is_the_mean_rounded_to_a_cent():
    assert team(revenue.WON).value == Money(2_000, "EUR")


def test_a_rate_is_pooled_not_averaged():
    assert team(deals.WIN_RATE).value == Fraction(10, 40)
    assert team(revenue.AVERAGE, [*FIVE, rep(1, 1, 1_000)]).value == Money(1_000, "EUR")


def test_somebody_without_any_record_does_not_lower_the_mean():
    assert team(deals.WON, [*FIVE, NOBODY]) == team(deals.WON)


def test_fewer_than_five_others_are_no_team():
    few = team(deals.WON, [*FIVE[:4], NOBODY])
    assert (few.value, few.n, few.reason) == (None, 4, "too_few_people")
    assert team(deals.WON, FIVE[:2], minimum=2).n == 2


def test_only_those_who_decided_deals_make_up_a_win_rate():
    pipeline_only = {"deals_created": 5 * WHOLE}
    assert team(deals.WIN_RATE, [*FIVE[:4], pipeline_only]).reason == "too_few_people"


def test_nobody_at_all_is_too_few_whatever_the_minimum():
    assert team(deals.WON, [], minimum=0).reason == "too_few_people"


def test_attainment_pools_those_who_have_a_quota():
    quotas = [Fraction(2_000)] * 4 + [None]
    assert team(revenue.ATTAINMENT, quotas=quotas).reason == "too_few_people"
    found = team(revenue.ATTAINMENT, quotas=quotas, minimum=4)
    assert (found.value, found.n) == (Fraction(7_000, 8_000), 4)
    assert team(revenue.ATTAINMENT).reason == "too_few_people"


def test_quotas_must_run_parallel_to_the_others():
    with pytest.raises(ValueError, match="shorter"):
        team(revenue.ATTAINMENT, quotas=[Fraction(1)])


@given(st.lists(st.integers(1, 40), min_size=5, max_size=12), st.randoms())
def test_the_order_of_people_does_not_matter(sizes: list[int], random):
    others = [rep(size, 2 * size, size * 100) for size in sizes]
    shuffled = random.sample(others, len(others))
    for metric in (deals.WON, deals.WIN_RATE, revenue.WON, revenue.AVERAGE):
        assert team(metric, others) == team(metric, shuffled)


@pytest.mark.parametrize("kind", [BenchmarkKind.ROLE_PEERS, BenchmarkKind.ORGANISATION])
def test_role_peers_and_the_organisation_are_counted_as_a_team_is(kind: BenchmarkKind):
    assert team(deals.WIN_RATE, kind=kind) == replace(team(deals.WIN_RATE), kind=kind)
    few = team(deals.WON, FIVE[:4], kind=kind)
    assert (few.kind, few.value, few.reason) == (kind, None, "too_few_people")


EIGHT = [0.2, 0.5, 0.3, 0.4, 0.8, 0.6, 0.7, 0.1]
"""The 75th percentile lies a quarter of the way from 0.6 to 0.7."""


def quartile(metric: Metric, shrunken=EIGHT, **more) -> Benchmark:
    return top_quartile(shrunken, metric, "EUR", JULY, **more)


def test_the_top_quarter_begins_at_the_75th_percentile():
    found = quartile(deals.WIN_RATE, group="Nordics")
    assert (found.kind, found.n, found.group) == (BenchmarkKind.TOP_QUARTILE, 8, "Nordics")
    assert float(found.value) == pytest.approx(0.625)


def test_a_ratio_to_what_was_expected_becomes_the_reps_own_number():
    assert float(quartile(deals.WON, expected=Fraction(40)).value) == pytest.approx(25)
    assert quartile(revenue.WON, expected=Fraction(1_000_000)).value == Money(625_000, "EUR")


def test_the_top_quarter_is_the_lower_one_where_lower_is_better():
    fewer_is_better = replace(deals.WIN_RATE, better=Better.LOWER)
    assert float(quartile(fewer_is_better).value) == pytest.approx(0.275)


def test_seven_people_have_no_top_quarter():
    few = quartile(deals.WIN_RATE, EIGHT[:7])
    assert (few.value, few.n, few.reason) == (None, 7, "too_few_people")


def test_an_industry_figure_carries_its_source_date_cases_and_meaning():
    figure = Industry(Fraction(21, 100), "Sales Survey", date(2026, 3, 1), 412, "won deals of deals closed")
    found = industry(figure, JULY)
    assert (found.kind, found.value, found.n) == (BenchmarkKind.INDUSTRY, Fraction(21, 100), 412)
    assert found.source == "Sales Survey, 2026-03-01: won deals of deals closed"


@pytest.mark.parametrize(
    ("source", "published", "n", "definition", "missing"),
    [
        (" ", date(2026, 3, 1), 5, "won of closed", "source:"),
        ("Survey", None, 0, "won of closed", "date and number of cases:"),
        ("Survey", date(2026, 3, 1), 5, "", "definition:"),
    ],
)
def test_an_industry_figure_without_its_origin_is_refused(source, published, n, definition, missing):
    with pytest.raises(ValueError, match=f"lacks its {missing}"):
        Industry(Fraction(1, 5), source, published, n, definition)
