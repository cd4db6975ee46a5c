"""An import step by step: files kept, guessed, mapped, tried out, brought in by a job, taken back by another."""

from __future__ import annotations

import os
import tomllib
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests import world
from tests.kill.state import told as standing
from upswing.actions import drafts, keeping, owners
from upswing.actions.again import again as bring_again
from upswing.actions.permission import NotAllowed
from upswing.actions.rejected import rejected_of_draft
from upswing.actions.undoing import undo
from upswing.book.models import Deal
from upswing.connectors.connector import Unreadable
from upswing.connectors.files.guess.mapping import mapping
from upswing.intake.models import Batch, BatchFile, Draft, Upload
from upswing.jobs import tasks
from upswing.queries.organisation import organisation
from upswing.queries.viewers import viewer_of

pytestmark = pytest.mark.django_db(transaction=True)

DEALS = """Deal ID,Deal owner,Deal stage,Create date,Close date,Amount
D1,Tess,Won,2026-08-01,2026-09-02,1200
D2,Stan,Open,2026-08-03,,700
D3,Tes,Open,2026-08-03,,700
"""
MAPPING = {
    "source": "crm", "currency": "EUR",
    "people": {"file": "people.csv", "columns": {"name": "Name"}},
    "deals": {
        "file": "deals.csv", "stages": {"Won": "won", "Open": "open"},
        "columns": {"id": "Deal ID", "rep": "Deal owner", "stage": "Deal stage", "created": "Create date",
                    "closed": "Close date", "amount": "Amount"},
    },
}  # fmt: skip


def given(name: str, text: str, at: datetime = world.NOW) -> Upload:
    return keeping.kept([text.encode()], name, at)


def begun(deals: str = DEALS) -> Draft:
    files = {"deals.csv": given("deals.csv", deals), "people.csv": given("people.csv", "Name\nTess\nStan\n")}
    return drafts.begin(world.operator(), files, world.NOW)


def mapped() -> Draft:
    draft = begun()
    drafts.map_as(world.operator(), draft, MAPPING, "mine")
    return draft


def again(draft: Draft) -> Draft:
    return Draft.objects.select_related("batch").get(pk=draft.pk)


def test_a_file_is_kept_once_under_what_it_holds():
    one, two = given("a.csv", "x"), given("b.csv", "x")
    assert one == two
    assert keeping.place_of(one).read_text() == "x"
    assert Upload.objects.count() == 1


def test_a_file_over_the_limit_leaves_nothing(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(keeping, "LARGEST", 3)
    with pytest.raises(Unreadable, match="“a.csv” is over"):
        given("a.csv", "four")
    assert not Upload.objects.exists()


def test_guessing_says_what_the_files_hold_and_the_guess_can_be_the_mapping():
    draft = begun()
    with drafts.material(draft) as found:
        said = drafts.guessed(world.operator(), found, world.TODAY, {})
        assert {table.file: table.kind for table in said.tables if table.kind}["deals.csv"] == "deals"
        drafts.map_as(world.operator(), draft, {**mapping(said), "source": "crm"})
    assert tomllib.loads(again(draft).toml)["deals"]["columns"]["rep"] == "Deal owner"


def test_what_no_import_refers_to_goes_after_a_week():
    spare = given("spare.csv", "x")
    drafts.begin(world.operator(), {"deals.csv": (held := given("deals.csv", "y"))}, world.NOW)
    left = keeping.place_of(held).parent.parent / "tmpabc"
    left.touch()
    keeping.tidy(world.NOW + timedelta(days=6))
    assert keeping.place_of(spare).exists()
    given("spare.csv", "x", at=world.NOW + timedelta(days=5))
    keeping.tidy(world.NOW + timedelta(days=10))
    assert keeping.place_of(spare).exists()
    os.utime(left, (0, 0))
    keeping.tidy(world.NOW + timedelta(days=20))
    assert not left.exists()
    assert keeping.place_of(held).exists()
    with pytest.raises(Unreadable, match="is gone"):
        keeping.place_of(spare)
    assert not Upload.objects.filter(pk=spare.pk).exists()


def test_a_trial_is_a_job_that_is_kept_with_the_draft():
    draft = mapped()
    tasks.ask(world.operator(), draft, drafts.TRIAL)
    found = again(draft)
    assert found.trial["kinds"] == {"people": [2, 0, 0], "deals": [2, 0, 0]}
    assert (found.trial["refused"], found.job, found.failure) == (1, "", "")
    assert found.trial["groups"][0]["values"] == [["Tes", 1]]
    assert not Deal.objects.unscoped("test").exists()


def test_the_import_is_a_job_and_knows_its_files():
    draft = mapped()
    before = standing()
    tasks.ask(world.operator(), draft, drafts.IMPORT)
    batch = again(draft).batch
    assert (batch.created, batch.refused, batch.mapping) == (4, 1, "mine")
    assert batch.finished
    assert tomllib.loads(batch.toml) == MAPPING
    names = {file.name: file.upload.digest for file in BatchFile.objects.select_related("upload")}
    assert names == {file.name: file.upload.digest for file in draft.files.select_related("upload")}
    tasks.ask_undo(world.operator(), batch.uid)
    assert Batch.objects.get().undone
    assert [
        line for line in standing().splitlines() if not line.startswith("Organisation")
    ] == before.splitlines()


def test_what_refuses_is_said_on_the_draft():
    draft = begun()
    drafts.map_as(
        world.operator(), draft, {**MAPPING, "people": {"file": "peple.csv", "columns": {"name": "Name"}}}
    )
    tasks.ask(world.operator(), draft, drafts.TRIAL)
    assert "peple.csv" in again(draft).failure
    assert again(draft).job == ""


def test_one_job_at_a_time():
    draft = mapped()
    drafts.claim(world.operator(), draft, drafts.TRIAL, world.NOW)
    with pytest.raises(NotAllowed, match="worked on already"):
        tasks.ask(world.operator(), draft, drafts.IMPORT)


def test_an_import_that_was_cut_off_goes_on_as_the_same(monkeypatch: pytest.MonkeyPatch):
    from upswing.actions import import_batch

    draft = mapped()
    before = standing()
    with monkeypatch.context() as patch:
        patch.setattr(import_batch, "_close", lambda *given: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            drafts.brought_in(world.operator(), draft, world.NOW)
    done = drafts.brought_in(world.operator(), again(draft), world.NOW)
    assert (Batch.objects.count(), done.created, done.unchanged) == (1, 0, 4)
    undo(world.operator(), Batch.objects.get().uid, world.NOW)
    assert [
        line for line in standing().splitlines() if not line.startswith("Organisation")
    ] == before.splitlines()


def test_once_it_is_in_the_draft_stays_as_it_is():
    draft = mapped()
    tasks.ask(world.operator(), draft, drafts.IMPORT)
    with pytest.raises(NotAllowed, match="has begun"):
        drafts.map_as(world.operator(), again(draft), MAPPING)
    with pytest.raises(NotAllowed, match="in already"):
        drafts.brought_in(world.operator(), again(draft), world.NOW)


def test_what_was_mended_comes_in_from_the_kept_files():
    draft = mapped()
    tasks.ask(world.operator(), draft, drafts.IMPORT)
    owners.alias(world.operator(), "Tes", world.person("Tess").uid, world.NOW)
    once_more = bring_again(world.operator(), again(draft).batch.uid, world.NOW)
    tasks.ask(world.operator(), once_more, drafts.IMPORT)
    batch = again(once_more).batch
    assert (batch.created, batch.unchanged, batch.refused, batch.mapping) == (1, 4, 0, "mine")


def test_a_saved_mapping_is_offered_for_files_like_these():
    draft = mapped()
    drafts.save_mapping(world.operator(), draft, "My CRM", world.NOW)
    with drafts.material(begun(DEALS + "D4,Tess,Won,2026-08-01,2026-09-02,5\n")) as found:
        fits = drafts.fitting(world.operator(), found)
    assert fits[0].name == "My CRM"


def test_only_operators_import():
    world.bring(*world.roster())
    world.give_sign_ins()
    from upswing.people.models import User

    tess = viewer_of(User.objects.get(email="tess@example.com"), world.TODAY)
    with pytest.raises(NotAllowed, match="Tess may not import data"):
        drafts.begin(tess, {}, world.NOW)


def test_a_kept_file_that_is_gone_is_named(tmp_path: Path):
    draft = mapped()
    keeping.place_of(draft.files.get(name="deals.csv").upload).unlink()
    with pytest.raises(Unreadable, match="is gone from"):
        drafts.tried(world.operator(), draft, world.NOW)


def test_nothing_is_taken_out_of_a_draft_under_way():
    draft = mapped()
    drafts.claim(world.operator(), draft, drafts.IMPORT, world.NOW)
    for change in (drafts.discard, lambda who, what: drafts.leave_out(who, what, "deals.csv")):
        with pytest.raises(NotAllowed, match="being worked on"):
            change(world.operator(), draft)


def test_an_undo_that_is_refused_after_all_keeps_no_import_waiting():
    draft = mapped()
    tasks.ask(world.operator(), draft, drafts.IMPORT)
    batch = again(draft).batch
    Batch.objects.filter(pk=batch.pk).update(undoing=world.NOW, done=0)
    world.set_user(world.operator(), "tess@example.com", world.AccessRole.REP, "Tess", world.PASSWORD)
    tasks.take_back.call(str(batch.uid), "test")
    assert Batch.objects.get().undoing is None


def test_once_nothing_is_in_another_currency_may_count():
    draft = mapped()
    tasks.ask(world.operator(), draft, drafts.IMPORT)
    tasks.ask_undo(world.operator(), again(draft).batch.uid)
    other = begun()
    drafts.map_as(world.operator(), other, {**MAPPING, "currency": "USD"})
    tasks.ask(world.operator(), other, drafts.IMPORT)
    assert again(other).failure == ""
    assert organisation().currency == "USD"


def test_the_file_of_refused_rows_has_those_whose_name_means_nobody_yet():
    draft = mapped()
    tasks.ask(world.operator(), draft, drafts.IMPORT)
    owners.alias(world.operator(), "Tes", world.person("Tess").uid, world.NOW, date(2026, 9, 1))
    other = mapped()
    text = rejected_of_draft(world.operator(), other, world.TODAY).content.decode()
    assert "D3" in text
    assert "nobody on 2026-08-03" in text


def test_the_demo_takes_no_data_of_ones_own(settings: Any, tmp_path: Path):
    settings.DATA_DIR = tmp_path
    (tmp_path / settings.DEMO).parent.mkdir()
    (tmp_path / settings.DEMO).write_text("{}")
    with pytest.raises(NotAllowed, match="holds the demo"):
        begun()
    assert not Draft.objects.exists()


def test_next_months_file_is_read_as_the_last_one_of_its_source():
    draft = mapped()
    drafts.map_as(world.operator(), draft, {**MAPPING, "name": "Salg", "read_on": date(2026, 9, 5)}, "")
    tasks.ask(world.operator(), draft, drafts.TRIAL)
    tasks.ask(world.operator(), draft, drafts.IMPORT)
    files = {"Salg dec 2026.csv": given("Salg dec 2026.csv", DEALS + "D9,Tess,Open,2026-09-03,,7\n"),
             "folk.csv": given("folk.csv", "Name\nTess\nStan\n")}  # fmt: skip
    later = drafts.begin(world.operator(), files, world.NOW)
    with drafts.material(later) as found:
        best = drafts.fitting(world.operator(), found)[0]
    assert (best.name, best.raw["source"]) == ("Salg", "crm")
    assert "read_on" not in best.raw
    undo(world.operator(), again(draft).batch.uid, world.NOW)
    with drafts.material(later) as found:
        assert "Salg" not in [match.name for match in drafts.fitting(world.operator(), found)]
