"""What a number leaves out: the like of what was counted with another outcome, and rows that were refused."""

from __future__ import annotations

from datetime import date

import pytest

from tests import world
from tests.world import TODAY, deal, operator, person
from upswing.core.metrics import metric
from upswing.core.period import month_of
from upswing.core.records import Origin, Problem, Severity
from upswing.people.viewer import NotVisible
from upswing.queries.excluded import left_out
from upswing.queries.records import records

pytestmark = pytest.mark.django_db

OCTOBER = month_of(TODAY)


def out(key: str, who: str = "Tess", at: date = TODAY, files: tuple[str, ...] = ("deals.csv",)):
    return left_out(operator(), person(who).uid, metric(key), OCTOBER, at, files)


def test_deals_that_were_lost_are_not_among_those_won():
    """Tess lost one deal in October."""
    world.settle_in()
    assert out("won_value").outcomes == (("lost", 1),)
    assert out("deals_won").outcomes == (("lost", 1),)


def test_counted_and_left_out_are_together_all_that_was_closed():
    world.settle_in()
    counted, closed = (
        records(operator(), person("Tess").uid, key, OCTOBER, TODAY).total
        for key in ("deals_won", "win_rate")
    )
    assert counted + sum(count for _, count in out("deals_won").outcomes) == closed


def test_what_counts_every_outcome_leaves_nothing_out():
    world.settle_in()
    assert out("deals_created").outcomes == ()
    assert out("win_rate").outcomes == ()
    assert out("open_value").outcomes == ()


def test_what_came_after_the_moment_is_neither_counted_nor_left_out():
    world.settle_in(deal("late", "Tess", "2026-10-01", "2026-10-14", "lost", 100))
    before = out("deals_won", at=date(2026, 10, 13)).outcomes
    assert sum(count for _, count in out("deals_won").outcomes) == sum(count for _, count in before) + 1


def test_rows_that_were_refused_are_told_by_file_whoever_they_belong_to():
    refused = Problem(
        Severity.REFUSED, "owner_missing", Origin("deals.csv", 9), "X9", "owner", "", "Row 9 names nobody."
    )
    world.settle_in(refused)
    assert out("won_value").refused == (("deals.csv", 1),)
    assert out("won_value", files=("other.csv",)).refused == ()


def test_strangers_learn_nothing():
    world.settle_in()
    world.give_sign_ins()
    with pytest.raises(NotVisible):
        left_out(world.viewer("stan"), person("Tess").uid, metric("won_value"), OCTOBER, TODAY, ())
