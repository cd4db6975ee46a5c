"""The scorecard endpoint: works, refuses strangers and wrong verbs, says what was wrong."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from tests import world
from tests.api.calling import Program, token, told
from upswing.core.benchmarks import BenchmarkKind
from upswing.people.models import Organisation
from upswing.people.tokens import Scope

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


@pytest.mark.parametrize(
    "address",
    ["scorecards", "scorecards/{}", "targets", "pipeline", "forecast", "forecast/accuracy", "stages"],
)
def test_a_day_after_today_is_refused_with_both_days(address: str):
    today = datetime.now(ZoneInfo(Organisation.objects.get().time_zone)).date()
    tomorrow = today + timedelta(days=1)
    program = Program(token("olga", [Scope.READ]))
    assert program.get(f"{address.format(tess())}?at={today}").status_code == 200

    answer = program.get(f"{address.format(tess())}?at={tomorrow}")
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    assert f"{tomorrow:%B %Y} yet: today is {today.day} {today:%B %Y}." in answer.json()["detail"]


def test_which_day_is_to_come_is_told_by_the_organisations_clock():
    """Kiritimati is a day ahead of Pago Pago at every hour."""
    Organisation.objects.update(time_zone="Pacific/Kiritimati")
    there = datetime.now(ZoneInfo("Pacific/Kiritimati")).date().isoformat()
    assert ask("tess", tess(), at=there).status_code == 200
    Organisation.objects.update(time_zone="Pacific/Pago_Pago")
    assert ask("tess", tess(), at=there).status_code == 422


def test_the_contract_is_served_and_names_every_answer():
    contract = Client().get("/api/v1/openapi.json").json()
    found = contract["paths"]["/api/v1/scorecards/{person}"]["get"]["responses"]
    assert {"200", "401", "404", "422"} <= {str(code) for code in found}


@pytest.mark.parametrize("rep", ["Tess", "me", "42"])
def test_what_is_no_identifier_is_missing_as_a_problem(rep: str):
    answer = ask("tess", rep)
    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"


def read(who: str, path: str, **query: object) -> dict[str, Any]:
    return told(who, path, **(OCTOBER | query))


def card(rest: str = "", who: str = "Tess") -> str:
    return f"scorecards/{world.person(who).uid}{rest}"


@pytest.mark.parametrize(
    ("vs", "kinds"),
    [
        ("team", {"own_past", "team"}),
        ("peers", {"own_past", "role_peers"}),
        ("organisation", {"own_past", "organisation"}),
        ("top", {"own_past", "top_quartile"}),
        ("industry", {"own_past", "industry"}),
        ("own", {"own_past"}),
        ("none", set()),
    ],
)
def test_a_card_is_compared_with_whom_the_request_names(vs: str, kinds: set[str]):
    lines = read("mona", card(), vs=vs)["lines"]
    assert {one["kind"] for line in lines for one in line["benchmarks"]} == kinds


def test_a_comparison_that_does_not_exist_is_refused_with_those_that_do():
    answer = ask("mona", tess(), vs="everybody")
    assert (answer.status_code, "organisation" in answer.json()["detail"]) == (422, True)


def test_a_board_holds_the_cards_of_whom_one_leads():
    board = read("mona", "scorecards")
    names = [one["rep"] for one in board["cards"]]
    assert names == sorted(names)
    assert {"Rami", "Stan", "Tess"} <= set(names)
    assert "Nina" not in names
    on_board, alone = board["cards"][names.index("Tess")]["lines"], read("mona", card())["lines"]
    assert [line["actual"] for line in on_board] == [line["actual"] for line in alone]
    assert (board["page"], board["next"]) == (1, None)
    chosen = board["teams"][0]
    assert read("mona", "scorecards", team=chosen["id"])["team"] == chosen["name"]


def test_a_board_comes_a_page_at_a_time(monkeypatch: pytest.MonkeyPatch):
    for name in ("upswing.api.scorecards.PAGE", "upswing.queries.team.PAGE"):
        monkeypatch.setattr(name, 2)
    page, names = 1, list[str]()
    while page:
        board = read("olga", "scorecards", page=page)
        names += [one["rep"] for one in board["cards"]]
        page = board["next"]
    assert len(names) == len(set(names)) > 2
    assert board["page"] == read("olga", "scorecards", page=99)["page"] > 1


@pytest.mark.parametrize(
    ("address", "what"),
    [("scorecards/{}", "scorecard"), ("scorecards/{}/pace", "scorecard"), ("scorecards/{}/funnel", "scorecard"),
     ("scorecards/{}/records/won_value", "metric"), ("scorecards/{}/lines/calls", "metric"), ("scorecards", "team")],
)  # fmt: skip
def test_whoever_is_in_an_answer_sees_who_looked(address: str, what: str):
    Program(token("mona", [Scope.READ])).get(address.format(tess()) + "?period=2026-10&at=2026-10-15")
    (look,) = read("tess", f"people/{tess()}/looks")["looks"]
    assert (look["by"], look["what"], look["via"]) == ("Mona", what, "token")


def test_the_pace_of_a_running_period():
    pace = read("mona", card("/pace"))["pace"]
    assert (pace["metric"], pace["target"]["amount"]) == ("won_value", "20000.00")
    there = {one["day"]: one["there"] for one in pace["days"]}
    assert there["2026-10-15"] == {"amount": "20000.00", "currency": "EUR"}
    assert there["2026-10-16"] is None
    assert pace["days"][-1]["due"]["amount"] == "20000.00"
    assert (pace["ending"] is None) == bool(pace["reason"])
    assert read("mona", card("/pace"), at="2026-11-02")["pace"] is None
    assert read("mona", card("/pace", "Stan"))["pace"] is None


def test_the_funnel_has_steps_with_their_rates():
    funnel = read("mona", card("/funnel"))
    steps = {step["measure"]: step for step in funnel["steps"]}
    assert (funnel["period"], steps["deals_created"]["count"], steps["deals_won"]["count"]) == (
        "2026-10",
        1,
        2,
    )
    assert steps["deals_created"]["rate"] is None
    assert steps["deals_won"]["rate"] == 2


def test_a_line_stands_beside_everything_it_can_be_compared_with():
    line = read("mona", card("/lines/won_value"))
    assert (line["metric"], line["actual"]["amount"]) == ("won_value", "20000.00")
    assert {one["kind"] for one in line["benchmarks"]} == set(BenchmarkKind)
    assert read("mona", card("/lines/calls"))["actual"] == 0


def test_the_records_add_up_to_the_number():
    found = read("mona", card("/records/won_value"))
    assert (found["value"], found["sum"]) == (2 * ({"amount": "20000.00", "currency": "EUR"},))
    assert [(row["name"], row["value"]["amount"]) for row in found["records"]] == [
        ("T2", "8000.00"),
        ("T1", "12000.00"),
    ]
    assert (found["total"], found["page"], found["next"], found["parts"]) == (2, 1, None, [["won", 2]])
    assert found["aim"]["target"]["amount"] == "20000.00"


def test_records_come_a_page_at_a_time(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("upswing.queries.records.PAGE", 1)
    first, last = (read("mona", card("/records/won_value"), page=page) for page in (1, 2))
    assert (first["page"], first["next"], first["first"]) == (1, 2, 0)
    assert (last["page"], last["next"], last["first"]) == (2, None, 1)
    assert [row["name"] for row in (*first["records"], *last["records"])] == ["T2", "T1"]
    assert read("mona", card("/records/won_value"), page=9) == last


def test_a_metric_that_is_none_is_answered_with_the_nearest():
    client = Client()
    client.force_login(world.user("mona"))
    answer = client.get(f"/api/v1/{card('/records/won_valu')}", OCTOBER)
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    assert "Did you mean “won_value”?" in answer.json()["detail"]
