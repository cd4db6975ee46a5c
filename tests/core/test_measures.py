"""Measures: flows are columns, stocks are made of flows."""

from __future__ import annotations

from upswing.core import measures
from upswing.core.facts import FactKind
from upswing.core.measures import (
    FLOWS,
    NEW_FLOWS,
    OPEN_DEALS,
    OPEN_VALUE,
    STAGE_FLOWS,
    Flow,
    Of,
    Stock,
    flows_of,
)

DECLARED = [value for value in vars(measures).values() if isinstance(value, Flow | Stock)]


def test_every_flow_declared_is_a_column_once():
    assert sorted(flow.key for flow in FLOWS + STAGE_FLOWS + NEW_FLOWS) == sorted(
        m.key for m in DECLARED if isinstance(m, Flow)
    )
    assert len({flow.key for flow in FLOWS}) == len(FLOWS)


def test_no_two_measures_share_a_key():
    assert len({measure.key for measure in DECLARED}) == len(DECLARED)


def test_keys_are_names_a_database_takes_as_columns():
    assert all(measure.key.isidentifier() and measure.key.islower() for measure in DECLARED)


def test_no_two_flows_add_up_the_same():
    assert len({(flow.kind, flow.of, flow.outcomes) for flow in FLOWS}) == len(FLOWS)


def test_every_kind_of_fact_is_counted_or_summed_by_some_flow():
    assert {flow.kind for flow in FLOWS + STAGE_FLOWS + NEW_FLOWS} == set(FactKind)


def test_a_stock_is_made_of_flows_that_are_columns_all_of_one_sort():
    for stock in (OPEN_DEALS, OPEN_VALUE):
        assert set(flows_of(stock)) <= set(FLOWS)
        assert len({flow.of for flow in flows_of(stock)}) == 1


def test_the_value_of_open_deals_moves_with_their_count():
    counts, sums = ({flow.kind for flow in flows_of(stock)} for stock in (OPEN_DEALS, OPEN_VALUE))
    assert counts == sums - {FactKind.DEAL_AMENDED}


def test_a_flow_is_made_of_itself():
    assert flows_of(FLOWS[0]) == (FLOWS[0],)
    assert FLOWS[0].of is Of.CREDIT
