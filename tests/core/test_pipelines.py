"""Pipelines know their stages whatever a source calls them, refuse what no one could check, and tell what changed."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upswing.core.pipelines import (
    STARTER,
    Criterion,
    Early,
    Pipeline,
    Policy,
    Proof,
    Stage,
    adopting,
    cautions,
    changes,
    early_proposal,
    key_for,
    moved,
    refusals,
    rule_refusals,
    stage_of,
    stage_refusals,
    starter,
    with_stage,
    without,
)

SHOWN = (Criterion("day", "The day of the demonstration", Proof.DATE),)


def stage(name: str, /, **more: object) -> Stage:
    whole: dict[str, object] = {
        "key": name.casefold(), "name": name, "buyer": "The buyer has moved.", "criteria": SHOWN,
    }  # fmt: skip
    return Stage(**(whole | more))  # type: ignore[arg-type]


NEED = stage("Need", qualifies=True, weight=Fraction(1, 5), words=("Qualified", "Discovery"))
OFFER = stage("Offer", proposes=True, weight=Fraction(1, 2))
TERMS = stage("Terms", weight=Fraction(4, 5))
DEALS = Pipeline("Deals", (NEED, OFFER, TERMS))
RENEWALS = Pipeline("Renewals", (stage("Reminded"), stage("Answered")), early=None)


def said(*stages: Stage, **more: object) -> str:
    return " ".join(refusals(Pipeline("Deals", stages, **more)))  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["Need", "need", "  NEED ", "discovery", "Qualified", "DISCOVERY\u00a0"])
def test_a_stage_is_known_by_all_its_names_whatever_their_case_and_blanks(text: str):
    assert stage_of((DEALS, RENEWALS), "", text) == (DEALS, NEED)


def test_what_no_stage_is_called_is_no_stage():
    assert stage_of((DEALS, RENEWALS), "", "Won") is None
    assert stage_of((DEALS,), "", "") is None
    assert stage_of((), "", "Need") is None


def test_a_named_pipeline_decides_alone_and_an_unknown_name_decides_nothing():
    other = Pipeline("Partners", (stage("Need", key="asked"),))
    assert stage_of((DEALS, other), "partners", "need") == (other, other.stages[0])
    assert stage_of((DEALS, other), "Partners", "Offer") is None
    assert stage_of((DEALS, other), "Somewhere", "Offer") == (DEALS, OFFER)
    assert stage_of((DEALS, other), "", "Need") == (DEALS, NEED)


def test_a_whole_pipeline_is_refused_nothing():
    assert refusals(DEALS) == ()
    assert refusals(DEALS, (RENEWALS,), DEALS) == ()
    assert cautions(DEALS) == ()


def test_the_starter_can_be_published_as_it_is_and_says_everything_in_other_words_too():
    assert refusals(STARTER) == ()
    assert cautions(STARTER) == ()
    loud = starter(str.upper)
    assert [each.name for each in loud.stages] == [each.name.upper() for each in STARTER.stages]
    assert all(each.buyer.isupper() for each in loud.stages)
    assert all(criterion.text.isupper() for each in loud.stages for criterion in each.criteria)
    assert [each.key for each in loud.stages] == [each.key for each in STARTER.stages]


def test_the_starters_stages_follow_the_buyer_and_are_proven():
    for each in STARTER.stages:
        assert each.buyer.startswith("The buyer"), each.name
        assert len(each.criteria) >= 2, each.name
        assert all(criterion.proof for criterion in each.criteria), each.name


def test_a_pipeline_without_a_stage_is_refused():
    assert refusals(Pipeline("Deals")) == ("There is no stage yet. Add the first step that the buyer takes.",)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": ""}, "A stage has no name."),
        ({"buyer": ""}, "“Need” does not say what the buyer has done. Write the buyer’s step in a sentence."),
        ({"criteria": ()}, "“Need” has no evidence. Add at least one thing that can be shown"),
        ({"criteria": (Criterion("a", "", Proof.DATE),)}, "Evidence 1 of “Need” is empty."),
        ({"criteria": (Criterion("a", "They like us", None),)}, "“They like us” (Need) is shown by nothing."),
        ({"criteria": (*SHOWN, *SHOWN)}, "have the same key"),
        ({"weight": Fraction(101, 100)}, "“Need” counts 101 %."),
        ({"weight": Fraction(-1, 1000)}, "“Need” counts -0.1 %."),
        ({"days": 0}, "“Need” may last 0 days. Write 1 to 3,650"),
        ({"days": 3651}, "may last 3,651 days"),
        ({"name": "N" * 101}, "has 101 characters; write at most 100"),
        ({"buyer": "b" * 501}, "The buyer’s step (“Need”) has 501 characters"),
        ({"words": ("w" * 101,)}, "write at most 100"),
        ({"words": tuple(map(str, range(41)))}, "has 41 other names; keep at most 40"),
        ({"criteria": tuple(Criterion(str(n), "x", Proof.DATE) for n in range(13))}, "13 pieces of evidence"),
    ],
)  # fmt: skip
def test_no_stage_is_kept_that_nobody_could_check(wrong: dict[str, object], sentence: str):
    found = " ".join(stage_refusals(stage("Need", **wrong)))
    assert sentence in found
    assert sentence in said(stage("Need", **wrong), early=None)


@pytest.mark.parametrize("weight", [None, Fraction(0), Fraction(1), Fraction(1, 3)])
@pytest.mark.parametrize("days", [None, 1, 3650])
def test_borders_are_inside(weight: Fraction | None, days: int | None):
    assert stage_refusals(stage("Need", weight=weight, days=days)) == ()


def test_every_fault_is_told_at_once():
    assert len(refusals(Pipeline("", (Stage("a", "A"), Stage("b", "B")), grace=61))) == 6


def test_a_name_means_one_stage():
    assert "“discovery” means both “Need” and “Offer”." in said(NEED, replace(OFFER, words=("discovery",)))
    assert "One of the names of “Need” stands there twice." in said(replace(NEED, words=("need",)))
    assert "Two stages have the same key." in said(NEED, replace(OFFER, key="need"))


def test_two_pipelines_do_not_share_a_name():
    other = Pipeline("deals", (stage("Asked", words=("offer",)),))
    found = " ".join(refusals(DEALS, (other,)))
    assert "Another pipeline is called “Deals”." in found
    assert "“Offer” is a stage of “deals” too (Asked)" in found
    assert rule_refusals(DEALS, (RENEWALS,)) == ()


@pytest.mark.parametrize("early", [Early.REFUSE, Early.REASON])
def test_a_proposal_needs_a_stage_before_it_in_which_qualification_is_reached(early: Early):
    fault = "A proposal is made in “Offer”, and no stage before it says that qualification is reached there."
    assert fault in said(OFFER, NEED, early=early)
    assert fault in said(replace(OFFER, qualifies=True), early=early)
    assert fault not in said(NEED, TERMS, OFFER, early=early)
    assert fault not in said(OFFER, NEED, early=None)


@pytest.mark.parametrize(
    ("passed", "meets"),
    [
        (("Offer",), Early.REASON),
        (("Terms", "Offer"), Early.REASON),
        (("Need", "Offer"), None),
        (("discovery",), None),
        (("Reminded",), None),
        (("Somewhere",), None),
        ((), None),
    ],
)
def test_a_proposal_meets_the_rule_until_qualification_was_reached(
    passed: tuple[str, ...], meets: Early | None
):
    assert early_proposal((DEALS, RENEWALS), passed) is meets
    assert early_proposal((replace(DEALS, early=None), RENEWALS), passed) is None


def test_without_a_stage_of_qualification_no_proposal_is_too_early():
    assert early_proposal((Pipeline("Deals", (OFFER,), Early.REFUSE),), ("Offer",)) is None


def test_a_stage_that_keeps_its_name_keeps_its_key():
    before = Pipeline("Deals", (NEED, OFFER))
    assert "“Offer” had the key “offer” and now has “other”" in " ".join(
        refusals(Pipeline("Deals", (NEED, replace(OFFER, key="other"))), (), before)
    )
    assert refusals(Pipeline("Deals", (NEED, replace(OFFER, name="Proposal"))), (), before) == ()


def test_falling_weights_are_a_caution_and_no_refusal():
    falling = Pipeline("Deals", (NEED, replace(OFFER, weight=Fraction(1, 10)), TERMS))
    assert refusals(falling) == ()
    assert cautions(falling) == (
        "“Offer” counts less (10 %) than “Need” before it (20 %). Is the order right?",
    )
    measured = Pipeline("Deals", (NEED, replace(OFFER, weight=None), replace(TERMS, weight=Fraction(1, 10))))
    assert "“Terms” counts less (10 %) than “Need”" in cautions(measured)[0]


def test_a_rule_that_can_notice_nothing_is_a_caution():
    assert "No stage says that a proposal is made there" in cautions(Pipeline("Deals", (NEED,)))[0]
    assert cautions(Pipeline("Deals", (NEED,), early=None)) == ()


def test_versions_tell_what_changed():
    after = Pipeline(
        "Sales",
        (
            replace(OFFER, name="Offer in hand", weight=None, days=14, words=("Quote",), proposes=False),
            replace(
                NEED, buyer="The buyer agreed.", policy=Policy.DROP, words=("Qualified",),
                criteria=(Criterion("who", "Who decides", Proof.PERSON),),
            ),
            stage("Signed"),
        ),
        early=Early.REFUSE,
        grace=1,
    )  # fmt: skip
    assert changes(DEALS, after) == (
        "The pipeline was called “Deals” and is now “Sales”.",
        "A proposal before qualification is refused.",
        "A stalled deal has a grace of one working day; before, it was 5.",
        "“Offer” is now called “Offer in hand”.",
        "“Offer in hand” counts what your history says; before, 50 %.",
        "“Offer in hand” lasts at most 14 days; before, as long as your history says.",
        "“Offer in hand” is also called “Quote”.",
        "A proposal is made in “Offer in hand” no more.",
        "“Need”: the buyer’s step is now “The buyer agreed.”",
        "“Need” asks for “Who decides” (a named person).",
        "“Need” asks no more for “The day of the demonstration”.",
        "A stalled deal in “Need” counts nothing; before, as the usual rule says.",
        "“Need” is no more called “Discovery”.",
        "“Signed” is new: The buyer has moved.",
        "“Terms” is no stage any more.",
        "The order is now: Offer in hand, Need and Signed.",
    )


def test_the_same_says_that_nothing_changed():
    assert changes(DEALS, replace(DEALS)) == ()
    assert "A proposal is made in “Need”." in changes(DEALS, with_stage(DEALS, replace(NEED, proposes=True)))
    assert changes(DEALS, with_stage(DEALS, replace(NEED, qualifies=False))) == (
        "Qualification is reached in “Need” no more.",
    )


def test_whatever_is_taken_off_answers_through_its_heir():
    rest = without(DEALS, "need", "offer")
    assert [each.key for each in rest.stages] == ["offer", "terms"]
    assert all(rest.knows(word) == rest.stages[0] for word in NEED.called)
    assert without(DEALS, "need").knows("Need") is None
    assert without(DEALS, "nothing") == DEALS


def test_a_name_is_adopted_once():
    once = adopting(DEALS, "offer", ("Quote sent", "quote  SENT", "Offer", ""))
    assert once.stage("offer") == replace(OFFER, words=("quote  SENT",))
    assert adopting(once, "offer", ("Quote sent",)) == once
    assert adopting(DEALS, "nothing", ("Quote sent",)) == DEALS


@given(st.sampled_from(["need", "offer", "terms"]), st.integers(-5, 5))
def test_moving_a_stage_loses_none(key: str, by: int):
    after = moved(DEALS, key, by)
    assert sorted(each.key for each in after.stages) == ["need", "offer", "terms"]
    kept = [each.key for each in after.stages if each.key != key]
    assert kept == [each.key for each in DEALS.stages if each.key != key]


def test_moving_goes_one_place_and_stops_at_the_ends():
    assert [each.key for each in moved(DEALS, "offer", -1).stages] == ["offer", "need", "terms"]
    assert [each.key for each in moved(DEALS, "offer", 1).stages] == ["need", "terms", "offer"]
    assert moved(DEALS, "need", -1) == DEALS
    assert moved(DEALS, "terms", 1) == DEALS
    assert moved(DEALS, "nothing", 1) == DEALS


@given(st.text(max_size=120), st.sets(st.sampled_from(["stage", "stage-2", "offer", "offer-2"])))
def test_keys_are_new_plain_and_never_empty(name: str, taken: set[str]):
    key = key_for(name, taken)
    assert key not in taken
    assert key
    assert set(key) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")


def test_keys_are_read_from_the_name():
    assert key_for("Offer in hand", ()) == "offer-in-hand"
    assert key_for("Tilbud på bordet", ()) == "tilbud-pa-bordet"
    assert key_for("제안", {"stage"}) == "stage-2"
