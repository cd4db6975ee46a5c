"""A pipeline to begin with, in the buyer's words, to be made one's own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from upswing.core.pipelines.pipeline import Criterion, Pipeline, Proof, Stage
from upswing.core.wording import worded


def _stage(
    name: str, buyer: str, *evidence: tuple[str, Proof], qualifies: bool = False, proposes: bool = False
) -> Stage:
    key = name.casefold().replace(" ", "-")
    criteria = (Criterion(f"{key}-{number}", text, proof) for number, (text, proof) in enumerate(evidence, 1))
    return Stage(key, name, buyer, tuple(criteria), qualifies=qualifies, proposes=proposes)


STARTER = Pipeline(
    worded("Deals"),
    (
        _stage(
            worded("Need agreed"),
            worded("The buyer has said what must change, by when, and who decides it."),
            (worded("The person who decides, with their part in it"), Proof.PERSON),
            (worded("The day by which the buyer wants it to work"), Proof.DATE),
            (worded("What the problem costs them, or the budget they named"), Proof.AMOUNT),
            qualifies=True,
        ),
        _stage(
            worded("Solution seen"),
            worded("The buyer has seen it at work on their own case, with the people who would use it."),
            (worded("The day on which they saw it"), Proof.DATE),
            (worded("The person who said that it fits, and to whom"), Proof.PERSON),
            (worded("Their list of what it must do, each point answered"), Proof.DOCUMENT),
        ),
        _stage(
            worded("Offer in hand"),
            worded("The buyer holds an offer for what they asked, and has named the day of their answer."),
            (worded("The offer as it was sent"), Proof.DOCUMENT),
            (worded("The amount that the buyer knows"), Proof.AMOUNT),
            (worded("The day on which they will answer"), Proof.DATE),
            proposes=True,
        ),
        _stage(
            worded("Terms settled"),
            worded("The buyer has agreed to price, scope and terms; only the signature is missing."),
            (worded("Their yes to price and terms, in writing"), Proof.DOCUMENT),
            (worded("The person who signs"), Proof.PERSON),
            (worded("The day of the signature"), Proof.DATE),
        ),
    ),
)
"""Weights and limits are left to be measured from history."""


def starter(speak: Callable[[str], str] = str) -> Pipeline:
    """The pipeline to begin with, each text of it as `speak` says it."""
    return replace(
        STARTER, name=speak(STARTER.name), stages=tuple(_spoken(each, speak) for each in STARTER.stages)
    )


def _spoken(stage: Stage, speak: Callable[[str], str]) -> Stage:
    criteria = tuple(replace(each, text=speak(each.text)) for each in stage.criteria)
    return replace(stage, name=speak(stage.name), buyer=speak(stage.buyer), criteria=criteria)
