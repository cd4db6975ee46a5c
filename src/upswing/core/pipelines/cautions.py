"""What to think of before a pipeline holds: nothing of it is refused."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from upswing.core.pipelines.pipeline import Pipeline
from upswing.core.pipelines.proving import in_percent
from upswing.core.wording import worded


def cautions(pipeline: Pipeline) -> tuple[str, ...]:
    """One sentence for each thing to think of."""
    return (*_falling(pipeline), *_unmarked(pipeline))


def _falling(pipeline: Pipeline) -> Iterator[str]:
    weighed = [(stage.name, stage.weight) for stage in pipeline.stages if stage.weight is not None]
    for (first, before), (second, after) in pairwise(weighed):
        if after < before:
            yield worded(
                "“{second}” counts less ({after}) than “{first}” before it ({before}). Is the order right?",
                second=second, after=in_percent(after), first=first, before=in_percent(before),
            )  # fmt: skip


def _unmarked(pipeline: Pipeline) -> Iterator[str]:
    if pipeline.early and pipeline.stages and not any(stage.proposes for stage in pipeline.stages):
        yield worded(
            "No stage says that a proposal is made there, so proposals that come too early cannot be noticed."
        )
