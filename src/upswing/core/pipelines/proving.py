"""What no stage may hold: without the buyer's step and its evidence none is kept."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from upswing.core.pipelines.pipeline import Criterion, Stage
from upswing.core.wording import Told, worded

LONGEST_NAME = 100
"""Characters of a name: as many as a source's stage has."""
LONGEST_TEXT = 500
MOST_CRITERIA, MOST_WORDS = 12, 40
MOST_DAYS = 3_650


def stage_refusals(stage: Stage) -> tuple[str, ...]:
    """Why a stage cannot be saved: without the buyer's step and its evidence none can."""
    return (*_unsaid(stage), *_unproven(stage), *_out_of_bounds(stage), *_too_long(stage))


def _unsaid(stage: Stage) -> Iterator[str]:
    if not stage.name:
        yield worded("A stage has no name. Give it one in the buyer’s words, such as “Offer in hand”.")
    if not stage.buyer:
        yield worded(
            "“{stage}” does not say what the buyer has done. Write the buyer’s step in a sentence.",
            stage=_name(stage),
        )


def _unproven(stage: Stage) -> Iterator[str]:
    if not stage.criteria:
        yield worded(
            "“{stage}” has no evidence. Add at least one thing that can be shown: a date, an amount, a named person "
            "or a document.",
            stage=_name(stage),
        )
    for number, criterion in enumerate(stage.criteria, start=1):
        yield from _opinion(stage, number, criterion)
    if len({each.key for each in stage.criteria}) < len(stage.criteria):
        yield worded(
            "Two pieces of evidence of “{stage}” have the same key. Give each its own.", stage=_name(stage)
        )


def _opinion(stage: Stage, number: int, criterion: Criterion) -> Iterator[str]:
    if not criterion.text:
        yield worded(
            "Evidence {number} of “{stage}” is empty. Say what must be shown, or take it off.",
            number=number,
            stage=_name(stage),
        )
    elif criterion.proof is None:
        yield worded(
            "“{criterion}” ({stage}) is shown by nothing. Choose a date, an amount, a named person or a document; "
            "what nobody can show is an opinion.",
            criterion=criterion.text[:LONGEST_NAME],
            stage=_name(stage),
        )


def _out_of_bounds(stage: Stage) -> Iterator[str]:
    if stage.weight is not None and not 0 <= stage.weight <= 1:
        yield worded(
            "“{stage}” counts {weight}. Write a number from 0 to 100, or leave it empty to have it measured.",
            stage=_name(stage),
            weight=in_percent(stage.weight),
        )
    if stage.days is not None and not 1 <= stage.days <= MOST_DAYS:
        yield worded(
            "“{stage}” may last {days} days. Write 1 to {most}, or leave it empty to have it measured.",
            stage=_name(stage),
            days=stage.days,
            most=MOST_DAYS,
        )


def _too_long(stage: Stage) -> Iterator[str]:
    texts = [(worded("Its name"), word, LONGEST_NAME) for word in stage.called]
    texts.append((worded("The buyer’s step"), stage.buyer, LONGEST_TEXT))
    texts += [(worded("A piece of evidence"), each.text, LONGEST_TEXT) for each in stage.criteria]
    for what, text, most in texts:
        if len(text) > most:
            yield worded(
                "{what} (“{stage}”) has {length} characters; write at most {most}.",
                what=what, stage=_name(stage), length=len(text), most=most,
            )  # fmt: skip
    for what, length, most in (
        (worded("pieces of evidence"), len(stage.criteria), MOST_CRITERIA),
        (worded("other names"), len(stage.words), MOST_WORDS),
    ):
        if length > most:
            yield worded(
                "“{stage}” has {length} {what}; keep at most {most}.",
                stage=_name(stage), length=length, what=what, most=most,
            )  # fmt: skip


def in_percent(share: Fraction) -> str:
    """A share as a percentage in a sentence: 12.5 %."""
    return f"{float(share * 100):.10g} %"


def _name(stage: Stage) -> Told:
    return stage.name[:LONGEST_NAME] or worded("New stage")
