"""Steps of writing a pipeline; each yields another one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import replace

from upswing.core.pipelines.pipeline import Pipeline, Stage
from upswing.core.rubrics import folded

LONGEST_KEY = 60


def key_for(name: str, taken: Collection[str]) -> str:
    """A key that lasts, made of a name, and unlike those that were ever taken."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST_KEY] or "stage"
    number, key = 1, stem
    while key in taken:
        number += 1
        key = f"{stem}-{number}"
    return key


def with_stage(pipeline: Pipeline, stage: Stage) -> Pipeline:
    """With a stage as it is written now: in its old place, a new one as the last."""
    if pipeline.stage(stage.key) is None:
        return replace(pipeline, stages=(*pipeline.stages, stage))
    return replace(
        pipeline, stages=tuple(stage if each.key == stage.key else each for each in pipeline.stages)
    )


def moved(pipeline: Pipeline, key: str, by: int) -> Pipeline:
    """With a stage so many places further on; the first and the last stay within."""
    stages = list(pipeline.stages)
    place = next((number for number, each in enumerate(stages) if each.key == key), None)
    if place is None:
        return pipeline
    stage = stages.pop(place)
    stages.insert(max(place + by, 0), stage)
    return replace(pipeline, stages=tuple(stages))


def without(pipeline: Pipeline, key: str, heir: str = "") -> Pipeline:
    """Without a stage; the `heir`, where one is named, answers to its names from now on."""
    gone = pipeline.stage(key)
    rest = replace(pipeline, stages=tuple(each for each in pipeline.stages if each.key != key))
    return adopting(rest, heir, gone.called) if gone and heir else rest


def adopting(pipeline: Pipeline, key: str, words: Iterable[str]) -> Pipeline:
    """With more names for one of its stages; those it has stay as they are."""
    stage = pipeline.stage(key)
    if stage is None:
        return pipeline
    new = {folded(word): word for word in words if word and not stage.knows(word)}
    return with_stage(pipeline, replace(stage, words=(*stage.words, *new.values())))
