"""Metrics: one declaration each, divided once, after everything is summed."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upswing.core.facts import WHOLE
from upswing.core.measures import FLOWS, NEW_FLOWS, OPEN_DEALS, OPEN_VALUE, Of, flows_of, records_of
from upswing.core.metrics import (
    CATALOGUE,
    FUNNEL_CARD,
    STARTER_CARD,
    UnknownMetric,
    activities,
    adoption,
    deals,
    development,
    leads,
    metric,
    proposals,
    revenue,
)
from upswing.core.metrics.metric import Kind, Metric, OfQuota, Ratio, Timing, Unit
from upswing.core.metrics.value import exact, measures_of, n_of, records_measure, value_of
from upswing.core.money import Money

COUNTED = {
    "deals_created": 12 * WHOLE, "deals_closed": 8 * WHOLE, "deals_won": 3 * WHOLE, "won_value": 100_000,
    "open_value": 250_000, "open_deals": 4 * WHOLE, "deals_unvalued": 0,
    "calls": 700 * WHOLE, "connects": 90 * WHOLE, "conversations": 60 * WHOLE,
    "meetings_booked": 7 * WHOLE, "meetings_due": 6 * WHOLE, "meetings_held": 5 * WHOLE, "meetings_positive": 2 * WHOLE,
    "leads_created": 40 * WHOLE, "leads_attempted": 30 * WHOLE, "leads_contacted": 20 * WHOLE,
    "leads_qualified": 10 * WHOLE, "proposals_sent": 9 * WHOLE, "proposed_value": 900_000,
    "invoices": 3 * WHOLE, "booked_revenue": 80_000, "created_value": 300_000, "deals_lost": 5 * WHOLE,
    "leads_disqualified": 8 * WHOLE, "response_time": 45 * 86_400, "emails": 50 * WHOLE, "emails_answered": 11 * WHOLE,
    "visits": 4 * WHOLE, "messages": 13 * WHOLE, "talk_time": 5_400, "prospecting_time": 36_000, "logins": 20 * WHOLE,
    "cycles": 2 * WHOLE, "cycle_time": 90 * 86_400,
    "courses": 3 * WHOLE, "learning_time": 9_000, "new_business": 20_000, "new_invoices": 2 * WHOLE,
    "lost_value": 60_000, "closed_value": 150_000, "deals_left": 20 * WHOLE, "stage_time": 200 * 86_400,
    "assessments": 8 * WHOLE, "assessments_met": 6 * WHOLE, "assessments_exceeded": 2 * WHOLE,
}  # fmt: skip
EVERY_METRIC = pytest.mark.parametrize("each", CATALOGUE.values(), ids=CATALOGUE)


def shown(of: Metric, quota: int | None = None, **counted: int):
    return value_of(of, COUNTED | counted, "EUR", None if quota is None else Fraction(quota))


def test_a_count_is_in_deals_and_an_amount_in_money():
    assert shown(deals.CREATED) == 12
    assert shown(deals.CREATED, deals_created=WHOLE // 3) == Fraction(333_333, 1_000_000)
    assert shown(revenue.WON) == Money(100_000, "EUR")
    assert shown(deals.OPEN) == Money(250_000, "EUR")


def test_a_ratio_is_divided_once_and_money_rounded_at_the_end():
    assert shown(deals.WIN_RATE) == Fraction(3, 8)
    assert shown(revenue.AVERAGE) == Money(33_333, "EUR")
    assert exact(revenue.AVERAGE, COUNTED) == Fraction(100_000, 3)
    assert shown(revenue.AVERAGE, won_value=5, deals_won=2 * WHOLE) == Money(3, "EUR")


def test_a_share_of_quota_is_not_capped():
    assert shown(revenue.ATTAINMENT, quota=40_000) == Fraction(5, 2)


def test_nothing_to_divide_by_is_unknown_not_zero():
    assert shown(deals.WIN_RATE, deals_closed=0) is None
    assert shown(revenue.AVERAGE, deals_won=0) is None
    assert shown(revenue.ATTAINMENT) is None
    assert shown(revenue.ATTAINMENT, quota=0) is None


def test_leakage_is_weighed_by_money_and_stays_are_told_in_days():
    assert exact(deals.LEAKAGE, COUNTED) == Fraction(60, 150)
    assert exact(deals.STAGE_DAYS, COUNTED) == 10
    assert value_of(deals.LEAKED, COUNTED, "EUR") == Money(60_000, "EUR")


def test_what_was_not_counted_is_zero():
    assert value_of(deals.WON, {}, "EUR") == 0
    assert value_of(revenue.WON, {}, "EUR") == Money(0, "EUR")
    assert value_of(deals.WIN_RATE, {}, "EUR") is None
    assert n_of(deals.WON, {}) == 0


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), min_size=1))
def test_a_pooled_ratio_is_no_mean_of_ratios(reps: list[tuple[int, int]]):
    won, lost = (sum(column) for column in zip(*reps, strict=True))
    pooled = {"deals_won": won * WHOLE, "deals_closed": (won + lost) * WHOLE}
    assert exact(deals.WIN_RATE, pooled) == (Fraction(won, won + lost) if won + lost else None)


def test_n_is_the_denominator_of_a_rate_and_the_deals_behind_money():
    found = {key: n_of(each, COUNTED) for key, each in CATALOGUE.items()}
    assert found == {
        "deals_created": 12, "open_value": 4, "deals_won": 3, "win_rate": 8, "won_value": 3,
        "average_deal": 3, "attainment": 3,
        "calls": 700, "connect_rate": 700, "conversations": 60, "meetings_booked": 7, "meetings_held": 5,
        "meetings_positive": 2, "show_rate": 6, "leads_created": 40, "leads_attempted": 30, "leads_contacted": 20,
        "leads_qualified": 10, "proposals_sent": 9, "proposed_value": 9, "booked_revenue": 3,
        "booked_attainment": 3, "leads_disqualified": 8, "lead_attempt_rate": 40, "lead_contact_rate": 30,
        "lead_qualification_rate": 20, "lead_response_time": 30, "connects": 90, "conversation_rate": 90, "talk_time": 0,
        "emails": 50, "emails_answered": 11, "email_answer_rate": 50, "visits": 4, "messages": 13, "booking_rate": 60,
        "meetings_due": 6, "positive_rate": 5, "prospecting_hours": 0, "meetings_per_hour": 7, "calls_per_lead": 30,
        "created_value": 12, "open_deals": 4, "deals_per_meeting": 2, "deals_closed": 8, "deals_lost": 5,
        "sales_cycle": 2, "average_proposal": 9, "proposals_per_meeting": 2, "wins_per_proposal": 9, "invoices": 3,
        "average_invoice": 3, "logins": 20, "courses": 3, "learning_hours": 0, "assessments": 8, "standard_met_rate": 8,
        "rubric_level": 8, "lost_value": 5, "pipeline_leakage": 8, "time_in_stage": 20,
        "new_business": 2,
    }  # fmt: skip


def test_half_a_deal_is_one_record():
    assert n_of(deals.WON, {"deals_won": WHOLE // 2}) == 1
    assert n_of(deals.WON, {"deals_won": 3 * WHOLE // 2}) == 2


def test_a_metric_that_declares_no_count_stands_on_none():
    assert records_measure(deals.OPEN) is OPEN_DEALS
    assert records_measure(replace(revenue.AVERAGE, evidence=None)) is None
    assert n_of(replace(revenue.AVERAGE, evidence=None), COUNTED) == 0


@EVERY_METRIC
def test_everything_a_metric_needs_is_named_once(each: Metric):
    needed = measures_of(each)
    assert len(set(needed)) == len(needed)
    only = {measure.key: COUNTED[measure.key] for measure in needed}
    assert value_of(each, only, "EUR", Fraction(1)) == value_of(each, COUNTED, "EUR", Fraction(1))
    assert n_of(each, only) == n_of(each, COUNTED)


@EVERY_METRIC
def test_every_measure_of_a_metric_is_made_of_columns_or_of_bookings_of_new_accounts(each: Metric):
    assert {flow for measure in measures_of(each) for flow in flows_of(measure)} <= {*FLOWS, *NEW_FLOWS}


@EVERY_METRIC
def test_a_metric_says_what_it_is_in_a_sentence(each: Metric):
    assert each.help.endswith(".")
    assert each.purpose.endswith(".")
    assert each.label
    assert each.key == each.key.lower()


@EVERY_METRIC
def test_units_fit_what_is_divided(each: Metric):
    if isinstance(each.value, OfQuota):
        assert each.unit is Unit.SHARE
    if isinstance(each.value, Ratio):
        per = flows_of(each.value.per)[0]
        assert each.unit in (Unit.SHARE, Unit.MONEY, Unit.RATIO, Unit.DAYS)
        stands_on = {Of.SECONDS: each.value.of, Of.AMOUNT: records_of(per), Of.CREDIT: each.value.per}
        assert each.evidence is stands_on[per.of]
    elif each.unit is Unit.HOURS:
        assert each.evidence is None


def test_the_catalogue_holds_every_metric_under_its_own_key():
    families = (leads, activities, deals, proposals, revenue, development, adoption)
    declared = [value for family in families for value in vars(family).values() if isinstance(value, Metric)]
    assert len(CATALOGUE) == len(declared)
    assert all(CATALOGUE[each.key] is each for each in declared)
    assert {*STARTER_CARD, *FUNNEL_CARD} <= set(declared)


def test_the_card_of_the_whole_funnel_has_six_lines_two_leading_for_each_lagging():
    leading = [each for each in FUNNEL_CARD if each.timing is Timing.LEADING]
    assert (len(FUNNEL_CARD), len(leading)) == (6, 4)


def test_a_metric_nobody_knows_is_answered_with_a_near_one():
    assert metric("win_rate") is deals.WIN_RATE
    with pytest.raises(UnknownMetric, match=r"No metric is called “win_rat”\. Did you mean “win_rate”\?"):
        metric("win_rat")
    with pytest.raises(UnknownMetric, match="There are: assessments, attainment"):
        metric("xyz")


def test_time_reads_in_hours_and_cycles_in_days():
    assert shown(activities.TALKED) == Fraction(3, 2)
    assert shown(deals.CYCLE) == 45
    assert shown(leads.RESPONSE) == Fraction(45, 30)
    assert shown(activities.PER_HOUR) == Fraction(7, 10)


def test_the_mean_level_counts_one_below_the_standard_two_where_it_is_met_and_three_beyond():
    assert shown(development.RUBRIC_LEVEL) == Fraction(2 * 1 + 4 * 2 + 2 * 3, 8)
    assert shown(development.MEETS_STANDARD) == Fraction(6, 8)
    assert shown(development.RUBRIC_LEVEL, assessments_met=0, assessments_exceeded=0) == 1
    assert shown(development.RUBRIC_LEVEL, assessments_met=8 * WHOLE, assessments_exceeded=8 * WHOLE) == 3
    assert shown(development.LEARNT) == Fraction(5, 2)


def test_the_catalogue_covers_the_whole_funnel_and_keeps_sign_ins_off_cards():
    assert len(CATALOGUE) >= 40
    assert {each.kind for each in CATALOGUE.values()} == set(Kind)
    assert [each.key for each in CATALOGUE.values() if not each.judged] == ["logins"]


def test_open_value_is_a_stock():
    assert deals.OPEN.value.measure is OPEN_VALUE
    assert deals.OPEN.evidence is None
