"""What no pipeline may hold: one sentence for each thing to mend."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from upswing.core.pipelines.pipeline import Pipeline, Stage
from upswing.core.pipelines.proving import LONGEST_NAME, stage_refusals
from upswing.core.rubrics import folded
from upswing.core.wording import worded

MOST_STAGES, MOST_GRACE = 20, 60


def refusals(
    pipeline: Pipeline, others: Iterable[Pipeline] = (), before: Pipeline | None = None
) -> tuple[str, ...]:
    """Why a pipeline cannot be published beside the `others`; `before` is its last version."""
    others = tuple(others)
    if not pipeline.stages:
        nothing = worded("There is no stage yet. Add the first step that the buyer takes.")
        return (*rule_refusals(pipeline, others), nothing)
    return (
        *rule_refusals(pipeline, others),
        *(sentence for stage in pipeline.stages for sentence in stage_refusals(stage)),
        *_twice(pipeline),
        *_shared(pipeline, others),
        *_too_early(pipeline),
        *_other_keys(pipeline, before),
    )


def rule_refusals(pipeline: Pipeline, others: Iterable[Pipeline] = ()) -> tuple[str, ...]:
    """Why what a pipeline says besides its stages cannot be kept."""
    return tuple(_named(pipeline, others))


def _named(pipeline: Pipeline, others: Iterable[Pipeline]) -> Iterator[str]:
    if not 0 < len(pipeline.name) <= LONGEST_NAME:
        yield worded(
            "Give the pipeline a name of 1 to {most} characters; this one has {length}.",
            most=LONGEST_NAME,
            length=len(pipeline.name),
        )
    if folded(pipeline.name) in {folded(each.name) for each in others}:
        yield worded("Another pipeline is called “{name}”. Give this one its own name.", name=pipeline.name)
    if len(pipeline.stages) > MOST_STAGES:
        yield worded(
            "There are {length} stages; a pipeline has at most {most}. Leave {over} out.",
            length=len(pipeline.stages),
            most=MOST_STAGES,
            over=len(pipeline.stages) - MOST_STAGES,
        )
    if not 0 <= pipeline.grace <= MOST_GRACE:
        yield worded(
            "A grace of {grace} working days: write 0 to {most}.", grace=pipeline.grace, most=MOST_GRACE
        )


def _twice(pipeline: Pipeline) -> Iterator[str]:
    """A name or key that two stages have, or one stage has twice."""
    there: dict[str, Stage] = {}
    for stage in pipeline.stages:
        for word in filter(None, stage.called):
            first = there.setdefault(folded(word), stage)
            if first is not stage:
                yield worded(
                    "“{word}” means both “{first}” and “{second}”. Keep it at one of them.",
                    word=word,
                    first=first.name,
                    second=stage.name,
                )
        if len(set(map(folded, stage.called))) < len(stage.called):
            yield worded("One of the names of “{stage}” stands there twice. Keep it once.", stage=stage.name)
    if len({stage.key for stage in pipeline.stages}) < len(pipeline.stages):
        yield worded("Two stages have the same key. Give each its own.")


def _shared(pipeline: Pipeline, others: Iterable[Pipeline]) -> Iterator[str]:
    """Names that another pipeline has too: deals do not say in which of them they are."""
    for other in others:
        for stage in pipeline.stages:
            for word in stage.called:
                if word and (theirs := other.knows(word)):
                    yield worded(
                        "“{word}” is a stage of “{other}” too ({theirs}), and deals do not say which pipeline they "
                        "are in. Call one of them something else in the source.",
                        word=word, other=other.name, theirs=theirs.name,
                    )  # fmt: skip


def _too_early(pipeline: Pipeline) -> Iterator[str]:
    """A stage of proposals without one before it in which qualification is reached."""
    qualified = False
    for stage in pipeline.stages:
        if pipeline.early and stage.proposes and not qualified:
            yield worded(
                "A proposal is made in “{stage}”, and no stage before it says that qualification is reached there. "
                "Tick it at an earlier stage, or let early proposals pass.",
                stage=stage.name,
            )
        qualified = qualified or stage.qualifies


def _other_keys(pipeline: Pipeline, before: Pipeline | None) -> Iterator[str]:
    """A stage that keeps its name keeps its key, by which its history is found."""
    keys = {folded(stage.name): stage.key for stage in before.stages} if before else {}
    for stage in pipeline.stages:
        if (was := keys.get(folded(stage.name), stage.key)) != stage.key:
            yield worded(
                "“{stage}” had the key “{was}” and now has “{key}”: its history would be lost. Keep the key.",
                stage=stage.name,
                was=was,
                key=stage.key,
            )
