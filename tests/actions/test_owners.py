"""Names that nobody bears: queued with near matches, given a meaning from a day on, two people made one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests import world
from tests.actions.standing import facts, sums
from tests.actions.told import call, hours, invoice, lead, member, off, rep
from tests.world import bring, deal, person
from upswing.actions import owners
from upswing.actions.permission import NotAllowed
from upswing.actions.undoing import undo
from upswing.core.records import Origin, Problem, Severity
from upswing.intake.models import Alias, Batch
from upswing.people.models import Person, User
from upswing.people.viewer import NotVisible
from upswing.queries.owners import aliases, unmatched_owners
from upswing.queries.viewers import viewer_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ledger_agrees")]


def unknown(name: str, row: int) -> Problem:
    return Problem(
        Severity.REFUSED, "unknown_rep", Origin("d.csv", row), f"D{row}", "rep", name, f"Row {row}: nobody."
    )


def means(written: str, name: str, since: str = "") -> None:
    day = date.fromisoformat(since) if since else None
    owners.alias(world.operator(), written, person(name).uid, world.NOW, day)


def test_names_that_nobody_bears_wait_with_the_people_they_may_mean():
    bring(*world.roster(), unknown("Tes", 2), unknown("tes", 3), unknown("Zzyzx", 4))
    first, second = unmatched_owners(world.operator())
    assert (first.written, first.rows, first.sources) == ("Tes", 2, ("CRM",))
    assert first.near[0].name == "Tess"
    assert (second.written, second.near) == ("Zzyzx", ())
    means("Tes", "Tess")
    assert [one.written for one in unmatched_owners(world.operator())] == ["Zzyzx"]
    owners.new_person(world.operator(), "Zzyzx")
    assert unmatched_owners(world.operator()) == ()


def test_a_name_means_that_person_at_the_next_import():
    bring(rep("Tess"), rep("Stan"))
    means("T. Hansen", "Tess")
    bring(call("K1", "t. hansen", "2026-09-01 09:00"), deal("D1", "T. Hansen", "2026-08-25"))
    assert sums("Tess")["calls"] == 1
    assert not Person.objects.unscoped("test").filter(key="t. hansen").exists()


def test_whom_a_name_means_follows_the_day_of_the_record():
    bring(rep("Tess"), rep("Stan"))
    means("Sales desk", "Tess")
    means("Sales desk", "Stan", "2026-09-01")
    bring(
        call("K1", "Sales desk", "2026-08-31 09:00"), call("K2", "Sales desk", "2026-09-01 09:00"),
        hours("Sales desk", "2026-08-30", 10), invoice("I1", "2026-09-02", 100, who="Sales desk"),
    )  # fmt: skip
    assert {name: sums(name)["calls"] for name in ("Tess", "Stan")} == {"Tess": 1, "Stan": 1}
    assert "booked_revenue" in sums("Stan")
    told = [(one.written, one.person, one.since) for one in aliases(world.operator())]
    assert told == [("sales desk", "Tess", None), ("sales desk", "Stan", date(2026, 9, 1))]


def test_before_the_first_day_a_name_means_nobody():
    bring(rep("Stan"))
    means("Desk", "Stan", "2026-09-01")
    done = bring(call("K1", "Desk", "2026-08-31 09:00"), call("K2", "Desk", "2026-09-01 09:00"))
    assert (done.created, done.refused) == (1, 1)
    assert "“Desk” means Stan from 2026-09-01 on, and nobody on 2026-08-31" in done.problems[0].sentence
    assert done.problems[0].code == "unknown_rep"


def test_files_read_a_name_as_the_person_it_means(tmp_path):
    from upswing.actions.import_batch import About, import_batch
    from upswing.connectors.files.connector import Files
    from upswing.connectors.files.mapping import mapping_of

    bring(rep("Tess"))
    means("Desk", "Tess")
    (tmp_path / "c.csv").write_text("rep,kind,at\nDESK,call,2026-09-01\n")
    raw = {"activities": {"file": "c.csv", "columns": {name: name for name in ("rep", "kind", "at")}}}
    about = About("crm", "CRM", "EUR", "", None, "test")
    import_batch(world.operator(), Files(tmp_path, mapping_of(raw, tmp_path / "c.toml")), about, world.NOW)
    assert sums("Tess")["calls"] == 1


def test_a_name_somebody_bears_means_another_only_from_a_day_on():
    bring(rep("Tess"), rep("Stan"))
    with pytest.raises(NotAllowed, match="Somebody is called “Tess” already"):
        means("Tess", "Stan")


def both() -> None:
    """Tess and Stan, with something of every kind that the other has too."""
    bring(
        rep("Tess"), rep("Stan"), member("Tess", "North"), member("Stan", "North"), off("2026-10-05", "Tess"),
        off("2026-10-05", "Stan"), lead("L1", "Tess", "2026-08-21"), call("K1", "Tess", "2026-08-25 09:00", lead="L1"),
        call("K2", "Stan", "2026-08-25 09:00"), hours("Tess", "2026-08-25", 30), invoice("I1", "2026-09-02", 100, who="Tess"),
        replace(deal("D1", "Tess", "2026-08-25", "2026-09-05", "won", 100), credit=(("Tess", 1), ("Stan", 2))),
        deal("D2", "Tess", "2026-08-25"), world.quota("Tess", "2026-Q4", 100),
    )  # fmt: skip


def test_two_people_become_one_with_everything():
    both()
    total = {
        key: sums("Tess").get(key, 0) + sums("Stan").get(key, 0)
        for key in ("calls", "won_value", "booked_revenue")
    }
    owners.merge(world.operator(), person("Tess").uid, person("Stan").uid, world.NOW)
    assert sums("Tess") == {}
    assert {key: sums("Stan").get(key, 0) for key in total} == total
    assert not person("Tess").sells
    bring(call("K3", "Tess", "2026-09-25 09:00"))
    assert sums("Stan")["calls"] == 3


def test_what_was_before_people_became_one_cannot_be_taken_back():
    both()
    owners.merge(world.operator(), person("Tess").uid, person("Stan").uid, world.NOW)
    with pytest.raises(NotAllowed, match="made one person, which cannot be parted"):
        undo(world.operator(), Batch.objects.get().uid, world.NOW)


def test_whatever_refers_to_people_is_thought_of():
    """A new table with a person in it has to say what becomes of it when two are one."""
    from upswing.ledger.models import Fact, RepDay, RepMonth

    known = {*owners.HELD, *owners.SHARED, *owners.BELONGING, User, Alias, Fact, RepDay, RepMonth}
    assert {related.related_model for related in Person._meta.related_objects} <= known


def test_somebody_with_a_sign_in_stays():
    both()
    User.objects.create_user("tess@example.com", world.PASSWORD, person=person("Tess"))
    with pytest.raises(NotAllowed, match="has a sign-in"):
        owners.merge(world.operator(), person("Tess").uid, person("Stan").uid, world.NOW)
    with pytest.raises(NotAllowed, match="is one person already"):
        owners.merge(world.operator(), person("Stan").uid, person("Stan").uid, world.NOW)


def test_only_operators_see_and_say():
    bring(*world.roster())
    world.give_sign_ins()
    tess = viewer_of(User.objects.get(email="tess@example.com"), world.TODAY)
    with pytest.raises(NotVisible):
        unmatched_owners(tess)
    with pytest.raises(NotAllowed):
        owners.alias(tess, "Desk", person("Tess").uid, world.NOW)
    assert facts() == []
