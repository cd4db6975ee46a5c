"""What a deal meets on its way into a stage: evidence still to be shown, and what needs a reason."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from upswing.core.pipelines.pipeline import Criterion, Early, Pipeline, Stage


@dataclass(frozen=True, slots=True)
class Entry:
    """A way into a stage.

    `open` are the criteria that nothing shows yet; none of a stage that the deal goes back to. `early` is what a
    proposal before qualification meets, None where none is made or it is let pass. In a `strict` stage nothing may be
    missing: qualification is what its evidence says, wherever early proposals are refused.
    """

    stage: Stage
    open: tuple[Criterion, ...]
    early: Early | None
    back: bool
    strict: bool

    @property
    def refused(self) -> bool:
        """Does nothing help, not even a reason?"""
        return self.early is Early.REFUSE

    @property
    def free(self) -> bool:
        """Is there nothing to show and nothing to say?"""
        return not (self.open or self.early or self.back)

    @property
    def needs_reason(self) -> bool:
        """Must somebody say why, as things stand?"""
        return bool(self.back or self.early or (self.open and not self.strict))


def entry(
    pipeline: Pipeline, now: Stage | None, into: Stage, shown: Collection[str], early: Early | None
) -> Entry:
    """The way from a stage (None: one that the pipeline does not know) into another.

    `shown` are the keys of its criteria that are confirmed, `early` is what a proposal would meet now.
    """
    places = {stage.key: place for place, stage in enumerate(pipeline.stages)}
    there = places[into.key]
    here = places.get(now.key, -1) if now else -1
    back = there < here
    passed = pipeline.stages[here + 1 : there + 1]
    proposes = any(stage.proposes for stage in passed) and not into.qualifies
    missing = () if back else tuple(each for each in into.criteria if each.key not in shown)
    strict = into.qualifies and pipeline.early is Early.REFUSE
    return Entry(into, missing, early if proposes else None, back, strict)
