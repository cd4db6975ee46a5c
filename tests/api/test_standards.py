"""Standards and disputes by API: read, sign, question, answer; say that a number looks wrong, settle it."""

from __future__ import annotations

from typing import Any

import pytest

from tests import world
from tests.api.calling import Program, token, told
from tests.api.given import given, published
from upswing.coaching.models import Dispute
from upswing.people.tokens import Scope

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast")]


def send(who: str, path: str, body: dict[str, Any], key: str = "") -> Any:
    return Program(token(who, [Scope.STANDARDS, Scope.DISPUTES])).post(path, body, key)


def number(rest: str = "", metric: str = "won_value") -> str:
    return f"scorecards/{world.person('Tess').uid}/records/{metric}/disputes{rest}"


def test_a_standard_waits_for_a_signature_and_is_signed():
    standard = published()
    (row,) = told("tess", "standards")["standards"]
    assert (row["version"]["standard"], row["version"]["number"], row["state"]) == (
        str(standard),
        1,
        "in_force",
    )
    assert (row["concerns_me"], row["signed"], row["version"].keys() & {"id", "author"}) == (
        True,
        None,
        set(),
    )
    path = f"standards/{standard}/versions/1"
    shown = told("tess", path)
    assert shown["may_sign"]
    assert all(one["meets"] and one["below"] and one["exceeds"] for one in shown["criteria"])
    signed = send("tess", f"{path}/signature", {"name": " tess "})
    assert signed.status_code == 200, signed.content
    assert (signed.json()["may_sign"], bool(signed.json()["signed"])) == (False, True)
    seen = told("mona", path)
    assert [one["person"] for one in seen["signatures"]] == ["Tess"]
    assert {"Rami", "Stan"} <= set(seen["missing"])
    assert "Tess" not in seen["missing"]


@pytest.mark.parametrize(
    ("who", "name", "status"), [("tess", "Stan", 422), ("tess", "", 422), ("olga", "Olga", 403), ("ada", "Ada", 404)]
)  # fmt: skip
def test_nobody_signs_for_somebody_else(who: str, name: str, status: int):
    answer = send(who, f"standards/{published()}/versions/1/signature", {"name": name})
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")


def test_a_question_stands_open_until_it_is_answered():
    path = f"standards/{published()}/versions/1"
    criterion = told("tess", path)["criteria"][0]["name"]
    asked = send("tess", f"{path}/questions", {"criterion": criterion, "text": "What about calls?"})
    (one,) = asked.json()["questions"]
    assert (one["criterion"], one["text"], one["mine"], one["answered"]) == (
        criterion,
        "What about calls?",
        True,
        None,
    )
    assert told("mona", "standards")["standards"][0]["open_questions"] == 1
    answer = f"standards/questions/{one['id']}/answer"
    done = send("olga", answer, {"answer": "They count."}).json()["questions"][0]
    assert (done["answer"], bool(done["answered"]), done["answerer"]) == (
        "They count.",
        True,
        "olga@example.com",
    )
    assert send("olga", answer, {"answer": "Twice."}).status_code == 422
    wrong = send("tess", f"{path}/questions", {"criterion": "Charm", "text": "Why?"})
    assert (wrong.status_code, "no criterion “Charm”" in wrong.json()["detail"]) == (422, True)


def test_a_number_is_disputed_once_and_settled_by_somebody_else():
    body = {"period": "2026-10", "at": "2026-10-15", "text": "ACME was mine."}
    raised = [send("tess", number(), body, "k1") for _ in range(2)]
    assert [one.status_code for one in raised] == [201, 201]
    assert raised[0].content == raised[1].content
    row = Dispute.objects.unscoped("test").get()
    assert (row.shown, row.period, str(row.day), row.said_by) == (
        "20000.00 EUR",
        "2026-10",
        "2026-10-15",
        "Tess",
    )
    twice = send("mona", number(), body)
    assert (twice.status_code, "in dispute already" in twice.json()["detail"]) == (422, True)
    (waiting,) = told("mona", "disputes")["disputes"]
    assert (waiting["id"], waiting["text"], waiting["may_settle"]) == (
        raised[0].json()["dispute"],
        "ACME was mine.",
        True,
    )
    assert told("tess", "disputes")["disputes"] == []
    settlement = f"disputes/{row.uid}/settlement"
    assert send("tess", settlement, {"answer": "It was."}).status_code == 403
    assert send("otto", settlement, {"answer": "It was."}).status_code == 404
    assert send("mona", settlement, {"answer": " "}).status_code == 422
    settled = send("mona", settlement, {"answer": "Credited to you now."})
    assert (settled.status_code, settled.json()) == (200, {"dispute": str(row.uid), "state": "settled"})
    assert told("mona", "disputes")["disputes"] == []
    (said,) = told("tess", number(), period="2026-10")["disputes"]
    assert (said["answer"], said["settled_by"]) == ("Credited to you now.", "Mona")


def test_who_said_it_does_not_settle_it():
    body = {"period": "2026-10", "text": "One is missing."}
    dispute = send("mona", number(), body).json()["dispute"]
    answer = send("mona", f"disputes/{dispute}/settlement", {"answer": "Fine."})
    assert (answer.status_code, "not by who says it is wrong" in answer.json()["detail"]) == (422, True)


@pytest.mark.parametrize(
    ("metric", "body", "said"),
    [
        ("won_valu", {"period": "2026-10", "text": "Wrong."}, "Did you mean"),
        ("won_value", {"period": "2026-13", "text": "Wrong."}, "2026-13"),
        ("won_value", {"period": "2026-10", "text": ""}, "1 to 2,000 characters"),
        ("won_value", {"period": "2026-10", "at": "soon", "text": "Wrong."}, "at"),
        ("won_value", {"period": "2026-10", "text": "Wrong.", "shown": "1"}, "shown"),
    ],
)
def test_a_dispute_that_says_nothing_is_refused(metric: str, body: dict[str, Any], said: str):
    answer = send("tess", number(metric=metric), body)
    assert (answer.status_code, said in answer.json()["detail"]) == (422, True), answer.content


def test_the_given_world_has_one_of_each():
    there = given()
    assert told("olga", "disputes")["disputes"][0]["id"] == str(there.said)
