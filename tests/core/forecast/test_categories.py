"""What people say of deals adds up beside the forecast; what is left out is gone from it and raises nothing else."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.forecast.company import STAGES, company
from upswing.core.forecast.categories import CODES, Category, Sums, codes_of, counted
from upswing.core.forecast.learned import Learner, Rules
from upswing.core.forecast.outlook import Outlook, outlook
from upswing.core.forecast.publishing import Forecaster
from upswing.core.forecast.replay import replay

AT, FIRST, LAST = (date(2025, *each).toordinal() for each in ((9, 30), (10, 1), (10, 31)))


@pytest.fixture(scope="module")
def october() -> Outlook:
    return outlook(Forecaster(Learner(replay(company(7), STAGES), Rules())), AT, FIRST, LAST)


def test_commit_is_won_and_counted_on_and_best_case_what_is_possible_beside_it() -> None:
    said = {11: Category.COMMIT, 12: Category.BEST_CASE, 14: Category.OMITTED, 15: Category.COMMIT}
    deals = np.array([11, 12, 13, 14, 15])
    amounts, due = np.array([1_000, 200, 30, 4, 500]), np.array([True, True, True, True, False])
    assert counted(70, amounts, due, codes_of(deals, said)) == Sums(1_070, 1_270)


def test_a_deal_of_which_nothing_is_said_is_pipeline() -> None:
    assert codes_of(np.array([3, 4]), {4: Category.COMMIT}).tolist() == [
        CODES[Category.PIPELINE],
        CODES[Category.COMMIT],
    ]


def test_leaving_nothing_out_changes_nothing(october: Outlook) -> None:
    assert october.without(np.zeros(len(october.standing), bool)) is october


@given(st.data())
def test_what_is_left_out_takes_its_own_part_alone(october: Outlook, data: st.DataObject) -> None:
    many = len(october.standing)
    left = np.zeros(many, bool)
    left[data.draw(st.lists(st.integers(0, many - 1), min_size=1, max_size=30))] = True
    found = october.without(left)
    assert found.published is not None
    assert october.published is not None
    theirs = float((october.standing.amount * october.chance)[left].sum())
    assert found.published.value == pytest.approx(october.published.value - theirs)
    assert not found.due[left].any()
    assert not found.chance[left].any()
    assert not found.penalised[left].any()
    assert (found.chance[~left] == october.chance[~left]).all()
    assert found.staged <= october.staged
    assert found.staged_without_stalled <= october.staged_without_stalled
    was, now = october.published.range, found.published.range
    assert now.low / now.high == pytest.approx(was.low / was.high)
    made = float((found.standing.amount * found.chance).sum()) + found.fresh + found.unexplained
    assert made == pytest.approx(found.published.value)
    assert found.published.said[found.published.chosen] == found.published.value


def test_leaving_all_of_them_out_leaves_what_is_not_there_yet(october: Outlook) -> None:
    found = october.without(np.ones(len(october.standing), bool))
    assert found.published is not None
    assert found.published.value == pytest.approx(found.fresh + found.unexplained)
    assert found.staged == 0


def test_of_a_period_that_is_over_nothing_can_be_left_out(october: Outlook) -> None:
    past = outlook(Forecaster(Learner(replay(company(7), STAGES), Rules())), LAST, FIRST, LAST)
    found = past.without(np.ones(len(past.standing), bool))
    assert found.published is None
    assert found.won == past.won
