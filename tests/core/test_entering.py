"""What a deal meets on its way into a stage."""

from __future__ import annotations

from dataclasses import replace

import pytest

from upswing.core.pipelines import Criterion, Early, Entry, Pipeline, Proof, Stage, entry

WHO, WHEN = Criterion("who", "Who decides", Proof.PERSON), Criterion("when", "When they saw it", Proof.DATE)
HELLO = Stage("hello", "Hello")
NEED = Stage("need", "Need", criteria=(WHO, WHEN), qualifies=True)
OFFER = Stage("offer", "Offer", criteria=(WHEN,), proposes=True)
TERMS = Stage("terms", "Terms", criteria=(WHEN,))
PATH = Pipeline("Sales", (HELLO, NEED, OFFER, TERMS), Early.REASON)


def way(
    now: Stage | None,
    into: Stage,
    shown: tuple[str, ...] = (),
    early: Early | None = None,
    path: Pipeline = PATH,
) -> Entry:
    return entry(path, now, into, shown, early)


def test_what_is_confirmed_is_not_open_any_more():
    assert way(HELLO, NEED).open == (WHO, WHEN)
    assert way(HELLO, NEED, ("who",)).open == (WHEN,)
    assert way(HELLO, NEED, ("who", "when")).free


def test_back_asks_for_a_reason_and_nothing_else():
    found = way(TERMS, NEED, early=Early.REFUSE)
    assert (found.back, found.open, found.early, found.needs_reason, found.free) == (
        True,
        (),
        None,
        True,
        False,
    )


@pytest.mark.parametrize(
    ("now", "into", "meets"),
    [
        (HELLO, NEED, None), (HELLO, OFFER, Early.REFUSE), (HELLO, TERMS, Early.REFUSE), (NEED, TERMS, Early.REFUSE),
        (OFFER, TERMS, None), (None, TERMS, Early.REFUSE), (None, HELLO, None), (TERMS, TERMS, None),
    ],
)  # fmt: skip
def test_an_early_proposal_is_met_by_whoever_passes_a_stage_of_proposals(
    now: Stage, into: Stage, meets: Early
):
    found = way(now, into, early=Early.REFUSE)
    assert (found.early, found.refused) == (meets, meets is not None)


def test_a_stage_that_both_qualifies_and_proposes_is_never_too_early():
    both = replace(OFFER, qualifies=True)
    path = replace(PATH, stages=(HELLO, both, TERMS))
    assert way(HELLO, both, early=Early.REFUSE, path=path).early is None


def test_only_qualification_is_strict_and_only_where_early_proposals_are_refused():
    refusing = replace(PATH, early=Early.REFUSE)
    assert [way(HELLO, stage, path=refusing).strict for stage in PATH.stages] == [False, True, False, False]
    assert not any(way(HELLO, stage).strict for stage in PATH.stages)
    assert way(HELLO, NEED).needs_reason
    assert not way(HELLO, NEED, path=refusing).needs_reason
