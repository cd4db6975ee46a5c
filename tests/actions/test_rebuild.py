"""Rebuild gives what the increments gave; check finds what does not agree."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import world
from tests.actions.test_import import state
from tests.examples import examples
from tests.world import bring, deal, person
from upswing.actions.permission import NotAllowed
from upswing.actions.rebuild import check, rebuild
from upswing.ledger.models import Fact, RepDay, RepMonth

pytestmark = pytest.mark.django_db

DAYS = st.dates(min_value=world.TODAY.replace(year=2025), max_value=world.TODAY).map(str)


@st.composite
def deals(draw: st.DrawFn):
    first, last = sorted((draw(DAYS), draw(DAYS)))
    outcome = draw(st.sampled_from(["open", "won", "lost"]))
    rep = draw(st.sampled_from(["Tess", "Stan"]))
    key, amount = draw(st.sampled_from("ABCDE")), draw(st.integers(0, 10**6))
    return deal(key, rep, first, "" if outcome == "open" else last, outcome, amount)


@settings(max_examples=examples(15), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=st.lists(deals(), min_size=1, max_size=12))
def test_rebuild_equals_the_increments_whatever_came_in(history):
    with world.undone():
        bring(*world.roster())
        for item in history:
            bring(item)
        grown = state()
        assert check(world.operator()) == []
        rebuild(world.operator())
        assert state() == grown


def test_check_names_a_tier_that_lost_a_fact():
    world.settle_in()
    RepDay.objects.filter(rep=person("Tess"), day="2026-10-05").update(won_value=1)
    found = check(world.operator())
    assert any("rep_day lacks the figures" in sentence and "2026-10-05" in sentence for sentence in found)


def test_check_names_a_month_that_does_not_equal_its_days():
    world.settle_in()
    RepMonth.objects.filter(rep=person("Stan")).delete()
    assert any("rep_month lacks" in sentence for sentence in check(world.operator()))


def test_check_names_a_fact_without_a_record_and_one_that_is_missing():
    world.settle_in()
    Fact.objects.filter(kind="deal_won", rep=person("Nina")).update(amount=5)
    found = check(world.operator())
    assert any(sentence.startswith("A fact is missing: deal_won") for sentence in found)
    assert any(sentence.startswith("A fact has no record: deal_won") for sentence in found)


def test_rebuild_mends_what_check_found():
    world.settle_in()
    wanted = state()
    Fact.objects.all().delete()
    assert rebuild(world.operator()) == sum(1 for _ in wanted["f"])
    assert state() == wanted


def test_a_manager_may_not_rebuild(cast: None):
    with pytest.raises(NotAllowed):
        rebuild(world.viewer("mona"))
