"""Pipelines are drafted and published by operators; no open deal loses its stage; what was published never changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction

from tests import world
from upswing.actions import pipelines as actions
from upswing.actions import stages
from upswing.actions.permission import Incomplete, NotAllowed
from upswing.core.pipelines import STARTER, Criterion, Early, Pipeline, Policy, Proof, Stage
from upswing.goals.pipelines import PipelineSetup, PipelineVersion, data_of, pipeline_of
from upswing.people.viewer import NotVisible
from upswing.queries import pipeline_setup
from upswing.queries.pipelines import Held, deals_per_stage, issued, pipelines_on, strangers

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast")]
TODAY, NOW, DAY = world.TODAY, world.NOW, timedelta(days=1)
SHOWN = (Criterion("", "The day of the demonstration", Proof.DATE),)
NEED = Stage("", "Need", "The buyer has said what must change.", SHOWN, qualifies=True)
OFFER = Stage(
    "",
    "Offer",
    "The buyer holds an offer.",
    SHOWN,
    Fraction(1, 2),
    34,
    Policy.BACK_1,
    ("Quote",),
    proposes=True,
)


def begun(*written: Stage, name: str = "Sales") -> UUID:
    uid = actions.begin(world.viewer("olga"), name, NOW)
    for stage in written or (NEED, OFFER):
        stages.save_stage(world.viewer("olga"), uid, stage)
    return uid


def published(*written: Stage, name: str = "Sales", effective: date = TODAY) -> UUID:
    uid = begun(*written, name=name)
    actions.publish(world.viewer("olga"), uid, effective, "", NOW)
    return uid


def again(uid: UUID) -> Pipeline:
    """The draft of the next version."""
    actions.begin_again(world.viewer("olga"), uid, NOW)
    return drafted(uid)


def drafted(uid: UUID) -> Pipeline:
    return pipeline_setup.draft(world.viewer("olga"), uid).pipeline


def publish(uid: UUID, effective: date = TODAY, note: str = "As agreed.") -> int:
    return actions.publish(world.viewer("olga"), uid, effective, note, NOW)


def refused(uid: UUID, effective: date = TODAY, note: str = "As agreed.") -> str:
    with pytest.raises(Incomplete) as error:
        publish(uid, effective, note)
    return " ".join(error.value.sentences)


def quoted(count: int = 2, stage: str = "Quote") -> None:
    world.bring(
        *(world.deal(f"Q{n}", "Stan", "2026-09-01", amount=100, stage=stage, moves=()) for n in range(count))
    )


def test_a_pipeline_is_whatever_was_published_and_nothing_before():
    uid = begun()
    assert [each.name for each in pipelines_on(TODAY)] == ["Deals"]
    assert publish(uid, note="") == 1
    (found,) = pipelines_on(TODAY)
    assert [each.key for each in found.stages] == ["need", "offer"]
    assert found.stages[1] == replace(OFFER, key="offer", criteria=(replace(SHOWN[0], key="offer-1"),))
    assert (found.early, found.grace) == (Early.REASON, 5)


def test_only_operators_write():
    uid = published()
    again(uid)
    for who in ("tess", "mona", "ada"):
        viewer = world.viewer(who)
        for deed in (
            lambda v: actions.begin(v, "Mine", NOW), lambda v: actions.take_starter(v, NOW),
            lambda v: actions.take_seen(v, NOW), lambda v: actions.begin_again(v, uid, NOW),
            lambda v: actions.discard(v, uid), lambda v: actions.publish(v, uid, TODAY, "Now.", NOW),
            lambda v: actions.give_stages(v, {}, "", NOW), lambda v: stages.save_stage(v, uid, NEED),
            lambda v: stages.settle_rules(v, uid, "Mine", None, 5), lambda v: stages.move_stage(v, uid, "need", 1),
            lambda v: stages.remove_stage(v, uid, "need"), lambda v: stages.name_again(v, uid, "need", "Asked"),
        ):  # fmt: skip
            with pytest.raises(NotAllowed, match="Ask somebody in revenue operations"):
                deed(viewer)
        for question in (
            pipeline_setup.overview, lambda v: pipeline_setup.shown(v, uid), lambda v: pipeline_setup.draft(v, uid)
        ):  # fmt: skip
            with pytest.raises(NotVisible):
                question(viewer)
    assert PipelineSetup.objects.count() == 1


def test_what_is_not_there_is_not_written():
    viewer, uid = world.viewer("olga"), begun()
    for deed in (
        lambda: actions.begin_again(viewer, uuid4(), NOW), lambda: actions.discard(viewer, uuid4()),
        lambda: actions.publish(viewer, uuid4(), TODAY, "", NOW), lambda: stages.save_stage(viewer, uuid4(), NEED),
        lambda: stages.save_stage(viewer, uid, replace(NEED, key="nothing")),
        lambda: stages.remove_stage(viewer, uid, "nothing"), lambda: stages.remove_stage(viewer, uid, "need", "nothing"),
        lambda: stages.remove_stage(viewer, uid, "need", "need"), lambda: stages.name_again(viewer, uid, "nothing", "X"),
        lambda: pipeline_setup.shown(viewer, uid),
    ):  # fmt: skip
        with pytest.raises(NotVisible):
            deed()


def test_the_starter_is_taken_in_the_words_of_whoever_takes_it_and_published_as_it_is():
    uid = actions.take_starter(world.viewer("olga"), NOW, str.upper)
    assert [each.name for each in drafted(uid).stages] == [each.name.upper() for each in STARTER.stages]
    assert publish(uid, note="") == 1


def test_the_stages_of_the_deals_are_taken_and_wait_for_the_buyers_step():
    quoted(stage="Quote")
    uid = actions.take_seen(world.viewer("olga"), NOW)
    assert "Quote" in [each.name for each in drafted(uid).stages]
    assert "“Quote” does not say what the buyer has done." in refused(uid)
    assert "“Quote” has no evidence." in refused(uid)


@pytest.mark.parametrize("name", ["", "   ", "n" * 101])
def test_a_pipeline_needs_a_name(name: str):
    with pytest.raises(Incomplete, match="Give the pipeline a name of 1 to 100 characters"):
        actions.begin(world.viewer("olga"), name, NOW)
    assert not PipelineSetup.objects.exists()


def test_two_pipelines_are_not_called_the_same():
    published()
    with pytest.raises(Incomplete, match="Another pipeline is called “sales”"):
        actions.begin(world.viewer("olga"), "sales", NOW)
    other = begun(Stage("", "Asked", "The buyer asked.", SHOWN), name="Renewals")
    with pytest.raises(Incomplete, match="Another pipeline is called “SALES”"):
        stages.settle_rules(world.viewer("olga"), other, "SALES", None, 5)


def test_two_pipelines_do_not_share_a_stage():
    published()
    assert "“Need” is a stage of “Sales” too" in refused(begun(NEED, name="Renewals"), note="")


@pytest.mark.parametrize(
    ("stage", "sentence"),
    [
        (replace(NEED, buyer=" "), "does not say what the buyer has done"),
        (replace(NEED, criteria=()), "has no evidence"),
        (replace(NEED, criteria=(Criterion("", "They like us", None),)), "is shown by nothing"),
        (replace(NEED, name=""), "A stage has no name"),
        (replace(NEED, weight=Fraction(2)), "counts 200 %"),
        (replace(NEED, days=0), "may last 0 days"),
        (replace(NEED, name="quote"), "“quote” is “Offer” already"),
        (replace(NEED, words=("OFFER",)), "“OFFER” is “Offer” already"),
    ],
)
def test_a_stage_without_the_buyers_step_and_its_evidence_is_not_saved(stage: Stage, sentence: str):
    uid = begun(OFFER)
    with pytest.raises(Incomplete, match=sentence):
        stages.save_stage(world.viewer("olga"), uid, stage)
    assert [each.name for each in drafted(uid).stages] == ["Offer"]


def test_a_stage_is_kept_tidy_and_its_evidence_gets_keys_that_last():
    uid = begun(replace(NEED, name="  The   need ", words=("a", " A ", "the NEED", ""), criteria=SHOWN * 2))
    (kept,) = drafted(uid).stages
    assert (kept.name, kept.words, kept.key) == ("The need", ("A",), "the-need")
    assert [each.key for each in kept.criteria] == ["the-need-1", "the-need-2"]
    more = replace(kept, name="Need", criteria=(kept.criteria[1], *SHOWN))
    assert stages.save_stage(world.viewer("olga"), uid, more) == "the-need"
    assert [each.key for each in drafted(uid).stages[0].criteria] == ["the-need-2", "the-need-2-2"]


def test_a_key_is_never_given_twice():
    uid = published()
    again(uid)
    stages.remove_stage(world.viewer("olga"), uid, "offer")
    assert stages.save_stage(world.viewer("olga"), uid, replace(OFFER, proposes=False)) == "offer-2"


def test_stages_move_and_the_draft_keeps_their_order():
    uid = begun(NEED, OFFER)
    stages.move_stage(world.viewer("olga"), uid, "offer", -1)
    assert [each.key for each in drafted(uid).stages] == ["offer", "need"]
    assert "no stage before it says that qualification is reached there" in refused(uid, note="")
    stages.settle_rules(world.viewer("olga"), uid, "Sales", None, 0)
    assert publish(uid, note="") == 1
    assert (pipelines_on(TODAY)[0].early, pipelines_on(TODAY)[0].grace) == (None, 0)


def test_a_stage_with_open_deals_is_not_taken_off_until_its_deals_have_another():
    uid = published()
    quoted(12)
    again(uid)
    with pytest.raises(Incomplete) as error:
        stages.remove_stage(world.viewer("olga"), uid, "offer")
    assert error.value.sentences == (
        "12 open deals stand in “Offer”. Choose the stage that they belong to, then take this one off.",
    )
    stages.remove_stage(world.viewer("olga"), uid, "offer", "need")
    assert [(each.key, each.words) for each in drafted(uid).stages] == [("need", ("Offer", "Quote"))]
    assert publish(uid) == 2
    assert deals_per_stage(TODAY) == {("Sales", "need"): Held("Quote", 12, 1_200_00)}


def test_a_stage_without_deals_is_taken_off():
    uid = published()
    again(uid)
    stages.remove_stage(world.viewer("olga"), uid, "offer")
    assert publish(uid) == 2
    assert [each.key for each in pipelines_on(TODAY)[0].stages] == ["need"]


def test_deals_that_arrive_while_a_draft_is_written_keep_their_stage():
    uid = published()
    again(uid)
    stages.remove_stage(world.viewer("olga"), uid, "offer")
    quoted(1)
    assert (
        "One open deal stands in “Quote”, which would be in no stage any more. Make “Quote” another name of a stage "
        "that stays, or move that deal first." in refused(uid)
    )
    stages.name_again(world.viewer("olga"), uid, "need", "Quote")
    assert publish(uid) == 2


def test_a_name_moves_to_another_pipeline_by_way_of_its_draft():
    uid = published()
    quoted(1)
    other = begun(Stage("", "Priced", "The buyer holds a price.", SHOWN, words=("quote",)), name="Renewals")
    assert "“quote” is a stage of “Sales” too (Offer)" in refused(other, note="")
    again(uid)
    stages.remove_stage(world.viewer("olga"), uid, "offer")
    assert publish(uid) == 2
    assert strangers(TODAY)[1:] == (Held("Quote", 1, 100_00),)
    assert publish(other, note="") == 1
    assert deals_per_stage(TODAY)["Renewals", "priced"] == Held("Quote", 1, 100_00)


def test_a_name_that_is_taken_off_needs_a_home():
    uid = published()
    quoted(1)
    offer = again(uid).stages[1]
    stages.save_stage(world.viewer("olga"), uid, replace(offer, words=()))
    assert "One open deal stands in “Quote”, which would be in no stage any more." in refused(uid)


def test_a_new_name_leaves_no_deal_behind():
    quoted(3, stage="Offer")
    uid = published()
    offer = again(uid).stages[1]
    stages.save_stage(world.viewer("olga"), uid, replace(offer, name="Offer in hand"))
    assert drafted(uid).stages[1].words == ("Quote", "Offer")
    assert publish(uid) == 2
    assert deals_per_stage(TODAY)["Sales", "offer"] == Held("Offer", 3, 300_00)


def test_a_new_name_drops_the_old_one_where_no_deal_carries_it():
    uid = begun()
    stages.save_stage(world.viewer("olga"), uid, replace(drafted(uid).stages[0], name="Need agreed"))
    assert drafted(uid).stages[0].called == ("Need agreed",)


def test_what_a_source_calls_a_stage_is_given_one_without_a_draft():
    uid = published()
    quoted(2, stage="Demo booked")
    assert strangers(TODAY) == (Held("Open", 3, 40_000_00), Held("Demo booked", 2, 200_00))
    homes = {"Demo booked": (uid, "need"), "Open": (uid, "offer")}
    assert actions.give_stages(world.viewer("olga"), homes, "Named.", NOW) == 1
    assert strangers(TODAY) == ()
    assert deals_per_stage(TODAY)["Sales", "need"] == Held("Demo booked", 2, 200_00)
    (first, second) = issued()[uid]
    assert (second.number, second.effective, second.note) == (2, TODAY, "Named.")
    assert not first.pipeline.knows("Demo booked")
    assert actions.give_stages(world.viewer("olga"), homes, "Named.", NOW) == 0
    assert len(issued()[uid]) == 2


def test_a_draft_in_the_making_learns_the_name_too():
    uid = published()
    quoted(1, stage="Demo booked")
    again(uid)
    stages.settle_rules(world.viewer("olga"), uid, "Sales", Early.REFUSE, 3)
    actions.give_stages(world.viewer("olga"), {"Demo booked": (uid, "need")}, "", NOW)
    assert drafted(uid).stages[0].words == ("Demo booked",)
    assert publish(uid) == 3
    assert strangers(TODAY) == (Held("Open", 3, 40_000_00),)


def test_a_name_waits_for_a_version_that_is_to_come():
    uid = published(effective=TODAY + 5 * DAY)
    actions.give_stages(world.viewer("olga"), {"Open": (uid, "need")}, "", NOW)
    assert issued()[uid][1].effective == TODAY + 5 * DAY


def test_a_name_is_given_to_no_stage_that_is_not_there():
    uid = published()
    with pytest.raises(NotVisible):
        actions.give_stages(world.viewer("olga"), {"Open": (uid, "nothing")}, "", NOW)
    assert actions.give_stages(world.viewer("olga"), {"Open": (uuid4(), "need")}, "", NOW) == 0


def test_what_was_published_never_changes():
    uid = published()
    row = PipelineVersion.objects.get(setup__uid=uid, number=1)
    was = dict(row.data)
    stages.save_stage(world.viewer("olga"), uid, replace(again(uid).stages[0], weight=Fraction(1, 3)))
    publish(uid, TODAY + DAY)
    row.refresh_from_db()
    assert (row.data, row.number, row.effective) == (was, 1, TODAY)
    assert pipelines_on(TODAY)[0].stages[0].weight is None
    assert pipelines_on(TODAY + DAY)[0].stages[0].weight == Fraction(1, 3)
    with pytest.raises(IntegrityError), transaction.atomic():
        PipelineVersion.objects.create(
            setup=row.setup, data=was, author="x", begun=NOW, number=1, effective=TODAY, published=NOW
        )


def test_there_is_one_draft():
    uid = published()
    again(uid)
    stages.settle_rules(world.viewer("olga"), uid, "Changed", None, 5)
    assert again(uid).name == "Changed"
    assert PipelineVersion.objects.filter(number=None).count() == 1


def test_publishing_wants_a_day_a_note_and_a_change():
    uid = published(effective=TODAY + 2 * DAY)
    again(uid)
    said = refused(uid, TODAY - DAY, "")
    assert "Nothing has changed since version 1." in said
    assert "is over, and what counted then stays" in said
    assert "Say in a sentence what version 2 changes" in said
    stages.settle_rules(world.viewer("olga"), uid, "Sales", Early.REFUSE, 5)
    assert "Version 1 holds from 17 October 2026; version 2 cannot hold before that." in refused(uid, TODAY)
    assert "write at most 500" in refused(uid, TODAY + 2 * DAY, "x" * 501)
    assert publish(uid, TODAY + 2 * DAY) == 2


def test_a_draft_is_thrown_away_and_what_was_published_stays():
    uid, other = published(), begun(name="Other")
    again(uid)
    actions.discard(world.viewer("olga"), uid)
    actions.discard(world.viewer("olga"), other)
    assert list(issued()) == [uid]
    assert PipelineSetup.objects.count() == 1


@pytest.mark.parametrize(
    "pipeline",
    [
        STARTER, Pipeline(""), Pipeline("A", (NEED, OFFER), None, 0),
        Pipeline("B", (Stage("a", "A", weight=Fraction(0), criteria=(Criterion("x", "y", None),)),), Early.REFUSE, 60),
    ],
)  # fmt: skip
def test_a_pipeline_comes_back_from_the_database_as_it_was(pipeline: Pipeline):
    row = PipelineVersion.objects.create(
        setup=PipelineSetup.objects.create(), data=data_of(pipeline), author="x", begun=NOW
    )
    row.refresh_from_db()
    assert pipeline_of(row.data) == pipeline
