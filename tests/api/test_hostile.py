"""Whatever is sent, the answer is a refusal in the one shape, never an error of ours."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import world
from tests.api.calling import Program, call, token
from upswing.connectors.files.fields import KINDS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast")]
ADDRESS = "/api/v1/records/activities"


def sound(answer: Any) -> bool:
    """No error of ours, and in the right shape."""
    kind = "application/problem+json" if answer.status_code >= 400 else "application/json"
    return (
        answer.status_code < 500
        and answer["Content-Type"] == kind
        and isinstance(json.loads(answer.content), dict)
    )


@pytest.fixture
def dialler() -> Program:
    return Program(token())


def body(records: str) -> bytes:
    return f'{{"source": "dialler", "records": {records}}}'.encode("utf-8", "surrogatepass")


ROW = '{{"id": {}, "rep": "Tess", "kind": "call", "at": "2026-10-12T09:00:00Z"}}'


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"", 422),
        (b"{", 400),
        (b"[]", 422),
        (b"null", 422),
        (b"1", 422),
        (b'"x"', 422),
        (b"\xff\xfe", 400),
        (b"[" * 100_000, 400),
        (b"[" * 21 + b"]" * 21, 400),
        (body("[" + ROW.format("NaN") + "]"), 400),
        (body("[" + ROW.format("1e999") + "]"), 200),
        (body("[" + ROW.format("9" * 4_000) + "]"), 207),
        (body("[" + ROW.format("9" * 5_000) + "]"), 400),
        (body("[" + ROW.format("-1E-999") + "]"), 200),
        (body("[" + ROW.format('"\\u0000"') + "]"), 207),
        (body("[" + ROW.format('"\\ud800"') + "]"), 207),
        (body("[" + ROW.format('"' + "x" * 100_000 + '"') + "]"), 207),
        (body("[" + ROW.format('{"a": 1}') + "]"), 422),
        (body('[{"\\u0000": 1}]'), 422),
        (body('[{"\\ud800": 1}]'), 422),
        (body("[" + ",".join(['{"id": 1}'] * 1_001) + "]"), 422),
        (b'{"source": "\\u0000", "records": [{"id": "1"}]}', 422),
        (b'{"source": "\\ud800", "records": [{"id": "1"}]}', 422),
        (b'{"source": "dialler", "records": [{"id": "1"}], "role": "admin"}', 422),
        (b'{"source": "dialler", "records": [{"id": "1"}], "stages": {"Won": "maybe"}}', 422),
        (b" " * ((5 << 20) + 1), 413),
    ],
)  # fmt: skip
def test_a_hostile_body_is_answered(dialler: Program, sent: bytes, status: int):
    answer = dialler.post("records/activities", sent)
    assert (answer.status_code, sound(answer)) == (status, True), answer.content[:300]


@pytest.mark.parametrize("method", ["get", "put", "patch", "delete", "options"])
@pytest.mark.parametrize("address", ["records", "records/activities", "batches"])
def test_a_wrong_method_is_a_problem_too(dialler: Program, method: str, address: str):
    if (method, address) == ("get", "batches"):
        return
    answer = getattr(dialler.client, method)(f"/api/v1/{address}")
    assert (answer.status_code, sound(answer)) == (405, True)
    assert answer["Allow"] == ("GET" if address == "batches" else "POST")


@pytest.mark.parametrize(
    "address", ["", "nowhere", "batches/1", "records/a/b", "../", "scorecards/%00", "%ff"]
)
def test_a_wrong_address_is_a_problem_too(dialler: Program, address: str):
    answer = dialler.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
    assert int(answer.get("Content-Length", len(answer.content))) == len(answer.content)
    assert "Content-Security-Policy" in answer


@pytest.mark.parametrize("source", ["%00", "x" * 65])
def test_a_source_that_is_none_is_refused(dialler: Program, source: str):
    answer = dialler.get(f"batches?source={source}")
    assert (answer.status_code, sound(answer)) == (422, True)


@pytest.mark.parametrize("key", ["\x00", "\ud800", "x" * 300, "\u202e", " "])
def test_ids_that_no_database_takes_are_refused_again_and_again(dialler: Program, key: str):
    for _ in range(2):
        answer = dialler.send("activities", call(key, deal=key, lead=key))
        assert sound(answer)


def test_a_form_is_no_body():
    client = Client(headers={"Authorization": f"Bearer {token()}"})
    assert sound(client.post(ADDRESS, {"source": "x"}))


def test_a_browser_s_form_without_csrf_token_is_refused_as_a_problem():
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.user("olga"))
    answer = client.post(ADDRESS, {"x": "y" * 10})
    assert (answer.status_code, sound(answer)) == (403, True)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=8)
    | st.sampled_from(["Tess", "call", "2026-10-12", "won", "\x00", "a" * 300]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip


@st.composite
def requests(draw: st.DrawFn) -> tuple[str, Any]:
    """Mostly nearly right: known kinds and fields, with any values."""
    kind = draw(st.sampled_from([*KINDS, "dealz"]))
    fields = list(KINDS[kind].fields) if kind in KINDS else ["id"]
    row = st.dictionaries(st.sampled_from(fields), JSON, max_size=len(fields))
    flat = st.fixed_dictionaries(
        {field: JSON.filter(lambda v: not isinstance(v, list | dict)) for field in fields}
    )
    told = {"source": draw(st.just("x") | JSON), "records": draw(st.lists(flat | row, max_size=3) | JSON)}
    if draw(st.booleans()):
        return f"records/{kind}", told
    return "records", told | {"records": {kind: told["records"]}}


@settings(max_examples=200)
@given(sent=requests())
def test_any_json_is_answered(sent: tuple[str, Any]):
    address, told = sent
    with world.undone():
        answer = Program(token()).post(address, json.dumps(told).encode())
        assert sound(answer), (answer.status_code, answer.content[:500])


def test_the_answers_of_refused_rows_hold_nothing_that_cannot_be_shown(dialler: Program):
    told = dialler.send("activities", call("\x00\ud800", "\x1b[31m\x00")).json()["problems"]
    assert told
    assert all(character.isprintable() for one in told for character in str(one))
