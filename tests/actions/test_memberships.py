"""Memberships as a source tells them: all of a rep's, which replace what stood."""

from __future__ import annotations

from datetime import date

import pytest

from tests import world
from tests.actions.told import call, member, rep
from tests.world import Given, bring, person
from upswing.actions.import_batch import About, Imported, import_batch
from upswing.core.records import Record
from upswing.people.models import Membership, Team
from upswing.queries.teams import members

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ledger_agrees")]

NORTH_THEN_SOUTH = (
    member("Tess", "North", "2026-01-01", "2026-07-01", role="sdr", level="junior"),
    member("Tess", "South", "2026-07-01", role="ae", level="senior", territory="DK"),
)


def read_on(day: date, *items: Record) -> Imported:
    about = About("crm", "CRM", "EUR", "Testers", day, "test")
    return import_batch(world.operator(), Given(*items), about, world.NOW)


def places(name: str = "Tess") -> list[tuple[str, str, str, str, date | None, date | None]]:
    mine = Membership.objects.filter(person=person(name), leads=False).order_by("starts", "id")
    return list(mine.values_list("team__name", "role", "level", "territory", "starts", "ends"))


def test_memberships_stand_as_they_were_told():
    bring(rep("Tess", ""), *NORTH_THEN_SOUTH)
    assert places() == [
        ("North", "sdr", "junior", "", date(2026, 1, 1), date(2026, 7, 1)),
        ("South", "ae", "senior", "DK", date(2026, 7, 1), None),
    ]


def test_a_rep_is_in_the_team_of_the_day():
    bring(rep("Tess", ""), *NORTH_THEN_SOUTH)
    north, south = (Team.objects.get(name=name).id for name in ("North", "South"))
    tess = {person("Tess").id}
    for day, wanted in ((date(2026, 6, 30), (tess, set())), (date(2026, 7, 1), (set(), tess))):
        assert (members({north}, day), members({south}, day)) == wanted


def test_memberships_replace_those_that_a_list_of_people_made():
    bring(rep("Tess"), rep("Stan"))
    bring(rep("Tess"), *NORTH_THEN_SOUTH)
    assert [place[0] for place in places()] == ["North", "South"]
    assert [place[0] for place in places("Stan")] == ["Team Mona"]


def test_a_membership_that_is_told_no_more_is_gone():
    bring(rep("Tess", ""), *NORTH_THEN_SOUTH)
    assert bring(member("Tess", "North", "2026-01-01")).updated == 1
    assert places() == [("North", "", "", "", date(2026, 1, 1), None)]


def test_who_leads_a_team_leads_it_still():
    bring(rep("Tess", "Mona", team="South"), *NORTH_THEN_SOUTH)
    assert [row.person.name for row in Membership.objects.filter(leads=True)] == ["Mona"]


def test_telling_the_same_memberships_twice_changes_nothing():
    bring(rep("Tess", ""), *NORTH_THEN_SOUTH)
    kept = list(Membership.objects.values_list("id", flat=True))
    again = bring(rep("Tess", ""), *NORTH_THEN_SOUTH)
    assert (again.created, again.updated, again.unchanged) == (0, 0, 3)
    assert list(Membership.objects.values_list("id", flat=True)) == kept


def test_people_and_memberships_of_one_source_told_twice_change_nothing():
    told = (rep("Tess", "Mona", team="South", role="ae", level="senior", territory="DK"), *NORTH_THEN_SOUTH)
    bring(*told)
    once = places()
    again = bring(*told)
    assert (places(), again.created, again.updated, again.unchanged) == (once, 0, 0, 3)


def test_an_older_import_moves_nobody_who_has_a_place():
    read_on(date(2026, 9, 1), rep("Tess", ""), *NORTH_THEN_SOUTH)
    standing = places()
    read_on(
        date(2026, 3, 1), rep("Tess", ""), rep("Stan", ""), member("Tess", "North"), member("Stan", "North")
    )
    assert places() == standing
    assert places("Stan") == [("North", "", "", "", None, None)]


def test_two_stays_in_one_team_are_two_memberships():
    bring(
        rep("Tess", ""), member("Tess", "North", "", "2026-02-01"), member("Tess", "South", "2026-02-01", "2026-05-01"),
        member("Tess", "North", "2026-05-01"), call("A1", "Tess", "2026-06-01"),
    )  # fmt: skip
    assert sorted(place[0] for place in places()) == ["North", "North", "South"]
