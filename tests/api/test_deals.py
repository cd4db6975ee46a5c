"""One deal by API with what it is asked; moves, losses and words that are kept once or not at all."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from tests import world
from tests.actions.paths import STAGES, deal, lay
from tests.actions.told import call
from tests.api.calling import Program, refused, token, told
from tests.api.given import now
from tests.api.test_forecasts import cents
from tests.api.test_hostile import JSON, sound
from upswing.book.evidence import Confirmation, MoveNote
from upswing.core.forecast.categories import Category
from upswing.core.pipelines import Early
from upswing.goals.categories import DealCategory
from upswing.people.models import Look
from upswing.people.tokens import Scope

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast", "fresh")]
ASKED = {"period": "2026-10", "at": "2026-10-15"}
COST = {"amount": "5000.00", "currency": "EUR"}
NEED = {"need-1": {"person": "Ann Smith, CFO"}, "need-2": {"amount": COST}}

FIELDS = {"move": ("stage", "reason", "shown"), "loss": ("reason",), "category": ("category", "reason")}


@pytest.fixture
def fresh() -> None:
    cache.clear()


def test_one_deal_tells_its_path_what_it_was_worth_and_what_each_stage_asks():
    lay()
    step = world.StageMove("Open", date(2026, 10, 1))
    later = world.deal(
        "T4", "Tess", "2026-10-01", amount=7_000, credit=(("Tess", 3), ("Stan", 1)), moves=(step,),
        amounts=((date(2026, 10, 12), 750_050),), expected_close=date(2026, 11, 20),
        closes=((date(2026, 10, 1), date(2026, 10, 30)),),
    )  # fmt: skip
    world.bring(later, call("C1", "Tess", "2026-10-12", deal="T4"))
    found = told("tess", f"deals/{deal().uid}")
    assert [(one["name"], one["share"]) for one in found["reps"]] == [("Stan", 0.25), ("Tess", 0.75)]
    assert found["worth"] == {"amount": "7500.50", "currency": "EUR"}
    assert [(one["day"], one["value"]["amount"]) for one in found["amounts"]] == [
        ("2026-10-01", "7000.00"), ("2026-10-12", "7500.50"),
    ]  # fmt: skip
    assert (found["closes"], found["expected"]) == (
        [{"day": "2026-10-01", "expected": "2026-10-30"}], "2026-11-20",
    )  # fmt: skip
    assert (found["stage"], found["stage_name"], found["source_stage"]) == ("hello", "Hello", "Open")
    assert [(one["stage"], one["since"], one["lasts"]) for one in found["path"]] == [
        ("hello", "2026-10-01", True)
    ]
    assert [one["kind"] for one in found["touches"]] == ["call"]
    assert (found["aged"]["days"], found["hands"]) == (
        (now().date() - date(2026, 10, 1)).days, {"own": True, "leads": False},
    )  # fmt: skip
    assert [(way["key"], way["here"], way["needs_reason"], way["early"]) for way in found["ways"]] == [
        ("hello", True, False, None), ("need", False, True, None), ("offer", False, True, "reason"),
        ("terms", False, True, "reason"),
    ]  # fmt: skip
    need = found["ways"][1]
    assert need["buyer"] == STAGES[1].buyer
    assert [(one["key"], one["proof"], one["open"], one["confirmed"]) for one in need["criteria"]] == [
        ("need-1", "person", True, None), ("need-2", "amount", True, None),
    ]  # fmt: skip


def test_a_stage_has_the_key_and_name_that_the_rules_and_the_pipeline_tell_beside_its_sources_word():
    lay()
    steps = tuple(
        world.StageMove(text, date(2026, 10, day))
        for day, text in enumerate(("Who knows", "open", "NEED"), 1)
    )
    world.bring(world.deal("T4", "Tess", "2026-10-01", amount=7_000, moves=steps, stage="NEED"))
    found = told("tess", f"deals/{deal().uid}")
    names = ("stage", "stage_name", "source_stage")
    assert [tuple(one[name] for name in names) for one in (*found["path"], found)] == [
        (None, None, "Who knows"), ("hello", "Hello", "open"), ("need", "Need", "NEED"), ("need", "Need", "NEED"),
    ]  # fmt: skip
    rules = told("tess", "stages")["pipelines"][0]["stages"]
    assert {"key": "need", "name": "Need"}.items() <= rules[1].items()
    board = told("tess", "pipeline", rep=world.person("Tess").uid)["deals"]
    (listed,) = (one for one in board if one["id"] == str(deal().uid))
    assert (listed["stage"], listed["stage_name"]) == (found["stage"], found["stage_name"])


def test_telling_the_stages_of_a_long_path_asks_for_nothing_more():
    lay()
    program, there = Program(token("tess", [Scope.READ])), f"deals/{deal().uid}"

    def asked() -> int:
        program.get(there)
        with CaptureQueriesContext(connection) as found:
            assert program.get(there).status_code == 200
        return len(found)

    before = asked()
    steps = tuple(world.StageMove("Open" if day % 2 else "Need", date(2026, 10, day)) for day in range(1, 12))
    world.bring(world.deal("T4", "Tess", "2026-10-01", amount=7_000, moves=steps, stage="Open"))
    assert asked() == before


@pytest.mark.parametrize("who", ["stan", "otto", "ada"])
def test_a_deal_one_may_not_see_does_not_exist(who: str):
    program = Program(token(who, [Scope.READ, Scope.DEALS]))
    there = f"deals/{deal().uid}"
    assert program.get(there).status_code == 404
    for deed, body in (
        ("move", {"stage": "won"}),
        ("loss", {"reason": "x"}),
        ("category", {"category": "commit"}),
    ):
        assert program.post(f"{there}/{deed}", body).status_code == 404
    assert deal().outcome == "open"


def sent(deed: str, body: Any, who: str = "tess", key: str = "", of: str = "T4") -> Any:
    return Program(token(who, [Scope.DEALS])).post(f"deals/{deal(of).uid}/{deed}", body, key)


def test_what_is_said_of_a_deal_is_answered_with_all_that_was():
    sent("category", {"category": "best_case"})
    answer = sent("category", {"category": "omitted", "reason": "Their budget was stopped."}, "mona")
    assert [(one["category"], one["reason"], one["by"]) for one in answer.json()["said"]] == [
        ("omitted", "Their budget was stopped.", "Mona"), ("best_case", "", "Tess"),
    ]  # fmt: skip
    assert answer.json()["said"] == told("tess", f"deals/{deal().uid}")["said"]


def test_a_rep_leaves_nothing_out_and_takes_nothing_in_again():
    assert "Whoever leads you" in refused(sent("category", {"category": "omitted", "reason": "No."}), 403)
    assert not DealCategory.objects.unscoped("test").exists()
    sent("category", {"category": "omitted", "reason": "No."}, "mona")
    assert "take it in again" in refused(sent("category", {"category": "commit"}), 403)
    assert DealCategory.objects.unscoped("test").count() == 1


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"category": "omitted"}, "Say in a sentence why “T4” is left out"),
        ({"category": "commit", "reason": "x" * 2_000}, "write at most"),
        ({"category": "certain"}, "'best_case'"), ({"category": None}, "category"), ({"category": ["commit"]}, "category"),
        ({}, "category"), ([], "body"), ({"category": "commit", "by": "Otto"}, "by"),
        ({"category": "commit", "reason": 5}, "reason"), ({"category": "commit", "reason": "\ud800"}, "reason"),
    ],
)  # fmt: skip
def test_what_cannot_be_said_is_refused_and_nothing_is_kept(body: Any, said: str):
    assert said in refused(sent("category", body, "mona"))
    assert not DealCategory.objects.unscoped("test").exists()


def test_the_same_request_says_it_once():
    first, second = (sent("category", {"category": "commit"}, key="k1") for _ in range(2))
    assert (first.content, second["Idempotency-Replayed"]) == (second.content, "true")
    assert DealCategory.objects.unscoped("test").count() == 1
    assert sent("category", {"category": "omitted", "reason": "No."}, "mona", "k1").status_code == 200


def kept() -> list[tuple[Any, ...]]:
    return list(
        Confirmation.objects.order_by("pk").values_list("criterion_key", "amount_minor", "person", "by")
    )


def test_a_deal_moves_with_what_shows_it():
    lay()
    answer = sent("move", {"stage": "need", "shown": NEED})
    assert (answer.status_code, answer.json()) == (
        200, {"deal": str(deal().uid), "stage": "need", "stage_name": "Need", "source_stage": "Need",
              "outcome": "open", "closed": None},
    )  # fmt: skip
    assert kept() == [("need-1", None, "Ann Smith, CFO", "Tess"), ("need-2", 500_000, "", "Tess")]
    way = told("tess", f"deals/{deal().uid}")["ways"][1]
    assert (way["here"], [one["open"] for one in way["criteria"]]) == (True, [False, False])
    assert way["criteria"][1]["confirmed"]["amount"] == COST


def test_where_it_stands_only_what_shows_it_is_kept():
    lay()
    answer = sent("move", {"stage": "hello", "shown": {"hello-1": {"day": "2026-10-20"}}})
    assert (answer.json()["stage"], answer.json()["source_stage"]) == ("hello", "Open")
    assert (MoveNote.objects.count(), len(kept())) == (0, 1)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"stage": "need"}, "“Need” still asks for “The person who decides” and “What it costs them”"),
        ({"stage": "nowhere"}, "the stages of its pipeline are “Hello”, “Need”, “Offer” and “Terms”"),
        ({"stage": "need", "shown": NEED | {"need-9": {"person": "Ann"}}}, "asks for need-1, need-2"),
        ({"stage": "need", "shown": NEED | {"need-2": {"person": "Ann"}}}, "is shown by “amount”"),
        ({"stage": "need", "shown": NEED | {"need-1": {"person": " \0 "}}}, "is shown by “person”"),
        ({"stage": "need", "shown": NEED | {"need-1": {}}, "reason": "Soon"}, "is shown by “person”"),
        ({"stage": "need", "shown": NEED | {"need-2": {"amount": COST | {"currency": "USD"}}}}, "amounts are in EUR"),
        ({"stage": "need", "shown": NEED | {"need-2": {"amount": COST | {"amount": "0.001"}}}}, "more digits"),
        ({"stage": "need", "shown": NEED | {"need-2": {"amount": COST | {"amount": "1e99"}}}}, "amount"),
        ({"stage": "need", "shown": NEED | {"need-1": {"person": "x" * 201}}, "reason": "y" * 1_001},
         "The reason: 1,001 characters; write at most 1,000. The person who decides: 201 characters"),
        ({"stage": "need", "shown": NEED | {"need-1": {"person": "\ud800"}}}, "shown"),
        ({"stage": "need", "shown": {"\0": {}}}, "asks for need-1"),
        ({"stage": "need", "shown": {"": {}}}, "shown"), ({"stage": "need", "shown": []}, "shown"),
        ({"stage": "need", "shown": {str(number): {} for number in range(65)}}, "shown"),
        ({"stage": "need", "shown": NEED | {"need-1": {"person": "Ann", "title": "CFO"}}}, "title"),
        ({"stage": ""}, "stage"), ({"stage": "x" * 200}, "stage"), ({}, "stage"), ([], "body"),
        ({"stage": "terms", "shown": {"terms-1": {"day": "2026-02-30"}}}, "day"),
        ({"stage": "terms"},
         "Say why it is made now. “Terms” still asks for “The day of the demo”"),
    ],
)  # fmt: skip
def test_a_move_that_cannot_be_made_is_refused_and_nothing_is_kept(body: Any, said: str):
    lay()
    assert said in refused(sent("move", body))
    assert (kept(), MoveNote.objects.count(), deal().stage) == ([], 0, "Open")


@given(
    deed=st.sampled_from(["move", "loss", "category"]),
    body=st.fixed_dictionaries(
        {},
        optional={
            "stage": st.sampled_from(["need", "hello"]) | JSON, "reason": st.just("Soon") | JSON,
            "category": st.sampled_from(list(Category)) | JSON,
            "shown": JSON | st.dictionaries(
                st.sampled_from([*NEED, "x"]),
                JSON | st.fixed_dictionaries({}, optional=dict.fromkeys(("day", "amount", "person", "document"), JSON)),
                max_size=3,
            ),
        },
    ),
)  # fmt: skip
def test_any_json_is_answered(deed: str, body: dict[str, Any]):
    with world.undone():
        lay()
        assert sound(sent(deed, {name: body[name] for name in FIELDS[deed] if name in body}))


def test_without_what_shows_it_a_reason_lets_a_deal_move_but_not_where_early_offers_are_refused():
    lay(Early.REFUSE)
    early = {"stage": "offer", "shown": {"offer-1": {"document": "Q-17.pdf"}}, "reason": "They insist."}
    assert "Move it there first" in refused(sent("move", early))
    strict = told("tess", f"deals/{deal().uid}")["ways"]
    assert [(way["refused"], way["strict"]) for way in strict[1:3]] == [(False, True), (True, False)]
    assert sent("move", {"stage": "need", "shown": NEED}).status_code == 200
    assert sent("move", early | {"reason": ""}).status_code == 200
    back = {"stage": "hello"}
    assert "goes back" in refused(sent("move", back))
    assert sent("move", back | {"reason": "Budget was cut."}).json()["stage"] == "hello"


def test_the_same_request_moves_once():
    lay()
    first, second = (sent("move", {"stage": "need", "shown": NEED}, key="k1") for _ in range(2))
    assert (first.content, second["Idempotency-Replayed"]) == (second.content, "true")
    assert (MoveNote.objects.count(), len(kept())) == (1, 2)
    assert sent("move", {"stage": "need"}, key="k1").status_code == 422


def test_a_loss_is_kept_once_and_a_decided_deal_moves_no_more():
    lay()
    for reason in ("", " \0", "x" * 1_001):
        assert refused(sent("loss", {"reason": reason}))
    assert (deal().outcome, MoveNote.objects.count()) == ("open", 0)
    first, second = (sent("loss", {"reason": "No budget"}, key="k1") for _ in range(2))
    assert first.json() == {
        "deal": str(deal().uid), "stage": None, "stage_name": None, "source_stage": "Lost", "outcome": "lost",
        "closed": str(now().date()),
    }  # fmt: skip
    assert (first.content, second["Idempotency-Replayed"]) == (second.content, "true")
    assert "moves no more" in refused(sent("loss", {"reason": "Again"}))
    assert "moves no more" in refused(sent("move", {"stage": "need", "shown": NEED}))
    found = told("tess", f"deals/{deal().uid}")
    assert (found["aged"], found["slip"], [one["reason"] for one in found["notes"]]) == (
        None,
        True,
        ["No budget"],
    )


def test_what_is_said_and_done_reaches_the_forecast():
    day = now().date().isoformat()
    before = told("mona", "forecast", at=day)["whole"]
    sent("category", {"category": "commit"})
    after = told("mona", "forecast", at=day)["whole"]
    assert cents(after["commit"]) - cents(before["commit"]) == 700_000
    sent("loss", {"reason": "No budget"})
    assert cents(before["due"]) - cents(told("mona", "forecast", at=day)["whole"]["due"]) == 700_000


def looks() -> list[tuple[str, str, str, str]]:
    rows = Look.objects.unscoped("test").values_list("person__name", "by", "what", "via")
    return sorted(rows)


def test_whoever_has_a_deal_can_read_who_looked():
    told("olga", "quotes")
    assert looks() == []
    told("mona", f"deals/{deal().uid}")
    assert looks() == [("Tess", "Mona", "pipeline", "api")]
    told("mona", "pipeline", **ASKED)
    assert looks() == [(name, "Mona", "pipeline", "api") for name in ("Rami", "Stan", "Tess")]
