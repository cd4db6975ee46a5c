"""The same request twice does its work once, also at the same moment."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.db import connection, connections

from tests import world
from tests.api.calling import Program, call, token
from upswing.actions.once import Answer, Asked, once
from upswing.intake.models import Batch
from upswing.people.models import Answered


@pytest.fixture
def dialler(cast: None) -> Program:
    return Program(token())


@pytest.mark.django_db
def test_the_same_request_is_answered_as_before(dialler: Program):
    first = dialler.send("activities", call("1"), call("2", "Tes"), key="k1")
    again = dialler.send("activities", call("1"), call("2", "Tes"), key="k1")
    assert (again.status_code, again.content) == (first.status_code, first.content)
    assert first.status_code == 207
    assert "Idempotency-Replayed" not in first
    assert again["Idempotency-Replayed"] == "true"
    assert Batch.objects.get(source__key="dialler").created == 1


@pytest.mark.django_db
def test_without_a_key_everything_is_done_anew(dialler: Program):
    assert dialler.send("activities", call("1")).json()["created"] == 1
    assert dialler.send("activities", call("1")).json()["unchanged"] == 1
    assert not Answered.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["records/activities", "records/leads"])
def test_another_request_under_the_key_is_refused(dialler: Program, address: str):
    dialler.send("activities", call("1"), key="k1")
    rows = (
        [call("2")]
        if address.endswith("activities")
        else [{"id": "1", "rep": "Tess", "created": "2026-10-12"}]
    )
    answer = dialler.post(address, {"source": "dialler", "records": rows}, "k1")
    assert answer.status_code == 422
    assert "“k1” came with another request" in answer.json()["detail"]


@pytest.mark.django_db
def test_a_key_is_its_user_s_own(dialler: Program):
    dialler.send("activities", call("1"), key="k1")
    olga = world.user("olga")
    asked = Asked(world.user("tess").pk, "k1", "POST", "/", "")
    answer = once(world.operator(), asked, world.NOW, lambda: Answer(200, "mine"))
    assert (answer.text, answer.replayed) == ("mine", False)
    assert Answered.objects.get(key="k1", user=olga).status == 200


@pytest.mark.django_db
def test_what_was_refused_is_not_kept(dialler: Program):
    assert dialler.send("dealz", {"id": "1"}, key="k1").status_code == 422
    assert dialler.send("activities", call("1"), key="k1").status_code == 200


@pytest.mark.django_db
def test_after_seven_days_a_key_is_new(dialler: Program):
    dialler.send("activities", call("1"), key="k1")
    Answered.objects.update(at=Answered.objects.get().at - timedelta(days=7))
    again = dialler.send("activities", call("1"), key="k1")
    assert (again.json()["unchanged"], "Idempotency-Replayed" in again) == (1, False)


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["x" * 201, "with space", "tab\there"])
def test_a_key_that_is_none_is_refused(dialler: Program, key: str):
    assert dialler.send("activities", call("1"), key=key).status_code == 422


@pytest.mark.django_db(transaction=True)
def test_two_at_the_same_moment_do_the_work_once_and_get_one_answer(cast: None):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one write at a time")
    dialler, answers, inside = Program(token()), list[Any](), threading.Barrier(2)

    def send() -> None:
        inside.wait()
        answers.append(dialler.send("activities", *(call(str(n)) for n in range(50)), key="same"))
        connections.close_all()

    threads = [threading.Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    first, second = answers
    assert (first.status_code, first.content) == (200, second.content)
    assert sorted("Idempotency-Replayed" in answer for answer in answers) == [False, True]
    assert first.json()["created"] == 50


@pytest.mark.django_db(transaction=True)
def test_many_at_the_same_moment_go_into_one_batch_and_are_all_counted(cast: None):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one write at a time")
    program = Program(token())
    program.send("activities", call("first"))
    statuses = list[int]()

    def send(number: int) -> None:
        for part in range(5):
            rows = [call(f"{number}-{part}-{n}", rep) for n, rep in enumerate(("Tess", "Stan", "Rami"))]
            statuses.append(program.send("activities", *rows).status_code)
        connections.close_all()

    threads = [threading.Thread(target=send, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == [200] * 20
    assert Batch.objects.get(source__key="dialler").created == 61


@pytest.mark.django_db
def test_an_answer_that_cannot_be_kept_leaves_nothing_done(dialler: Program):
    with (
        patch("upswing.actions.once.Answered.objects.filter", side_effect=RuntimeError),
        pytest.raises(RuntimeError),
    ):
        dialler.send("activities", call("1"), key="k1")
    assert not Batch.objects.filter(source__key="dialler").exists()
