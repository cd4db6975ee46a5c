"""Who may do what: every address of the contract, for everybody, by session and by token."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.test import Client

from tests import world
from tests.api.calling import EVERYTHING, Program, expired, token
from tests.api.given import ask, body, given
from upswing.people.tokens import Scope

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast")]

EVERYBODY = {"tess", "stan", "mona", "otto", "olga", "ada"}
PEOPLE = {"tess", "stan", "mona", "otto"}
SEE_TESS = {"tess", "mona", "olga"}
OF_TEAM = {"tess", "stan", "mona", "olga"}
LEAD_TESS = {"mona", "olga"}
OPERATE = {"olga"}
VERSION = "/standards/{standard}/versions/{number}"

ADDRESSES: dict[tuple[str, str], tuple[Scope, set[str], dict[str, int]]] = {
    ("get", "/metrics"): (Scope.READ, EVERYBODY, {}),
    ("get", "/people"): (Scope.READ, EVERYBODY, {}),
    ("get", "/people/{person}/card"): (Scope.READ, SEE_TESS, {}),
    ("get", "/people/{person}/looks"): (Scope.READ, {"tess", "olga"}, {}),
    ("get", "/scorecards"): (Scope.READ, EVERYBODY - {"tess", "stan"}, {}),
    ("get", "/scorecards/{person}"): (Scope.READ, SEE_TESS, {}),
    ("get", "/scorecards/{person}/pace"): (Scope.READ, SEE_TESS, {}),
    ("get", "/scorecards/{person}/funnel"): (Scope.READ, SEE_TESS, {}),
    ("get", "/scorecards/{person}/lines/{metric}"): (Scope.READ, SEE_TESS, {}),
    ("get", "/scorecards/{person}/records/{metric}"): (Scope.READ, SEE_TESS, {}),
    ("get", "/scorecards/{person}/records/{metric}/disputes"): (Scope.READ, SEE_TESS, {}),
    ("post", "/scorecards/{person}/records/{metric}/disputes"): (Scope.DISPUTES, SEE_TESS, {}),
    ("get", "/disputes"): (Scope.READ, EVERYBODY, {}),
    ("post", "/disputes/{said}/settlement"): (Scope.DISPUTES, LEAD_TESS, {"tess": 403}),
    ("get", "/targets"): (Scope.READ, EVERYBODY, {}),
    ("get", "/targets/proposals"): (Scope.READ, EVERYBODY, {}),
    ("get", "/targets/tables/{kind}"): (Scope.READ, EVERYBODY, {}),
    ("get", "/targets/waiting"): (Scope.READ, EVERYBODY, {}),
    ("get", "/calendar"): (Scope.READ, EVERYBODY, {}),
    ("get", "/calendar/workplaces"): (Scope.READ, EVERYBODY, {}),
    ("get", "/industry"): (Scope.READ, EVERYBODY, {}),
    ("get", "/rankings"): (Scope.READ, EVERYBODY, {}),
    ("get", "/rankings/{team}"): (Scope.READ, OF_TEAM, {}),
    ("get", "/rankings/{team}/{metric}"): (Scope.READ, OF_TEAM, {}),
    ("get", "/targets/{person}/{metric}"): (Scope.READ, SEE_TESS, {}),
    ("post", "/targets/{person}/{metric}"): (Scope.TARGETS, LEAD_TESS, {"tess": 403}),
    ("post", "/targets/changes/{change}/withdrawal"): (Scope.TARGETS, LEAD_TESS, {"tess": 403}),
    ("get", "/standards"): (Scope.READ, EVERYBODY, {}),
    ("get", VERSION): (Scope.READ, PEOPLE | OPERATE, {}),
    ("post", f"{VERSION}/signature"): (
        Scope.STANDARDS, {"tess"}, dict.fromkeys(PEOPLE - {"tess"}, 422) | {"olga": 403},
    ),
    ("post", f"{VERSION}/questions"): (Scope.STANDARDS, PEOPLE, {"olga": 403}),
    ("post", "/standards/questions/{asked}/answer"): (Scope.STANDARDS, OPERATE, {}),
    ("get", "/forecast"): (Scope.READ, EVERYBODY - {"tess", "stan"}, {}),
    ("get", "/forecast/changes"): (Scope.READ, EVERYBODY - {"tess", "stan"}, {}),
    ("get", "/forecast/accuracy"): (Scope.READ, OPERATE, {}),
    ("post", "/forecast/{person}/commit"): (Scope.DEALS, SEE_TESS, {}),
    ("get", "/pipeline"): (Scope.READ, {"mona", "otto", "olga"}, {}),
    ("get", "/stages"): (Scope.READ, EVERYBODY, {}),
    ("get", "/quotes"): (Scope.READ, EVERYBODY, {}),
    ("get", "/deals/{deal}"): (Scope.READ, SEE_TESS, {}),
    ("post", "/deals/{deal}/category"): (Scope.DEALS, SEE_TESS, {}),
    ("post", "/deals/{deal}/move"): (Scope.DEALS, SEE_TESS, {}),
    ("post", "/deals/{deal}/loss"): (Scope.DEALS, SEE_TESS, {}),
    ("get", "/stalled"): (Scope.READ, EVERYBODY - {"ada"}, {}),
    ("post", "/stalled/{case}/next-step"): (Scope.DEALS, SEE_TESS, {}),
    ("post", "/stalled/{case}/wait"): (Scope.DEALS, SEE_TESS, {}),
    ("post", "/stalled/{case}/agree"): (Scope.DEALS, {"tess"}, dict.fromkeys(LEAD_TESS, 403)),
    ("post", "/stalled/{case}/confirm"): (Scope.DEALS, LEAD_TESS, {"tess": 403}),
    ("post", "/stalled/{case}/return"): (Scope.DEALS, SEE_TESS, {}),
    ("post", "/stalled/{case}/take-back"): (Scope.DEALS, SEE_TESS, {}),
    ("get", "/batches"): (Scope.READ, OPERATE, {}),
    ("get", "/batches/{batch}"): (Scope.READ, OPERATE, {}),
    ("get", "/batches/{batch}/problems"): (Scope.READ, OPERATE, {}),
    ("post", "/batches/{batch}/undo"): (Scope.UNDO_BATCHES, OPERATE, {}),
    ("post", "/records"): (Scope.WRITE_RECORDS, OPERATE, dict.fromkeys(EVERYBODY - OPERATE, 403)),
    ("post", "/records/{kind}"): (Scope.WRITE_RECORDS, OPERATE, dict.fromkeys(EVERYBODY - OPERATE, 403)),
}  # fmt: skip
"""The scope it needs, who may, and what others are told where it is not that there is no such thing (404)."""
DONE = {
    ("post", "/batches/{batch}/undo"): 202,
    ("post", "/scorecards/{person}/records/{metric}/disputes"): 201,
}


def expected(who: str, address: tuple[str, str]) -> int:
    _, may, others = ADDRESSES[address]
    return DONE.get(address, 200) if who in may else others.get(who, 404)


def told(client: Client) -> dict[tuple[str, str], int]:
    """What every address answers."""
    there = given()
    return {address: ask(client, there, *address).status_code for address in ADDRESSES}


def test_every_address_has_its_row():
    paths = Client().get("/api/v1/openapi.json").json()["paths"]
    found = {(method, path.removeprefix("/api/v1")) for path, methods in paths.items() for method in methods}
    assert found == set(ADDRESSES)


@pytest.mark.parametrize("who", sorted(EVERYBODY))
def test_who_may_do_what_in_a_browser(who: str):
    client = Client()
    client.force_login(world.user(who))
    assert told(client) == {address: expected(who, address) for address in ADDRESSES}


def test_nobody_may_do_anything():
    assert set(told(Client()).values()) == {401}


@pytest.mark.parametrize("scope", [*EVERYTHING, Scope.FEED])
def test_a_token_does_what_it_is_for_and_nothing_else(scope: Scope):
    found = told(Program(token("olga", [scope])).client)
    assert found == {
        address: expected("olga", address) if right is scope else 403
        for address, (right, *_) in ADDRESSES.items()
    }


@pytest.mark.parametrize("who", ["tess", "otto", "ada"])
def test_a_token_sees_no_more_than_its_user(who: str):
    found = told(Program(token(who, [Scope.READ])).client)
    assert found == {
        address: expected(who, address) if right is Scope.READ else 403
        for address, (right, *_) in ADDRESSES.items()
    }


def test_a_dead_token_opens_nothing():
    assert set(told(Program(expired()).client).values()) == {401}


@pytest.mark.parametrize("who", sorted(EVERYBODY))
def test_whatever_is_refused_is_a_problem(who: str):
    client, there = Client(), given()
    client.force_login(world.user(who))
    for address in ADDRESSES:
        if expected(who, address) >= 400:
            answer = ask(client, there, *address)
            assert answer["Content-Type"] == "application/problem+json", address
            assert answer.json()["detail"], address


@pytest.mark.parametrize("hostile", ["\0", "\ud800", "x" * 10_000, "\u202e", "", "\x1b[31m"])
def test_whatever_is_written_is_answered(hostile: str):
    program, there = Program(token()), given()
    for method, path in ADDRESSES:
        words = body(path) if method == "post" and "records" not in path.split("/")[1:2] else {}
        for field in words or ():
            with world.undone():
                answer = program.client.post(
                    there.address(path), words | {field: hostile}, content_type="application/json"
                )
            assert answer.status_code < 500, (path, field, answer.content)


@pytest.mark.parametrize(
    "query",
    [{"period": "1990"}, {"period": "2100-Q4"}, {"period": "1990-W01", "at": "1990-01-01"}, {"at": "2100-12-31"},
     {"at": "0001-01-01"}, {"at": "9999-12-31"}, {"page": "0"}, {"page": "100000"}, {"period": "\0"}],
)  # fmt: skip
def test_whatever_is_asked_is_answered(query: dict[str, str]):
    program, there = Program(token()), given()
    for method, path in ADDRESSES:
        if method == "get":
            answer = program.client.get(there.address(path), {"metric": "won_value"} | query)
            assert answer.status_code in {200, 422}, (path, answer.content)


@pytest.mark.parametrize("metric", ["%00", "%ff", "%ED%A0%80", "x" * 5_000, "..", "won_value%20", "our_x"])
def test_a_metric_that_is_none_is_answered_everywhere(metric: str):
    program, there = Program(token()), replace(given(), metric=metric)
    for method, path in ADDRESSES:
        if "{metric}" in path:
            answer = ask(program.client, there, method, path)
            assert answer.status_code in {404, 405, 422}, (path, answer.content)
