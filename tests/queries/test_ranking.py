"""A ranking is off until the team decides for it, names only who is clearly ahead, and never who is behind."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID, uuid4

import numpy as np
import pytest

from tests import world
from tests.world import NOW, TODAY, deal, operator, person
from upswing.actions import ranking as actions
from upswing.actions.people import set_user
from upswing.actions.permission import Incomplete
from upswing.actions.undoing import undo
from upswing.core.metrics import CATALOGUE
from upswing.core.people import AccessRole
from upswing.core.period import month_of
from upswing.core.ranks import Basis, Silence, Standing
from upswing.core.records import Origin, PersonRecord
from upswing.goals.rankings import TeamRanking
from upswing.intake.models import Batch
from upswing.people.models import Team, TimeOff
from upswing.people.viewer import NotVisible, Viewer
from upswing.queries.ranking import Ranking, open_to, rankable, ranking, rankings
from upswing.queries.viewers import viewer_of

pytestmark = pytest.mark.django_db

OCTOBER = month_of(TODAY)
NAMES = tuple(
    sorted(name.casefold() for name in ("Ann", "Bo", "Cy", "Dee", "Eve", "Flo", "Gus", "Hal", "Ida", "Jon"))
)
ALIKE = dict.fromkeys(NAMES, 24)
DAYS = [date(2026, 10, day) for day in range(1, 16) if date(2026, 10, day).weekday() < 5]


def settle(created: Mapping[str, int], month: int = 10) -> None:
    """One team; each person created so many deals, spread over the first working days of the month."""
    people = [PersonRecord(name, Origin("people.csv", 2), team="North", manager="Mona") for name in created]
    deals = [
        deal(f"{name} {month} {n}", name, DAYS[n % len(DAYS)].replace(month=month).isoformat())
        for name, count in created.items()
        for n in range(count)
    ]
    world.bring(*people, *deals, source=f"crm {month}")


def equals() -> dict[str, int]:
    """Ten equals, whose counts differ by chance alone."""
    return dict(zip(NAMES, np.random.default_rng(3).poisson(24, len(NAMES)).tolist(), strict=True))


def north() -> UUID:
    return Team.objects.get(name="North").uid


def reader(name: str, role: AccessRole = AccessRole.REP, known: bool = True) -> Viewer:
    set_user(operator(), f"{name}@example.com", role, name if known else None, world.PASSWORD)
    return viewer_of(world.user(name), TODAY)


def on(key: str = "deals_created", basis: Basis = Basis.EFFORT, who: Viewer | None = None) -> None:
    actions.switch_on(who or operator(), north(), key, basis, "We asked for it.", NOW)


def shown(who: Viewer | None = None, key: str = "deals_created") -> Ranking:
    return ranking(who or operator(), north(), key, OCTOBER, TODAY)


def test_of_equals_nobody_is_named():
    settle(equals())
    on()
    found = shown()
    assert found.ahead == ()
    assert found.told.silence is Silence.ALIKE
    assert found.told.placed == len(NAMES)


def test_who_is_clearly_ahead_is_named_and_nobody_else():
    settle(ALIKE | {"gus": 70, "eve": 3})
    on()
    found = shown()
    assert [name.casefold() for name in found.ahead] == ["gus"]
    assert found.told.silence is None


def test_each_reader_is_told_their_own_row():
    settle(ALIKE | {"gus": 70, "eve": 3})
    on()
    top, below, middle = (shown(reader(name)).told for name in ("gus", "eve", "ann"))
    assert (top.own, below.own, middle.own) == (Standing.ABOVE, Standing.BELOW, Standing.TOGETHER)
    assert below.alike is None
    assert middle.alike == 7  # of ten: less Gus, Eve and Ann


def test_asking_again_changes_nothing():
    settle(ALIKE | {"gus": 50})
    on()
    assert shown() == shown()


def test_who_was_away_is_measured_by_the_days_they_were_there():
    """24 deals are few beside 60, and what the others' pace makes of four days out of eleven."""
    settle(dict.fromkeys(NAMES, 60) | {"eve": 24})
    on()
    who = reader("eve")
    assert shown(who).told.own is Standing.BELOW
    for day in DAYS[4:]:
        TimeOff.objects.create(person=person("eve"), day=day)
    assert shown(who).told.own is Standing.TOGETHER


def test_improvement_is_beside_ones_own_past():
    """Gus has most in both months and gains nothing; Eve has few and gains most."""
    settle(dict.fromkeys(NAMES, 30) | {"gus": 90, "eve": 12}, month=9)
    settle(dict.fromkeys(NAMES, 30) | {"gus": 90, "eve": 60})
    on(basis=Basis.IMPROVEMENT)
    assert [name.casefold() for name in shown().ahead] == ["eve"]
    actions.switch_off(operator(), north(), "deals_created", NOW)
    on()
    assert "gus" in [name.casefold() for name in shown().ahead]


def test_too_few_people_or_records_are_not_compared():
    settle(dict.fromkeys(NAMES[:4], 30))
    on()
    assert shown().told.silence is Silence.TOO_FEW
    settle(dict.fromkeys(NAMES, 6), month=9)
    september = month_of(date(2026, 9, 1))
    TeamRanking.objects.update(starts=date(2026, 9, 1))
    assert ranking(operator(), north(), "deals_created", september, TODAY).told.silence is Silence.TOO_FEW


def test_it_is_off_by_default_for_everybody():
    settle(equals())
    for who in (operator(), reader("mona", AccessRole.MANAGER), reader("ann")):
        with pytest.raises(NotVisible):
            shown(who)
    with pytest.raises(NotVisible):
        rankings(reader("ann"), north())
    assert open_to(reader("ann")) == ()


def test_switched_off_it_is_gone_and_what_was_decided_stays_known():
    settle(equals())
    on()
    assert [each.name for each in open_to(reader("ann"))] == ["North"]
    actions.switch_off(operator(), north(), "deals_created", NOW)
    actions.switch_off(operator(), north(), "deals_created", NOW)
    with pytest.raises(NotVisible):
        shown()
    assert open_to(reader("ann")) == ()
    found = rankings(operator(), north())
    assert found.on == ()
    assert [(each.metric.key, each.reason, each.ended) for each in found.ended] == [
        ("deals_created", "We asked for it.", NOW)
    ]
    on()
    assert len(rankings(operator(), north()).on) == 1


def test_a_period_that_was_over_before_is_not_ranked():
    settle(dict.fromkeys(NAMES, 30) | {"gus": 90}, month=9)
    settle(equals())
    on()
    september = month_of(date(2026, 9, 1))
    found = ranking(reader("ann"), north(), "deals_created", september, TODAY)
    assert (found.early, found.ahead, found.told.placed) == (True, (), 0)


def test_only_those_of_the_team_and_those_who_lead_it_read_it():
    settle(equals())
    world.bring(PersonRecord("Zed", Origin("people.csv", 2), team="South", manager="Otto"), source="south")
    on()
    strangers = (
        reader("zed"),
        reader("otto", AccessRole.MANAGER),
        reader("ada", AccessRole.AUDITOR, known=False),
    )
    for who in strangers:
        with pytest.raises(NotVisible):
            shown(who)
        with pytest.raises(NotVisible):
            rankings(who, north())
    assert shown(reader("ann")).in_team
    assert not shown(reader("mona", AccessRole.MANAGER)).in_team
    with pytest.raises(NotVisible):
        ranking(operator(), uuid4(), "deals_created", OCTOBER, TODAY)


def test_the_manager_decides_and_a_rep_does_not():
    settle(equals())
    on(who=reader("mona", AccessRole.MANAGER))
    assert shown(reader("ann")).decided.reason == "We asked for it."
    for deed in (
        lambda: on("calls", who=reader("ann")),
        lambda: actions.switch_off(reader("ann"), north(), "deals_created", NOW),
    ):
        with pytest.raises(NotVisible):
            deed()
    assert not rankings(reader("ann"), north()).offered


@pytest.mark.parametrize(
    ("key", "basis", "reason", "says"),
    [
        ("won_value", "effort", "Why not", "never money, quota or sign-ins"),
        ("attainment", "improvement", "Why not", "never money, quota or sign-ins"),
        ("logins", "effort", "Why not", "never money, quota or sign-ins"),
        ("deals_won", "effort", "Why not", "Rank the improvement"),
        ("deals_created", "places", "Why not", "Choose what is compared"),
        ("", "effort", "Why not", "Choose the metric"),
        ("deals_created", "effort", "  ", "Say why"),
        ("deals_created", "effort", "x" * 501, "at most 500"),
    ],
)
def test_what_cannot_be_switched_on_says_what_to_do(key: str, basis: str, reason: str, says: str):
    settle(dict.fromkeys(NAMES, 1))
    with pytest.raises(Incomplete, match=says):
        actions.switch_on(operator(), north(), key, basis, reason, NOW)
    assert not TeamRanking.objects.exists()


def test_a_ranking_is_switched_on_once():
    settle(dict.fromkeys(NAMES, 1))
    on()
    with pytest.raises(Incomplete, match="on already"):
        on()


def test_money_quota_and_sign_ins_are_never_offered():
    for basis in Basis:
        found = rankable(basis, TODAY).values()
        assert found
        assert not {"won_value", "attainment", "booked_attainment", "logins", "open_value"} & {
            m.key for m in found
        }
    assert set(rankable(Basis.EFFORT, TODAY)) < set(rankable(Basis.IMPROVEMENT, TODAY)) < set(CATALOGUE)


def test_taking_back_the_import_that_brought_the_team_takes_its_ranking_along():
    settle(equals())
    on()
    batch = Batch.objects.latest("pk")
    assert undo(operator(), batch.uid, NOW)
    assert not TeamRanking.objects.exists()
