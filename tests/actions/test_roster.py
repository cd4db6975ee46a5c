"""Who belongs where and who leads, as imports change it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from tests import world
from tests.world import person
from upswing.actions.import_batch import About, import_batch
from upswing.actions.taking import Taking
from upswing.connectors.connector import Known
from upswing.core.records import Origin, PersonRecord
from upswing.intake.models import Batch
from upswing.people.models import Membership, Team

pytestmark = pytest.mark.django_db

FIRST, SECOND, THIRD = date(2026, 7, 1), date(2026, 8, 1), date(2026, 9, 1)
NOW = datetime(2026, 10, 15, 12, tzinfo=UTC)


class People:
    """A source of people which states, or does not, when they left."""

    def __init__(self, *people: PersonRecord, ends: bool = False) -> None:
        self.people, self.ends = people, ends

    def read(self, known: Known):
        known.ends_stated = self.ends
        return iter(self.people)


def rep(name: str, manager: str = "", team: str = "North", **more: object) -> PersonRecord:
    return PersonRecord(name, Origin("people.csv", 2), manager=manager, team=team, **more)  # type: ignore[arg-type]


def bring(day: date, *people: PersonRecord, ends: bool = False):
    about = About("crm", "CRM", "EUR", "Testers", day, "test")
    return import_batch(world.operator(), People(*people, ends=ends), about, NOW)


def leaders() -> list[tuple[str, date | None, date | None]]:
    rows = Membership.objects.filter(leads=True).order_by("id")
    return [(row.person.name, row.starts, row.ends) for row in rows.select_related("person")]


def test_who_leads_no_longer_leads_until_the_day_of_the_import():
    bring(FIRST, rep("Tess", "Mona"))
    bring(SECOND, rep("Tess", "Pia"))
    assert leaders() == [("Mona", None, SECOND), ("Pia", SECOND, None)]


def test_several_managers_of_one_team_lead_it_together():
    bring(FIRST, rep("Tess", "Mona"), rep("Stan", "Pia"))
    assert leaders() == [("Mona", None, None), ("Pia", None, None)]
    assert bring(SECOND, rep("Tess", "Mona"), rep("Stan", "Pia")).unchanged == 2
    bring(THIRD, rep("Tess", "Mona"), rep("Stan", "Mona"))
    assert leaders() == [("Mona", None, None), ("Pia", None, THIRD)]


def test_an_import_that_names_no_leader_ends_no_leadership():
    bring(FIRST, rep("Tess", "Mona"))
    bring(SECOND, rep("Tess"))
    assert leaders() == [("Mona", None, None)]


def test_changes_of_one_day_leave_no_membership_of_no_days():
    bring(FIRST, rep("Tess", "Mona"))
    bring(SECOND, rep("Tess", "Pia"))
    bring(SECOND, rep("Tess", "Otto"))
    assert leaders() == [("Mona", None, SECOND), ("Otto", SECOND, None)]
    bring(SECOND, rep("Tess", "Mona"))
    assert leaders() == [("Mona", None, None)]


def test_an_older_export_moves_nobody_and_ends_no_leadership():
    bring(FIRST, rep("Tess", "Mona"))
    bring(THIRD, rep("Tess", "Pia", "South"), rep("Rami", "Otto"))
    standing = leaders()
    bring(SECOND, rep("Tess", "Mona", "North"), rep("Stan", "Mona"))
    assert leaders() == standing
    places = Membership.objects.filter(person=person("Tess"), leads=False).order_by("id")
    assert [(row.team.name, row.starts, row.ends) for row in places] == [
        ("North", None, THIRD),
        ("South", THIRD, None),
    ]
    assert Membership.objects.get(person=person("Stan"), leads=False).starts is None


def test_an_older_export_of_another_source_does_not_crash_either():
    bring(FIRST, rep("Tess", "Mona"))
    bring(THIRD, rep("Tess", "Pia", "South"))
    about = About("other", "Other", "EUR", "Testers", SECOND, "test")
    import_batch(world.operator(), People(rep("Tess", "Mona", "East")), about, NOW)
    assert Membership.objects.get(person=person("Tess"), leads=False, ends=None).team.name == "South"


def test_a_mended_spelling_changes_the_name_of_person_and_team():
    bring(FIRST, rep("tess lund", "mona", ""))
    bring(SECOND, rep("Tess Lund", "Mona", ""))
    assert (person("Tess Lund").name, person("Mona").name) == ("Tess Lund", "Mona")
    assert [team.name for team in Team.objects.all()] == ["Team Mona"]


@pytest.mark.parametrize(("stated", "kept"), [(True, None), (False, SECOND)])
def test_a_cleared_end_day_is_cleared_where_the_source_states_end_days(stated: bool, kept: date | None):
    bring(FIRST, rep("Tess", end=SECOND), ends=True)
    bring(THIRD, rep("Tess"), ends=stated)
    assert person("Tess").ends == kept


def test_people_that_another_import_brought_since_we_looked_are_the_same_people():
    bring(FIRST)
    late = Taking(Batch.objects.get(), Known(), SECOND)
    bring(FIRST, rep("Tess", "Mona"))
    assert list(late.take([rep("Tess", "Mona"), rep("Stan", "Mona")])) == [{"unchanged": 1, "created": 1}]
    late.finish()
    assert leaders() == [("Mona", None, None)]
    assert Team.objects.count() == 1


def test_a_manager_who_is_named_before_their_own_row_came_in_new():
    done = bring(FIRST, rep("Tess", "Mona"), rep("Mona", team="Managers"))
    assert (done.created, done.updated) == (2, 0)
    again = bring(SECOND, rep("Tess", "Mona"), rep("Mona", team="Managers"))
    assert (again.created, again.updated) == (0, 0)
