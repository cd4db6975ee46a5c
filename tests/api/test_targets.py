"""Targets by API: read with their factors, set by hand with a reason, taken back."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from tests import world
from tests.api.calling import Program, token, told
from tests.api.given import next_month, now, viewer
from upswing.actions.targeting import set_ramp, set_role_share, set_season
from upswing.goals.targets import TargetOverride
from upswing.people.tokens import Scope

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast")]

OCTOBER = {"period": "2026-10", "at": "2026-10-15"}
EURO = {"amount": "30000.50", "currency": "EUR"}


def target(metric: str = "won_value") -> str:
    return f"targets/{world.person('Tess').uid}/{metric}"


def sent(metric: str = "won_value", key: str = "", who: str = "mona", **more: Any) -> Any:
    body = {"period": next_month(), "value": EURO, "reason": "A larger patch."} | more
    return Program(token(who, [Scope.TARGETS])).post(target(metric), body, key)


def kept() -> list[tuple[str, str]]:
    rows = TargetOverride.objects.unscoped("test").filter(withdrawn=None).order_by("pk")
    return [(row.metric, f"{row.value:f}".rstrip("0").rstrip(".")) for row in rows]


def test_the_sheet_holds_what_is_asked_of_whom():
    sheet = told("mona", "targets", **OCTOBER)
    rows = {row["rep"]: row for row in sheet["rows"]}
    assert (sheet["period"], sheet["metrics"], "Nina" in rows) == ("2026-10", ["won_value"], False)
    (aim,) = rows["Tess"]["aims"]
    assert (aim["base"]["amount"], aim["target"]["amount"]) == ("20000.00", "20000.00")
    assert aim["expected"]["amount"] == "10000.00"
    assert (rows["Stan"]["aims"][0]["target"], rows["Stan"]["aims"][0]["reason"]) == (None, "no_target")
    assert [row["rep"] for row in told("tess", "targets", **OCTOBER)["rows"]] == ["Tess"]


def test_a_target_is_set_with_a_reason_and_taken_back():
    answer = sent()
    assert answer.status_code == 200, answer.content
    found = answer.json()
    assert found["aim"]["target"] == EURO
    (change,) = found["changes"]
    assert (change["value"], change["reason"], change["by"], change["withdrawn"]) == (
        EURO, "A larger patch.", "Mona", None,
    )  # fmt: skip
    assert found == told("tess", target(), period=next_month())
    program = Program(token("mona", [Scope.TARGETS]))
    back = program.post(f"targets/changes/{change['id']}/withdrawal", {"reason": "The patch stays."})
    assert (back.status_code, back.json()) == (200, {"change": change["id"], "state": "taken back"})
    after = told("tess", target(), period=next_month())
    assert (after["aim"]["target"], after["changes"][0]["withdrawal"]) == (None, "The patch stays.")
    again = program.post(f"targets/changes/{change['id']}/withdrawal", {"reason": "Once more."})
    assert (again.status_code, "already" in again.json()["detail"]) == (422, True)


@pytest.mark.parametrize(
    ("metric", "value", "stored"),
    [("deals_won", 3, "3"), ("deals_won", "3.5", "3.5"), ("win_rate", 0.25, "0.25"), ("won_value", EURO, "3000050")],
)  # fmt: skip
def test_a_value_is_kept_exactly_in_the_metric_s_unit(metric: str, value: Any, stored: str):
    answer = sent(metric, value=value)
    assert answer.status_code == 200, answer.content
    assert kept() == [(metric, stored)]


@pytest.mark.parametrize(
    ("metric", "wrong", "said"),
    [
        ("won_value", {"value": 30_000}, "money in EUR"),
        ("won_value", {"value": EURO | {"currency": "USD"}}, "money in EUR"),
        ("won_value", {"value": EURO | {"amount": "1.005"}}, "more digits than EUR has"),
        ("won_value", {"value": EURO | {"amount": "1e30"}}, "value"),
        ("won_value", {"value": EURO | {"amount": "-5"}}, "above 0"),
        ("deals_won", {"value": EURO}, "no money"),
        ("deals_won", {"value": True}, "value"),
        ("deals_won", {"value": "NaN"}, "value"),
        ("win_rate", {"value": 25}, "up to 100 %"),
        ("win_rat", {"value": 0.25}, "Did you mean “win_rate”?"),
        ("won_value", {"reason": " "}, "Write why"),
        ("won_value", {"period": "2026-Q5"}, "2026-Q5"),
        ("won_value", {"period": "2026-10"}, "closed period"),
        ("won_value", {"by": "Otto"}, "by"),
    ],
)
def test_what_cannot_be_a_target_is_refused_with_how_to_write_it(
    metric: str, wrong: dict[str, Any], said: str
):
    answer = sent(metric, **wrong)
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json"), answer.content
    assert said in answer.json()["detail"]
    assert kept() == []


def test_whoever_may_not_set_targets_is_told_whom_to_ask():
    answer = sent(who="tess")
    assert (answer.status_code, "Ask their manager" in answer.json()["detail"]) == (403, True)


def test_the_same_request_sets_once():
    first, second = sent(key="a1"), sent(key="a1")
    assert (first.content, second["Idempotency-Replayed"]) == (second.content, "true")
    assert TargetOverride.objects.unscoped("test").count() == 1
    assert sent(key="a1", reason="Another.").status_code == 422


def test_proposals_come_with_what_they_stand_on():
    found = told("mona", "targets/proposals", metric="deals_created", **OCTOBER)
    rows = {row["rep"]: row for row in found["proposals"]}
    assert (found["metric"], set(rows) >= {"Rami", "Stan", "Tess"}) == ("deals_created", True)
    assert all((row["value"] is None) == bool(row["reason"]) for row in rows.values())


@pytest.mark.parametrize("metric", ["open_value", "quota_attainment", "nonsense"])
def test_nothing_is_proposed_for_what_does_not_add_up(metric: str):
    answer = Program(token("mona", [Scope.READ])).get(f"targets/proposals?metric={metric}")
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")


def test_tables_are_read_as_they_were_made():
    olga, starts = viewer("olga"), date(now().year + 1, 1, 1)
    set_season(olga, starts, [Fraction(1)] * 12, "Even.", now())
    set_ramp(olga, starts, [Fraction(1, 2), Fraction(3, 4)], "", "Half at first.", now())
    set_role_share(olga, starts, "SDR", Fraction(4, 5), "They open doors.", now())
    told_of = {kind: told("tess", f"targets/tables/{kind}")["tables"] for kind in ("season", "ramp", "role")}
    assert [len(rows) for rows in told_of.values()] == [1, 1, 1]
    assert told_of["season"][0]["shares"] == [1] * 12
    assert (told_of["ramp"][0]["shares"], told_of["ramp"][0]["current"]) == ([0.5, 0.75], False)
    assert (told_of["role"][0]["role"], told_of["role"][0]["shares"]) == ("SDR", [0.8])


def test_other_tables_do_not_exist():
    answer = Program(token("mona", [Scope.READ])).get("targets/tables/moon")
    assert (answer.status_code, "season" in answer.json()["detail"]) == (422, True)
