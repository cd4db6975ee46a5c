"""What a rep commits to and how their manager sees it: kept side by side, never in place of the computed figure."""

from __future__ import annotations

from datetime import date

import pytest

from tests import world
from tests.world import operator, person, viewer
from upswing.actions.committing import commit
from upswing.actions.permission import NotAllowed
from upswing.core.period import month_of
from upswing.goals.commits import Commit
from upswing.people.viewer import NotVisible
from upswing.queries.forecast import Row, forecast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast")]
OCTOBER = month_of(world.TODAY)


def tess() -> Row:
    return forecast(viewer("tess"), OCTOBER, world.TODAY, rep=person("Tess").uid).rows[0]


def say(who: str, minor: int, reason: str = "") -> None:
    commit(viewer(who), person("Tess").uid, OCTOBER, minor, reason, world.NOW)


def test_a_rep_commits_and_the_latest_counts() -> None:
    before = tess().figures
    say("tess", 2_500_000)
    say("tess", 2_400_000, "T4 moves to November")
    row = tess()
    assert row.commit is not None
    assert (row.commit.amount, row.commit.reason, row.commit.by) == (
        2_400_000,
        "T4 moves to November",
        "Tess",
    )
    assert row.figures == before
    assert Commit.objects.unscoped("test").count() == 2


def test_a_manager_s_view_has_a_reason_that_the_rep_reads() -> None:
    with pytest.raises(NotAllowed, match="Tess reads it beside your figure"):
        say("mona", 2_000_000, "  ")
    say("mona", 2_000_000, "T4 has no date yet")
    row = tess()
    assert row.view is not None
    assert (row.view.amount, row.view.reason, row.view.by) == (2_000_000, "T4 has no date yet", "Mona")
    assert row.commit is None


@pytest.mark.parametrize("name", ["stan", "otto"])
def test_nobody_speaks_about_somebody_they_do_not_see(name: str) -> None:
    with pytest.raises(NotVisible):
        say(name, 1, "because")


def test_what_cannot_be_committed_is_refused_with_the_next_step() -> None:
    with pytest.raises(NotAllowed, match="0 or more"):
        say("tess", -1)
    with pytest.raises(NotAllowed, match="at most 500"):
        say("tess", 1, "x" * 501)
    with pytest.raises(NotAllowed, match="2026-09 is over"):
        commit(operator(), person("Tess").uid, month_of(date(2026, 9, 1)), 1, "late", world.NOW)
    assert not Commit.objects.unscoped("test").exists()
