"""Write the stages of a draft: keep one, move it, take it off, give it another name, set the rules of the whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID

from django.db import transaction

from upswing.actions.permission import Incomplete, needs_operator
from upswing.actions.pipelines import locked
from upswing.actions.written import one_line
from upswing.core.pipelines import (
    Criterion,
    Early,
    Pipeline,
    Stage,
    adopting,
    key_for,
    moved,
    rule_refusals,
    stage_of,
    stage_refusals,
    with_stage,
    without,
)
from upswing.core.rubrics import folded
from upswing.core.wording import worded, worded_many
from upswing.goals.pipelines import PipelineVersion, data_of
from upswing.people.viewer import NotVisible, Viewer
from upswing.queries.pipeline_setup import DraftShown
from upswing.queries.pipeline_setup import draft as visible_draft
from upswing.queries.pipelines import Held, held, together


@transaction.atomic
def settle_rules(viewer: Viewer, pipeline: UUID, name: str, early: Early | None, grace: int) -> None:
    """Keep the name, what happens with early proposals, and the grace. Raises NotAllowed, NotVisible, Incomplete."""
    shown = _open(viewer, pipeline)
    found = replace(shown.pipeline, name=one_line(name), early=early, grace=grace)
    if wrong := rule_refusals(found, shown.others):
        raise Incomplete(wrong)
    _keep(pipeline, found)


@transaction.atomic
def save_stage(viewer: Viewer, pipeline: UUID, stage: Stage) -> str:
    """Keep a stage, a new one (without a key) as the last; its key.

    A name that open deals carry stays as another name where the stage is called differently now. Raises NotAllowed,
    NotVisible, and Incomplete: without the buyer's step and its evidence no stage is kept.
    """
    shown, stage = _open(viewer, pipeline), _tidy(stage)
    was = shown.pipeline.stage(stage.key) if stage.key else None
    if stage.key and was is None:
        raise NotVisible("There is no such stage.")
    named = _with_keys(stage if was else replace(stage, key=key_for(stage.name, _keys(shown))), was)
    wrong = (*stage_refusals(named), *_taken(shown.pipeline, named))
    if wrong:
        raise Incomplete(wrong)
    _keep(pipeline, with_stage(shown.pipeline, _still_called(was, named) if was else named))
    return named.key


@transaction.atomic
def move_stage(viewer: Viewer, pipeline: UUID, key: str, by: int) -> None:
    """Put a stage so many places further on. Raises NotAllowed and NotVisible."""
    _keep(pipeline, moved(_open(viewer, pipeline).pipeline, key, by))


@transaction.atomic
def remove_stage(viewer: Viewer, pipeline: UUID, key: str, heir: str = "") -> None:
    """Take a stage off; the `heir`, a stage that stays, answers to its names from then on.

    Raises NotAllowed, NotVisible, and Incomplete while open deals stand in it and nothing inherits its names.
    """
    shown = _open(viewer, pipeline)
    stage = shown.pipeline.stage(key)
    if stage is None or (heir and (heir == key or shown.pipeline.stage(heir) is None)):
        raise NotVisible("There is no such stage.")
    there = [
        each for each in held() if stage.knows(each.text) and not stage_of(shown.elsewhere, "", each.text)
    ]
    if there and not heir:
        raise Incomplete((_occupied(stage, together(there)),))
    _keep(pipeline, without(shown.pipeline, key, heir))


@transaction.atomic
def name_again(viewer: Viewer, pipeline: UUID, key: str, text: str) -> None:
    """Make what a source calls a stage another name of one in the draft. Raises NotAllowed and NotVisible."""
    shown = _open(viewer, pipeline)
    if shown.pipeline.stage(key) is None:
        raise NotVisible("There is no such stage.")
    if shown.pipeline.knows(text) is None:
        _keep(pipeline, adopting(shown.pipeline, key, (one_line(text),)))


def _open(viewer: Viewer, pipeline: UUID) -> DraftShown:
    """The draft, which nobody else changes until the transaction ends."""
    needs_operator(viewer, "write pipelines")
    locked(pipeline)
    return visible_draft(viewer, pipeline)


def _keep(pipeline: UUID, found: Pipeline) -> None:
    PipelineVersion.objects.filter(setup__uid=pipeline, number=None).update(data=data_of(found))


def _tidy(stage: Stage) -> Stage:
    """Texts on one line; other names that say no more than the name are left out."""
    name = one_line(stage.name)
    typed = map(one_line, stage.words)
    words = {folded(word): word for word in typed if folded(word) not in {"", folded(name)}}
    criteria = tuple(replace(each, text=one_line(each.text)) for each in stage.criteria)
    return replace(
        stage, name=name, buyer=one_line(stage.buyer), criteria=criteria, words=tuple(words.values())
    )


def _taken(pipeline: Pipeline, stage: Stage) -> Iterator[str]:
    for other in pipeline.stages:
        for word in stage.called:
            if other.key != stage.key and word and other.knows(word):
                yield worded(
                    "“{word}” is “{other}” already. Call this stage something else, or take the name off there first.",
                    word=word,
                    other=other.name,
                )


def _keys(shown: DraftShown) -> frozenset[str]:
    """Every key that a stage of this pipeline has or had."""
    return shown.keys | {each.key for each in shown.pipeline.stages}


def _still_called(was: Stage, now: Stage) -> Stage:
    """The stage, with its former name as another one where a source still uses it."""
    used = any(folded(each.text) == folded(was.name) for each in held())
    return replace(now, words=(*now.words, was.name)) if used and not now.knows(was.name) else now


def _with_keys(stage: Stage, was: Stage | None) -> Stage:
    """The stage with a key for each piece of evidence; only those it had before keep theirs."""
    known = {each.key for each in was.criteria} if was else set()
    taken, criteria = {each.key for each in stage.criteria} | known, list[Criterion]()
    for number, each in enumerate(stage.criteria, start=1):
        key = each.key if each.key in known else key_for(f"{stage.key}-{number}", taken)
        taken.add(key)
        criteria.append(replace(each, key=key))
    return replace(stage, criteria=tuple(criteria))


def _occupied(stage: Stage, there: Held) -> str:
    return worded_many(
        "One open deal stands in “{stage}”. Choose the stage that it belongs to, then take this one off.",
        "{count} open deals stand in “{stage}”. Choose the stage that they belong to, then take this one off.",
        there.deals, stage=stage.name,
    )  # fmt: skip
