"""The scorecard endpoint: works, refuses strangers and wrong verbs, says what was wrong."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client

from tests import world

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast")]

OCTOBER = {"period": "2026-10", "at": "2026-10-15"}


def ask(who: str | None, rep: object, method: str = "get", **query: str):
    client = Client()
    if who:
        client.force_login(world.user(who))
    return getattr(client, method)(f"/api/v1/scorecards/{rep}", OCTOBER | query)


def tess() -> object:
    return world.person("Tess").uid


def test_a_rep_reads_their_own_scorecard():
    answer = ask("tess", tess())
    assert answer.status_code == 200
    body = answer.json()
    assert (body["rep"], body["period"], body["at"]) == ("Tess", "2026-10", "2026-10-15")
    won = next(line for line in body["lines"] if line["metric"] == "won_value")
    assert won["actual"] == {"amount": "20000.00", "currency": "EUR"}


@pytest.mark.parametrize(
    ("who", "status"), [("mona", 200), ("olga", 200), ("otto", 404), ("stan", 404), ("ada", 404), (None, 401)]
)
def test_who_else_may_read_it(who: str | None, status: int):
    answer = ask(who, tess())
    assert answer.status_code == status
    if status != 200:
        assert answer["Content-Type"] == "application/problem+json"


def test_hidden_and_missing_answer_the_same():
    assert ask("otto", tess()).content == ask("otto", uuid4()).content


def test_a_wrong_verb_is_refused():
    assert ask("tess", tess(), "post").status_code == 405


@pytest.mark.parametrize("wrong", [{"period": "2026-Q5"}, {"at": "yesterday"}])
def test_wrong_words_are_answered_with_what_was_wrong(wrong: dict[str, str]):
    answer = ask("tess", tess(), **wrong)
    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    assert next(iter(wrong.values())) in answer.json()["detail"] or "at" in answer.json()["detail"]


def test_the_contract_is_served_and_names_every_answer():
    contract = Client().get("/api/v1/openapi.json").json()
    found = contract["paths"]["/api/v1/scorecards/{person}"]["get"]["responses"]
    assert {"200", "401", "404", "422"} <= {str(code) for code in found}


@pytest.mark.parametrize("rep", ["Tess", "me", "42"])
def test_what_is_no_identifier_is_missing_as_a_problem(rep: str):
    answer = ask("tess", rep)
    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"
