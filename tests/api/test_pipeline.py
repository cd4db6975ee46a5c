"""The pipeline, stages and quotes by API: tiles that add up to their lists, and the numbers of the pages."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from django.core.cache import cache

from tests import world
from tests.actions.paths import deal, lay
from tests.actions.told import quote
from tests.api.calling import Program, refused, token, told
from tests.api.given import now, viewer
from tests.api.test_forecasts import cents, euros
from tests.queries.test_pipeline import open_deals, past
from upswing.actions import pipelines, stages
from upswing.core.period import month_of
from upswing.core.pipelines import Criterion, Proof, Stage
from upswing.people.tokens import Scope
from upswing.queries.pipeline import Asked, Pipeline, pipeline
from upswing.queries.quotes import Asked as AskedQuotes
from upswing.queries.quotes import Pile, quotes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast", "fresh")]
OCTOBER = month_of(world.TODAY)
ASKED = {"period": "2026-10", "at": "2026-10-15"}


@pytest.fixture
def fresh() -> None:
    cache.clear()


def page_of(who: str, **asked: Any) -> Pipeline:
    return pipeline(world.viewer(who), OCTOBER, world.TODAY, asked=Asked(**asked))


@pytest.fixture
def many(cast: None) -> None:
    """A past that tells stages, and 120 open deals in them."""
    lay()
    world.bring(*past(), *open_deals(120))


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize("who", ["mona", "olga"])
def test_tiles_have_the_numbers_of_the_page_and_each_row_adds_up(who: str):
    answer, found = told(who, "pipeline", **ASKED), page_of(who)
    for row in ("states", "stages", "said"):
        assert [
            (one["key"], one["name"], one["deals"], one["value"], one["weighted"]) for one in answer[row]
        ] == [
            (one.key, one.name, one.deals, euros(one.value), euros(one.weighted))
            for one in getattr(found, row)
        ]
        assert sum(one["deals"] for one in answer[row]) == answer["whole"]["deals"] == found.whole.deals
        assert sum(cents(one["value"]) for one in answer[row]) == cents(answer["whole"]["value"])
    assert (answer["undated"], answer["worthless"], answer["waiting"]) == (found.undated, found.worthless, 0)


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize(
    "asked", [{}, {"state": "later"}, {"stage": "need"}, {"said": "pipeline"}, {"state": "moving", "stage": "offer"}]
)  # fmt: skip
def test_a_tile_s_deals_come_a_page_at_a_time_and_add_up_to_it(asked: dict[str, str]):
    deals, number = [], 1
    while number:
        answer = told("olga", "pipeline", page=number, **ASKED, **asked)
        assert answer["page"] == number
        deals, number = [*deals, *answer["deals"]], answer["next"]
    assert len({one["id"] for one in deals}) == len(deals) == answer["chosen"]["deals"] > 0
    assert sum(cents(one["amount"]) for one in deals) == cents(answer["chosen"]["value"])
    assert all(one[name] == wanted for one in deals for name, wanted in asked.items())
    last = told("olga", "pipeline", page=9_999, **ASKED, **asked)
    assert (last["page"], last["next"], last["deals"][-1]) == (answer["page"], None, deals[-1])


@pytest.mark.usefixtures("many")
def test_a_deal_of_the_list_says_what_the_page_says_of_it_and_nothing_of_ours():
    one, item = told("olga", "pipeline", **ASKED)["deals"][0], page_of("olga").items[0]
    assert (one["id"], one["name"], one["reps"], one["stage"], one["stage_name"]) == (
        str(item.id), item.name, list(item.reps), item.stage, item.stage_name,
    )  # fmt: skip
    assert (one["state"], one["said"], one["age"], one["stage_age"], one["limit"], one["over"]) == (
        item.state, item.said, item.age, item.stage_age, item.limit, item.over,
    )  # fmt: skip
    assert one["amount"] == euros(item.amount)
    assert (one["weight"], one["chance"]) == pytest.approx((item.weight, item.chance), abs=1e-6)
    assert "key" not in one


@pytest.mark.parametrize(
    ("query", "said"),
    [("stage=nowhere", "Choose one of lost, won, open"), ("stage=%00", "Choose one of"), ("state=gone", "'moving'"),
     ("said=maybe", "'best_case'"), ("rep=1", "rep"), ("page=0", "page")],
)  # fmt: skip
def test_tiles_that_are_none_are_refused_with_those_there_are(query: str, said: str):
    answer = Program(token("olga", [Scope.READ])).get(f"pipeline?period=2026-10&at=2026-10-15&{query}")
    assert said in refused(answer)


def test_a_rep_has_a_pipeline_of_their_own_and_of_nobody_else():
    tess, stan = (world.person(name).uid for name in ("Tess", "Stan"))
    answer = told("tess", "pipeline", rep=tess, **ASKED)
    assert [(one["name"], one["amount"]["amount"]) for one in answer["deals"]] == [("T4", "7000.00")]
    program = Program(token("tess", [Scope.READ]))
    assert [program.get(f"pipeline?{query}").status_code for query in (f"rep={stan}", "")] == [404, 404]


def test_stages_have_the_keys_that_moves_take_and_those_to_come_their_changes():
    lay()
    olga = viewer("olga")
    renewals = Stage(
        "", "Talks", "They talk.", (Criterion("", "The day", Proof.DATE),), weight=Fraction(1, 3)
    )
    uid = pipelines.begin(olga, "Renewals", now())
    stages.save_stage(olga, uid, renewals)
    pipelines.publish(olga, uid, olga.at, "", now())
    found = told("tess", "stages")
    assert [[stage["key"] for stage in each["stages"]] for each in found["pipelines"]] == [
        ["hello", "need", "offer", "terms"], ["1/talks"],
    ]  # fmt: skip
    need, talks = found["pipelines"][0]["stages"][1], found["pipelines"][1]["stages"][0]
    assert (need["qualifies"], need["weight"], need["days"], need["policy"]) == (True, None, None, None)
    assert [one["key"] for one in need["criteria"]] == ["need-1", "need-2"]
    assert (talks["weight"], found["pipelines"][0]["early"], found["written"]) == (0.333333, "reason", True)
    assert (found["pipelines"][0]["version"]["number"], found["to_come"]) == (1, [])
    later = told("tess", "stages", at="2026-10-01")
    assert (later["written"], [one["version"]["number"] for one in later["to_come"]]) == (False, [1, 1])


def test_quotes_lie_in_the_piles_of_the_page():
    world.bring(*(quote(f"Q{n:03}", "T4", 1, "2026-10-02", 100 + n) for n in range(60)))
    world.bring(
        quote("QN", "N1", 1, "2026-10-03", 5, "declined"), quote("QD", "T1", 1, "2026-09-03", 7, "accepted")
    )
    for asked, expected in (
        ({}, AskedQuotes()), ({"pile": "accepted"}, AskedQuotes(Pile.ACCEPTED)),
        ({"period": "2026-10"}, AskedQuotes(sent=OCTOBER)),
        ({"rep": world.person("Tess").uid, "pile": "out"}, AskedQuotes(Pile.OUT, rep=world.person("Tess").uid)),
    ):  # fmt: skip
        answer, found = told("mona", "quotes", **asked), quotes(viewer("mona"), expected)
        assert [(one["pile"], one["count"], cents(one["value"])) for one in answer["tiles"]] == [
            (tile.pile, tile.count, tile.value.minor) for tile in found.tiles
        ]
        assert [one["number"] for one in answer["quotes"]] == [row.number for row in found.rows]
        assert (answer["total"], answer["found"]) == (found.total, found.found)
    first, second = (told("mona", "quotes", page=page) for page in (1, 2))
    assert (len(first["quotes"]), first["next"], second["next"]) == (50, 2, None)
    assert len({one["id"] for one in (*first["quotes"], *second["quotes"])}) == first["found"] == 61
    assert told("otto", "quotes")["quotes"][0]["number"] == "QN"


def test_a_quote_stands_on_its_deal_too():
    world.bring(quote("Q1", "T4", 1, "2026-10-02", 100))
    (one,) = told("tess", f"deals/{deal().uid}")["quotes"]
    assert one == told("tess", "quotes")["quotes"][0]
    assert (one["amount"]["amount"], one["standing"], one["here"]) == ("100.00", "sent", False)


@pytest.mark.parametrize("query", ["pile=lost", "period=2026-Q5", "rep=x", "page=0"])
def test_quotes_that_cannot_be_asked_for_are_refused(query: str):
    assert refused(Program(token("mona", [Scope.READ])).get(f"quotes?{query}"))
