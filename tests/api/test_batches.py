"""Imports by API: how far they are, what they could not use, and the way back."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from tests import world
from tests.api.calling import Program, batch_of, call, token
from tests.api.given import now
from upswing.book.models import Activity
from upswing.intake.models import Batch

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast")]


@pytest.fixture
def dialler() -> Program:
    return Program(token())


def test_the_latest_import_comes_first(dialler: Program):
    sent = str(batch_of(dialler.send("activities", call("1"))))
    body = dialler.get("batches").json()
    assert [one["source_key"] for one in body["batches"]] == ["dialler", "crm"]
    assert (body["batches"][0]["id"], body["page"], body["next"]) == (sent, 1, None)
    only = dialler.get("batches?source=crm").json()["batches"]
    assert [one["source_key"] for one in only] == ["crm"]


def test_an_import_says_how_far_it_is(dialler: Program):
    batch = Batch.objects.get()
    Batch.objects.update(finished=None, done=40, expected=100, alive=now())
    body = dialler.get(f"batches/{batch.uid}").json()
    assert (body["state"], body["done"], body["expected"], body["by"]) == ("running", 40, 100, "")


def test_an_import_that_fell_silent_was_cut_off(dialler: Program):
    batch = Batch.objects.get()
    Batch.objects.update(finished=None, alive=now() - timedelta(hours=1))
    assert dialler.get(f"batches/{batch.uid}").json()["state"] == "cut off"
    assert [one["state"] for one in dialler.get("batches").json()["batches"]] == ["cut off"]


def test_its_problems_come_by_what_mends_them(dialler: Program):
    sent = dialler.send("activities", call("1", "Tes"), call("2", "Tes"), call("3", at="soon"))
    groups = dialler.get(f"batches/{batch_of(sent)}/problems").json()["problems"]
    assert [(one["code"], one["count"], one["values"]) for one in groups] == [
        ("unknown_rep", 2, [["Tes", 2]]), ("bad_at", 1, [["soon", 1]]),
    ]  # fmt: skip


@pytest.mark.parametrize("address", ["batches/{}", "batches/{}/problems"])
def test_an_import_that_is_none_is_missing(dialler: Program, address: str):
    assert dialler.get(address.format(uuid4())).status_code == 404
    assert dialler.get(address.format("nonsense")).status_code == 404
    assert dialler.post(f"batches/{uuid4()}/undo").status_code == 404


def test_an_import_is_taken_back(dialler: Program, django_capture_on_commit_callbacks):
    sent = batch_of(dialler.send("activities", call("1")))
    with django_capture_on_commit_callbacks(execute=True):
        answer = dialler.post(f"batches/{sent}/undo", key="back")
    assert (answer.status_code, answer.json()) == (202, {"batch": str(sent), "state": "being taken back"})
    assert dialler.get(f"batches/{sent}").json()["state"] == "taken back"
    assert not Activity.objects.unscoped("test").exists()
    again = dialler.post(f"batches/{sent}/undo", key="back")
    assert (again.status_code, again["Idempotency-Replayed"]) == (202, "true")
    assert dialler.post(f"batches/{sent}/undo").status_code == 409


def test_what_stands_on_an_import_is_told(dialler: Program):
    dialler.send("activities", call("1"))
    answer = dialler.post(f"batches/{Batch.objects.order_by('pk')[0].uid}/undo")
    assert answer.status_code == 409
    assert "cannot be taken back" in answer.json()["detail"]


@pytest.mark.parametrize("page", ["0", "-1", "x", "9" * 30])
def test_a_page_that_is_none_is_refused(dialler: Program, page: str):
    assert dialler.get(f"batches?page={page}").status_code == 422


def test_a_page_beyond_the_last_is_empty(dialler: Program):
    world.bring()
    assert dialler.get("batches?page=2").json() == {"batches": [], "page": 2, "next": None}
