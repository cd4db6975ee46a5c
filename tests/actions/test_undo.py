"""Taking a batch back: every number is as it was before, unless something stands on it, which is then named."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings

from tests import world
from tests.actions.test_naive import ZONES, first, imports, in_order
from tests.actions.told import (
    HERE,
    assessed,
    call,
    contact,
    course,
    hours,
    invoice,
    lead,
    login,
    member,
    off,
    quote,
    rep,
)
from tests.examples import examples
from tests.kill.state import told as standing
from tests.world import bring, deal
from upswing.actions import owners, people, undoing
from upswing.actions.permission import NotAllowed
from upswing.actions.rebuild import check
from upswing.actions.undoing import undo
from upswing.core.records import AccountRecord, ProductRecord
from upswing.intake.models import Batch, Earlier
from upswing.people.models import Team

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ledger_agrees")]


def take_back(batch: str | UUID) -> dict[str, int]:
    return undo(world.operator(), UUID(str(batch)), world.NOW)


def everything(*, later: bool) -> list[object]:
    """Something of every kind; later, most of it says something else, and some is new."""
    n = 1 if later else 0
    zone, place = ("Asia/Tokyo", "South") if later else ("", "North")
    return [
        rep("Tess", zone=zone, team=f"Team {place}"), rep("Stan", manager="Otto" if later else "Mona"), rep("Rami"),
        *([rep("Nina", manager="Otto")] if later else []),
        *([member("Rami", "Team South", "2026-09-01")] if later else [member("Rami", "Team North")]),
        off("2026-10-05", "Tess"), *([off("2026-10-06")] if later else []),
        AccountRecord("A1", f"Hall {n}", HERE), *([AccountRecord("A2", "Mill", HERE)] if later else []),
        replace(contact("C1", "Asia/Seoul" if later else "Europe/Berlin"), account="A1"),
        ProductRecord("P1", "Chair", HERE, list_price_minor=5_000 + n),
        lead("L1", "Stan" if later else "Tess", "2026-08-21 23:30", source=f"fair {n}"),
        deal("D1", "Tess", "2026-08-25", "2026-09-05" if later else "", "won" if later else "open", 500 + n, account="A1",
             product="P1", lead="L1"),
        *([deal("D2", "Nina", "2026-09-01", account="A2")] if later else []),
        call("K1", "Tess", f"2026-08-2{5 - n} 23:10", "conversation", lead="L1", contact="C1"),
        *([call("K2", "Stan", "2026-08-22 09:00", lead="L1", contact="C1")] if later else []),
        quote("Q1", "D1", 1, "2026-08-28", 450 + n), *([quote("Q2", "D1", 2, "2026-09-01", 470)] if later else []),
        invoice("I1", "2026-09-10", 500 + n, "D1"), *([invoice("I2", "2026-09-11", -50, kind="credit_note")] if later else []),
        hours("Tess", "2026-08-25", 30 + n, key="T1"), login("Tess", f"2026-08-25 2{2 + n}:00", key="S1"),
        course("Tess", "2026-08-25", f"Selling {n}", 60 + n, key="C1"),
        assessed("Tess", "2026-08-25", "Discovery", "exceeds" if later else "below", key="A1"),
        world.quota("Tess", "2026-Q3", 1_000 + n),
    ]  # fmt: skip


def test_what_one_import_changed_and_brought_is_as_before():
    bring(*everything(later=False))
    before = standing()
    batch = bring(*everything(later=True)).batch
    assert standing() != before
    done = take_back(batch)
    assert standing() == before
    assert done["put back"] >= 10
    assert done["removed"] >= 5
    assert Earlier.objects.filter(batch__uid=batch).count() == 0


def test_the_first_import_of_all_leaves_nothing_but_the_organisation():
    batch = bring(*everything(later=True)).batch
    take_back(batch)
    assert [line for line in standing().splitlines() if not line.startswith("Organisation")] == ["[]"]


def test_a_batch_that_another_one_changed_waits_for_it():
    one = bring(*everything(later=False)).batch
    two = bring(*everything(later=True)).batch
    before = standing()
    with pytest.raises(NotAllowed, match=rf"changed \d+ of its records.*upswing undo {two}"):
        take_back(one)
    assert standing() == before
    take_back(two)
    take_back(one)


def test_a_batch_to_whose_records_others_refer_waits_for_them():
    people = bring(rep("Tess"), deal("D1", "Tess", "2026-08-25")).batch
    calls = bring(call("K1", "Tess", "2026-08-25 09:00", deal="D1")).batch
    with pytest.raises(NotAllowed, match=rf"brought 1 activity that refers to its records.*{calls}"):
        take_back(people)
    take_back(calls)
    take_back(people)


def test_a_person_with_a_sign_in_is_not_taken_away_under_them():
    batch = bring(*world.roster()).batch
    world.give_sign_ins()
    with pytest.raises(
        NotAllowed, match=r"signs in as a person it brought.*upswing user \S+ --remove"
    ) as refused:
        take_back(batch)
    for email in re.findall(r"upswing user (\S+) --remove", str(refused.value)):
        people.remove_user(world.operator(), email)
    assert take_back(batch)["removed"] == len(world.roster()) + len({"Mona", "Otto"})


def test_a_later_import_is_named_once_with_all_it_did():
    one = bring(rep("Tess"), deal("D1", "Tess", "2026-08-25")).batch
    two = bring(deal("D1", "Tess", "2026-08-26"), call("K1", "Tess", "2026-08-25 09:00", deal="D1")).batch
    (told,) = undoing.stands_on(world.operator(), one, world.NOW)
    assert str(told.batch) == two
    assert "changed 1 of its records and brought 1 activity that refers to its records" in told.sentence


def test_teams_within_teams_go_together():
    batch = bring(rep("Tess", region="Europe"), rep("Stan", region="Europe")).batch
    take_back(batch)
    assert not Team.objects.exists()


def test_what_was_said_by_hand_about_its_people_stands_on_it():
    batch = bring(rep("Tess")).batch
    owners.alias(world.operator(), "Desk", world.person("Tess").uid, world.NOW)
    with pytest.raises(
        NotAllowed, match="1 name, made by hand, refers to what it brought: take it back first"
    ):
        take_back(batch)
    owners.forget_alias(world.operator(), "Desk")
    take_back(batch)


def test_an_undo_that_failed_before_anything_changed_keeps_no_import_waiting(monkeypatch: pytest.MonkeyPatch):
    batch = bring(*everything(later=False)).batch
    with monkeypatch.context() as patch:
        patch.setattr(undoing, "_step", lambda *given: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            take_back(batch)
    assert Batch.objects.get().undoing is None
    bring(*everything(later=True))


def test_a_batch_is_taken_back_once():
    batch = bring(rep("Tess")).batch
    take_back(batch)
    with pytest.raises(NotAllowed, match="was taken back on 15 Oct 2026 already"):
        take_back(batch)


def test_a_batch_taken_back_is_no_later_file():
    bring(rep("Tess"), deal("D1", "Tess", "2026-08-25", amount=1))
    Batch.objects.update(read_on=date(2026, 9, 1))
    later = bring(deal("D1", "Tess", "2026-08-25", amount=2)).batch
    Batch.objects.filter(uid=later).update(read_on=date(2026, 10, 1))
    take_back(later)
    again = bring(deal("D1", "Tess", "2026-08-25", amount=3))
    assert again.updated == 1


def test_an_undo_cut_off_in_the_middle_is_completed_by_the_next(monkeypatch: pytest.MonkeyPatch):
    bring(*everything(later=False))
    before = standing()
    batch = bring(*everything(later=True)).batch
    steps = []

    def cut(done: int, total: int) -> None:
        steps.append(done)
        if len(steps) == 5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        undo(world.operator(), UUID(batch), world.NOW, cut)
    take_back(batch)
    assert standing() == before


@settings(
    max_examples=examples(10),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(first, imports)
def test_any_history_is_walked_back_step_by_step(begin: tuple, history: list[list[object]]):
    one, two, three, four = begin
    known = [replace(one, id="L1"), replace(two, id="L2"), replace(three, id="D1"), replace(four, id="D2")]
    with world.undone():
        bring(*(rep(name, zone=zone) for name, zone in ZONES.items()))
        steps = [(standing(), bring(*in_order(items)).batch) for items in (known, *history)]
        for before, batch in reversed(steps):
            take_back(batch)
            assert standing() == before
        assert check(world.operator()) == []
