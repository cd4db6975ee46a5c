"""Stalled deals by API: the piles of the page, answers by whom they are given, each once and with its log."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache

from tests import world
from tests.actions.paths import deal
from tests.api.calling import Program, refused, token, told
from tests.api.given import now, proposed, viewer
from upswing.goals.stalls import StallCase, StallStep
from upswing.people.models import Look
from upswing.people.tokens import Scope
from upswing.queries.stalls import Pile, stalls

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast", "fresh")]


@pytest.fixture
def fresh() -> None:
    cache.clear()


def ahead(days: int) -> str:
    return (now().date() + timedelta(days=days)).isoformat()


def done(deed: str, body: Any = "", who: str = "stan", key: str = "", of: str = "S1") -> Any:
    case = StallCase.objects.unscoped("test").get(deal__external_id=of)
    return Program(token(who, [Scope.DEALS])).post(f"stalled/{case.uid}/{deed}", body, key)


def kinds() -> list[str]:
    return list(
        StallStep.objects.filter(case__deal__external_id="S1")
        .order_by("number")
        .values_list("kind", flat=True)
    )


@pytest.mark.parametrize("who", ["stan", "mona", "otto", "olga"])
def test_piles_are_those_of_the_page(who: str):
    proposed("S1")
    done("wait", {"until": ahead(5), "reason": "They are away."})
    for pile in Pile:
        answer, found = told(who, "stalled", pile=pile.value), stalls(viewer(who), viewer(who).at)
        assert [(one["pile"], one["count"], one["value"]["amount"]) for one in answer["piles"]] == [
            (each, one.count, str(one.value.decimal)) for each, one in found.items()
        ]
        assert [one["id"] for one in answer["cases"]] == [str(one.id) for one in found[pile].cases]


def test_a_case_tells_how_the_deal_stands_and_what_was_said():
    proposed("S1")
    (one,) = told("stan", "stalled")["cases"]
    assert (one["deal_id"], one["reps"]) == (str(deal("S1").uid), ["Stan"])
    assert one["amount"] == {"amount": "30000.00", "currency": "EUR"}
    assert (one["since"], one["rule"], one["outcome"], one["hands"]) == (
        "2026-01-12", "cycle", None, {"own": True, "leads": False},
    )  # fmt: skip
    assert (one["limit"], one["now"]["limit"]["days"], one["now"]["policy"]) == (28, 28, "back_1")
    assert [(step["kind"], step["by"]) for step in one["steps"]] == [("proposed", "")]
    assert Look.objects.unscoped("test").count() == 0
    told("mona", "stalled")
    assert set(Look.objects.unscoped("test").values_list("person__name", "what")) >= {("Stan", "pipeline")}


def test_cases_come_a_page_at_a_time():
    world.bring(*(world.deal(f"D{n:02}", "Stan", "2026-03-02", amount=n + 1) for n in range(20)))
    proposed("S1")
    pages = [told("stan", "stalled", page=page) for page in (1, 2)]
    assert [(len(one["cases"]), one["page"], one["next"]) for one in pages] == [(12, 1, 2), (9, 2, None)]
    assert len({case["id"] for one in pages for case in one["cases"]}) == 21
    assert told("stan", "stalled", page=99)["page"] == 2


def test_auditors_find_nothing_and_other_piles_do_not_exist():
    assert Program(token("ada", [Scope.READ])).get("stalled").status_code == 404
    assert "'waits'" in refused(Program(token("stan", [Scope.READ])).get("stalled?pile=gone"))


@pytest.mark.parametrize(
    ("deed", "body"),
    [("next-step", {"day": ahead(30), "what": "Their board meets."}), ("wait", {"until": ahead(30), "reason": "Away."})],
)  # fmt: skip
def test_a_deal_waits_for_a_day_and_the_log_says_why(deed: str, body: dict[str, str]):
    proposed("S1")
    answer = done(deed, body)
    assert (answer.status_code, answer.json()["outcome"], answer.json()["rests"]) == (200, "waits", ahead(30))
    last = answer.json()["steps"][-1]
    assert (last["by"], last["day"], last["words"]) == (
        "Stan",
        ahead(30),
        body.get("what") or body.get("reason"),
    )
    (case,) = told("stan", "stalled", pile="waits")["cases"]
    assert case["steps"] == answer.json()["steps"]
    assert "Take that back first" in refused(done(deed, body))


def test_whose_deal_it_is_agrees_and_who_leads_them_confirms():
    proposed("S1")
    assert "Whose deal it is can agree" in refused(done("agree", who="mona"), 403)
    assert "You can agree to it" in refused(done("confirm"), 403)
    assert kinds() == ["proposed"]
    assert done("confirm", who="mona").json()["outcome"] == "aside"
    assert "What Mona did" in refused(done("take-back"), 403)
    assert done("take-back", who="olga").json()["outcome"] is None
    assert done("agree").json()["outcome"] == "aside"
    assert done("take-back").json()["outcome"] is None
    assert "no answer" in refused(done("take-back"))
    assert kinds() == ["proposed", "confirmed", "taken_back", "agreed", "taken_back"]


def test_what_the_buyer_did_brings_a_deal_back():
    proposed("S1")
    assert "not set aside" in refused(done("return", {"day": ahead(0), "what": "They called."}))
    done("agree")
    answer = done("return", {"day": ahead(0), "what": "They called."}, "mona")
    assert (answer.json()["outcome"], answer.json()["rests"]) == ("waits", ahead(28))
    (case,) = told("stan", "stalled", pile="waits")["cases"]
    assert case["re_entries"] == 1


@pytest.mark.parametrize(
    ("deed", "body", "said"),
    [
        ("next-step", {"day": ahead(0), "what": "Now."}, "no day to wait for"),
        ("next-step", {"day": ahead(181), "what": "Late."}, "no day to wait for"),
        ("next-step", {"day": "0001-01-01", "what": "Long ago."}, "no day to wait for"),
        ("next-step", {"day": "9999-12-31", "what": "Never."}, "no day to wait for"),
        ("next-step", {"day": ahead(5), "what": " \0 "}, "Say what the buyer does"),
        ("next-step", {"day": ahead(5), "what": "x" * 501}, "at most 500"),
        ("next-step", {"day": ahead(5), "what": "\ud800"}, "what"),
        ("next-step", {"day": "tomorrow", "what": "Soon."}, "day"),
        ("next-step", {"day": ahead(5)}, "what"),
        ("next-step", {"day": ahead(5), "what": "Soon.", "by": "Otto"}, "by"),
        ("wait", {"until": ahead(91), "reason": "Long."}, "no day to wait for"),
        ("wait", {"until": ahead(5), "reason": ""}, "Say why the deal waits"),
        ("wait", {"day": ahead(5), "what": "Soon."}, "until"),
        ("wait", [], "body"),
        ("return", {"day": "0001-01-01", "what": "Long ago."}, "not set aside"),
    ],
)
def test_an_answer_that_is_none_is_refused_and_nothing_is_kept(deed: str, body: Any, said: str):
    proposed("S1")
    assert said in refused(done(deed, body, "mona"))
    assert kinds() == ["proposed"]


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_buyer_did_nothing_on_a_day_out_of_reach(day: str):
    proposed("S1")
    done("agree")
    assert refused(done("return", {"day": day, "what": "They called."}))
    assert kinds() == ["proposed", "agreed"]


@pytest.mark.parametrize("who", ["tess", "otto", "ada"])
def test_whoever_does_not_see_the_deal_finds_no_case(who: str):
    proposed("S1")
    for deed, body in (
        ("wait", {"until": ahead(5), "reason": "No."}), ("next-step", {"day": ahead(5), "what": "No."}),
        ("return", {"day": ahead(0), "what": "No."}), ("agree", ""), ("confirm", ""), ("take-back", ""),
    ):  # fmt: skip
        assert done(deed, body, who).status_code == 404
    assert kinds() == ["proposed"]


def test_the_same_answer_is_given_once():
    proposed("S1")
    body = {"until": ahead(5), "reason": "They are away."}
    first, second = (done("wait", body, key="k1") for _ in range(2))
    assert (first.content, second["Idempotency-Replayed"]) == (second.content, "true")
    assert kinds() == ["proposed", "snoozed"]
    assert "came with another request" in refused(done("take-back", key="k1"))


def test_a_deal_that_has_moved_on_is_asked_nothing():
    proposed("S1")
    world.bring(replace(world.deal("S1", "Stan", "2026-01-12", "2026-10-14", "won", 30_000)))
    assert "decided by now" in refused(done("wait", {"until": ahead(5), "reason": "They are away."}))
    assert told("stan", "stalled")["cases"] == []
