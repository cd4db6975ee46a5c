"""The stages of open deals are found by the pipelines of a day; what nothing knows is told; nothing is guessed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from tests import world
from upswing.actions import pipelines as actions
from upswing.actions import stages
from upswing.book.models import Deal
from upswing.book.models import StageMove as Move
from upswing.core.pipelines import Criterion, Early, Pipeline, Proof, Stage
from upswing.core.records import Outcome, StageMove
from upswing.queries.once import asking
from upswing.queries.pipeline_setup import overview
from upswing.queries.pipelines import Held, deals_per_stage, early, held, pipelines_on, seen, strangers
from upswing.queries.stage_rules import rules

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast")]
TODAY, NOW, DAY = world.TODAY, world.NOW, timedelta(days=1)
SHOWN = (Criterion("", "The day of the demonstration", Proof.DATE),)


def open_deal(key: str, stage: str, amount: int = 1_000, *before: str, **more: Any) -> Any:
    """An open deal, with the stages it went through to where it is."""
    moves = tuple(
        StageMove(name, date(2026, 9, 1) + number * DAY) for number, name in enumerate((*before, stage))
    )
    return world.deal(key, "Stan", "2026-09-01", amount=amount, stage=stage, moves=moves, **more)


def written(name: str, *names: str, words: dict[str, tuple[str, ...]] | None = None) -> UUID:
    """A draft whose stages are called so."""
    olga = world.viewer("olga")
    uid = actions.begin(olga, name, NOW)
    stages.settle_rules(olga, uid, name, None, 5)
    for each in names:
        stages.save_stage(
            olga, uid, Stage("", each, "The buyer has moved.", SHOWN, words=(words or {}).get(each, ()))
        )
    return uid


def published(name: str, *names: str, effective: date = TODAY, words: Any = None) -> UUID:
    uid = written(name, *names, words=words)
    actions.publish(world.viewer("olga"), uid, effective, "", NOW)
    return uid


def names(pipeline: Pipeline) -> list[str]:
    """Its stages, but for those of the cast's own book."""
    return [each.name for each in pipeline.stages if each.name not in {"Open", "Won", "Lost"}]


def test_as_long_as_nothing_is_published_the_deals_say_which_stages_there_are():
    world.bring(
        open_deal("A", "Terms", 1, "Need", "Demo"), open_deal("B", "Demo", 1, "Need"), open_deal("C", "terms", 1, "Demo"),
        open_deal("D", "Quiet", 1),
    )  # fmt: skip
    (found,) = pipelines_on(TODAY)
    assert found.name == "Deals"
    assert [each.casefold() for each in names(found)] == ["need", "quiet", "demo", "terms"]
    assert found.stages[-1].name == "Open"  # whose deals nobody saw move
    assert all(each.weight is None and each.days is None for each in found.stages)
    assert strangers(TODAY) == ()


def test_the_order_is_that_of_the_mean_place_and_the_same_each_time():
    deals = [open_deal(f"A{n}", "Offer", 1, "Need") for n in range(3)]
    world.bring(*deals, open_deal("B", "Need", 1, "Offer"))
    assert names(seen()) == ["Need", "Offer"]
    assert seen() == seen()


def test_stages_that_end_deals_are_none():
    world.bring(
        world.deal("W", "Stan", "2026-09-01", "2026-09-20", "won", 5, stage="Signed", moves=(
            StageMove("Need", date(2026, 9, 1)), StageMove("Signed", date(2026, 9, 20), Outcome.WON),
        ))
    )  # fmt: skip
    assert "Need" in names(seen())
    assert "Signed" not in names(seen())


def test_a_stage_that_only_closed_deals_passed_comes_where_they_passed_it():
    world.bring(open_deal("A", "Offer", 1, "Need", "Trial"))
    world.bring(
        world.deal("L", "Stan", "2026-09-01", "2026-09-20", "lost", 5, stage="Lost", moves=(
            StageMove("Need", date(2026, 9, 1)), StageMove("Trial", date(2026, 9, 2)),
        ))
    )  # fmt: skip
    assert names(seen()) == ["Need", "Trial", "Offer"]


def test_without_any_deal_there_is_no_stage():
    Move.objects.all().delete()
    Deal.objects.unscoped("test").delete()
    assert pipelines_on(TODAY) == (Pipeline("Deals", early=None),)
    assert strangers(TODAY) == ()


def test_a_pipeline_counts_from_its_day_on_and_drafts_never_do():
    written("Draft", "Asked")
    published("Sales", "Need", effective=TODAY + 3 * DAY)
    assert pipelines_on(TODAY + 2 * DAY) == (seen(),)
    assert [each.name for each in pipelines_on(TODAY + 3 * DAY)] == ["Sales"]
    published("Renewals", "Reminded")
    assert [each.name for each in pipelines_on(TODAY)] == ["Renewals"]
    assert [each.name for each in pipelines_on(TODAY + 3 * DAY)] == ["Sales", "Renewals"]


def test_open_deals_are_held_with_what_they_are_worth_now():
    before = {each.text: each for each in held()}
    assert before == {"Open": Held("Open", 3, 40_000_00)}  # T4, S1 and R1
    world.bring(
        open_deal("A", "Need", 1_000), open_deal("B", "NEED", 500), open_deal("C", "need ", 500),
        open_deal("D", "Offer", 100, amounts=((date(2026, 9, 10), 900_00), (date(2026, 9, 12), 300_00))),
        open_deal("E", "Offer", 0, amount_minor=None, expected_minor=None),
    )  # fmt: skip
    found = {each.text.strip().casefold(): (each.deals, each.minor) for each in held()}
    assert found == {"need": (3, 2_000_00), "offer": (2, 300_00), "open": (3, 40_000_00)}


def test_most_deals_come_first():
    world.bring(
        *(open_deal(f"N{n}", "Need", 1) for n in range(4)), open_deal("A", "B", 1), open_deal("B", "A", 1)
    )
    assert [each.text for each in held()] == ["Need", "Open", "A", "B"]


def test_strangers_are_what_no_pipeline_of_the_day_knows():
    world.bring(
        open_deal("A", "Discovery", 700), open_deal("B", "Quote", 300), open_deal("C", "Reminder", 50)
    )
    published("Sales", "Need", "Offer", words={"Need": ("discovery",)})
    published("Renewals", "Reminded", words={"Reminded": ("Reminder", "Open")}, effective=TODAY + DAY)
    assert strangers(TODAY) == (
        Held("Open", 3, 40_000_00),
        Held("Quote", 1, 300_00),
        Held("Reminder", 1, 50_00),
    )
    assert strangers(TODAY + DAY) == (Held("Quote", 1, 300_00),)
    assert deals_per_stage(TODAY) == {("Sales", "need"): Held("Discovery", 1, 700_00)}
    assert deals_per_stage(TODAY + DAY)["Renewals", "reminded"] == Held("Open", 4, 40_050_00)


def test_closed_deals_are_no_strangers():
    world.bring(world.deal("L", "Stan", "2026-09-01", "2026-09-20", "lost", 5, stage="Gone"))
    published("Sales", "Open")
    assert strangers(TODAY) == ()


def test_who_sees_the_stages_sees_no_deal_of_anybody():
    """Rules are everybody's; counts stand on the pages of revenue operations alone."""
    published("Sales", "Need")
    found = rules(world.viewer("tess"), TODAY)
    assert [each.name for each, _ in found.pipelines] == ["Sales"]
    assert found.written
    assert not any(isinstance(value, Held) for value in (found.pipelines, found.to_come))


def test_the_overview_tells_from_when_a_stranger_will_be_known():
    published("Sales", "Need")
    published("Later", "Asked", words={"Asked": ("Open",)}, effective=TODAY + DAY)
    assert overview(world.viewer("olga")).strangers == ((Held("Open", 3, 40_000_00), TODAY + DAY),)


def test_a_proposal_before_qualification_is_noticed_by_the_moves_of_the_deal():
    world.bring(open_deal("A", "Offer", 1), open_deal("B", "Offer", 1, "Need"), open_deal("C", "Need", 1))
    found = {deal.external_id: deal.uid for deal in Deal.objects.unscoped("test")}
    assert {key: early(found[key], TODAY) for key in "ABC"} == dict.fromkeys("ABC")
    olga, uid = world.viewer("olga"), actions.begin(world.viewer("olga"), "Sales", NOW)
    for name, marks in (("Need", {"qualifies": True}), ("Offer", {"proposes": True})):
        stages.save_stage(olga, uid, Stage("", name, "The buyer has moved.", SHOWN, **marks))
    stages.settle_rules(olga, uid, "Sales", Early.REFUSE, 5)
    actions.publish(olga, uid, TODAY, "", NOW)
    assert {key: early(found[key], TODAY) for key in "ABC"} == {"A": Early.REFUSE, "B": None, "C": None}


def test_a_page_asks_once(django_assert_num_queries: Any):
    published("Sales", "Need")
    with asking(), django_assert_num_queries(2):
        for _ in range(5):
            strangers(TODAY)
            deals_per_stage(TODAY)
