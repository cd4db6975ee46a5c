"""Who may see whom: the whole table, and that hidden and missing look alike."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest

from tests import world
from upswing.core.benchmarks import BenchmarkKind
from upswing.core.people import AccessRole
from upswing.core.period import month_of
from upswing.core.records import Origin, PersonRecord
from upswing.ledger.counting import Slot, count, pool
from upswing.people.models import User
from upswing.people.viewer import NotVisible
from upswing.queries.material import MEASURES
from upswing.queries.people import reps
from upswing.queries.records import records
from upswing.queries.scorecard import scorecard
from upswing.queries.team import team, team_called
from upswing.queries.viewers import viewer_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast")]

OCTOBER = month_of(world.TODAY)
ALL = {"Tess", "Stan", "Rami", "Nina"}
SEES = {
    "tess": {"Tess"},
    "stan": {"Stan"},
    "mona": {"Tess", "Stan", "Rami"},
    "otto": {"Nina"},
    "olga": ALL,
    "ada": set(),
}


@pytest.mark.parametrize("who", SEES)
def test_each_opens_exactly_the_scorecards_of_whom_they_may_see(who: str):
    opened = set()
    for name in ALL:
        try:
            opened.add(scorecard(world.viewer(who), world.person(name).uid, OCTOBER, world.TODAY).rep)
        except NotVisible:
            continue
    assert opened == SEES[who]


@pytest.mark.parametrize("who", SEES)
def test_each_finds_exactly_those_in_lists_and_boards(who: str):
    viewer = world.viewer(who)
    assert {rep.name for rep in reps(viewer)} == SEES[who]
    if viewer.role is AccessRole.REP:
        with pytest.raises(NotVisible):
            team(viewer, OCTOBER, world.TODAY)
        return
    assert {card.rep for card in team(viewer, OCTOBER, world.TODAY).cards} == SEES[who]


@pytest.mark.parametrize("who", SEES)
def test_records_are_seen_by_whoever_sees_the_number(who: str):
    for name in ALL - SEES[who]:
        with pytest.raises(NotVisible):
            records(world.viewer(who), world.person(name).uid, "won_value", OCTOBER, world.TODAY)


def test_hidden_and_missing_say_the_same():
    said = []
    for uid in (world.person("Nina").uid, uuid4()):
        with pytest.raises(NotVisible) as refused:
            scorecard(world.viewer("tess"), uid, OCTOBER, world.TODAY)
        said.append(str(refused.value))
    assert said[0] == said[1]


def test_otto_cannot_open_mona_s_team():
    with pytest.raises(NotVisible):
        team(world.viewer("otto"), OCTOBER, world.TODAY, team_called(world.operator(), "Team Mona"))


def test_otto_is_offered_only_teams_with_people_he_may_see():
    assert [found.name for found in team(world.viewer("otto"), OCTOBER, world.TODAY).teams] == ["Team Otto"]


def test_a_deactivated_user_sees_nobody():
    User.objects.filter(email="mona@example.com").update(is_active=False)
    assert not reps(world.viewer("mona"))


def test_a_user_without_a_person_sees_nobody():
    user = User.objects.create_user("stray@example.com", "a long enough password")
    assert not reps(viewer_of(user, world.TODAY))


def test_a_rep_who_moves_is_seen_by_the_new_manager_from_that_day_and_not_by_the_old():
    moved = world.TODAY
    world.bring(PersonRecord("Tess", Origin("people.csv", 2), manager="Otto"))

    def sees(name: str, day: date) -> bool:
        viewer = viewer_of(world.user(name), day)
        return "Tess" in {rep.name for rep in reps(viewer)}

    before, after = moved - timedelta(days=1), moved + timedelta(days=1)
    assert [(sees("mona", day), sees("otto", day)) for day in (before, moved, after)] == [
        (True, False), (False, True), (False, True),
    ]  # fmt: skip


def test_counting_refuses_people_outside_the_sight_whatever_the_caller_thinks():
    slot = Slot("now", OCTOBER, world.TODAY)
    viewer, nina = world.viewer("mona"), world.person("Nina").id
    with pytest.raises(NotVisible):
        count(viewer.sight, [nina], [slot], MEASURES)
    assert pool(viewer.sight, [nina], slot, MEASURES)
    with pytest.raises(NotVisible):
        pool(type(viewer.sight)(), [nina], slot, MEASURES)


def team_benchmark(who: str, rep: str):
    card = scorecard(world.viewer(who), world.person(rep).uid, OCTOBER, world.TODAY)
    won = next(line for line in card.lines if line.metric.key == "won_value")
    return next(found for found in won.benchmarks if found.kind is BenchmarkKind.TEAM)


def sellers(count: int, manager: str) -> None:
    names = [f"{manager}'s {number}" for number in range(count)]
    world.bring(
        *(PersonRecord(name, Origin("people.csv", 2), manager=manager) for name in names), source="more"
    )
    deals = (world.deal(f"B-{name}", name, "2026-10-01", "2026-10-02", "won", 1_000) for name in names)
    world.bring(*deals, source="more")


def test_no_figure_of_a_stranger_follows_from_a_comparison():
    """Mona sees seven; Nina alone is hidden from her, so no pool may hold Nina with people Mona can subtract."""
    sellers(2, "Mona")
    assert (team_benchmark("mona", "Tess").reason, team_benchmark("mona", "Tess").n) == ("too_few_people", 5)
    assert team_benchmark("olga", "Tess").value is not None


@pytest.mark.parametrize(("hidden", "shown"), [(3, False), (4, True)])
def test_five_strangers_are_enough_to_be_pooled(hidden: int, shown: bool):
    sellers(hidden, "Otto")  # with Nina one more
    assert (team_benchmark("mona", "Tess").value is not None) is shown


@pytest.mark.parametrize(("others", "shown"), [(1, False), (2, True)])
def test_five_others_are_enough_to_be_compared_with(others: int, shown: bool):
    sellers(others + 1, "Mona")  # with Stan and Rami
    assert (team_benchmark("mona", "Tess").group == "Team Mona") is shown
