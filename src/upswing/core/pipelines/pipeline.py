"""A pipeline: the buyer's steps in order, what must be shown to enter each, what it weighs, how long it may take."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from upswing.core.records import Word
from upswing.core.rubrics import folded

GRACE = 5
"""Working days that a stalled deal is left alone, where nobody chose otherwise."""


class Proof(Word):
    """What shows that a criterion is met, whoever looks."""

    DATE = "date"
    AMOUNT = "amount"
    PERSON = "person"
    DOCUMENT = "document"


class Policy(Word):
    """What a stalled deal counts for: as before, nothing, as one or two stages back, as such deals turned out."""

    NONE = "none"
    DROP = "drop"
    BACK_1 = "back_1"
    BACK_2 = "back_2"
    MEASURED = "measured"


class Early(Word):
    """What happens with a proposal before qualification: it is refused, or it needs a reason."""

    REFUSE = "refuse"
    REASON = "reason"


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing that must be shown to enter a stage; without a `proof` it is an opinion, and no criterion yet."""

    key: str
    text: str
    proof: Proof | None


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of the buyer's.

    `weight` (a share) and `days` are None where they are measured from history, `policy` where the usual one holds.
    `words` are other names that sources use. In a stage that `proposes` a proposal is made; in one that `qualifies`
    qualification is reached. The `key` lasts through every version, whatever the stage is called.
    """

    key: str
    name: str
    buyer: str = ""
    criteria: tuple[Criterion, ...] = ()
    weight: Fraction | None = None
    days: int | None = None
    policy: Policy | None = None
    words: tuple[str, ...] = ()
    proposes: bool = False
    qualifies: bool = False

    @property
    def called(self) -> tuple[str, ...]:
        """Everything it is called, its name first."""
        return self.name, *self.words

    def knows(self, text: str) -> bool:
        """Is this text of a source the stage? Case and surplus space do not matter."""
        return folded(text) in map(folded, self.called)


@dataclass(frozen=True, slots=True)
class Pipeline:
    """Stages in order; `grace` is in working days. `early` is None where early proposals are let pass."""

    name: str
    stages: tuple[Stage, ...] = ()
    early: Early | None = Early.REASON
    grace: int = GRACE

    def stage(self, key: str) -> Stage | None:
        """The stage of a key."""
        return next((each for each in self.stages if each.key == key), None)

    def knows(self, text: str) -> Stage | None:
        """The stage that a source calls so."""
        return _called(self).get(folded(text))


def stage_of(pipelines: Iterable[Pipeline], name: str, text: str) -> tuple[Pipeline, Stage] | None:
    """The stage that a source's text means: in the pipeline of that name alone, where there is one.

    Where no pipeline has that name (or a source names none), the first one that knows the text; None where none does.
    """
    pipelines = tuple(pipelines)
    named = [each for each in pipelines if folded(each.name) == folded(name)]
    for each in named or pipelines:
        if found := each.knows(text):
            return each, found
    return None


def early_proposal(pipelines: Iterable[Pipeline], passed: Iterable[str], name: str = "") -> Early | None:
    """What a proposal meets that is made now, for a deal that was in these stages of the pipeline of that name.

    None: nothing stands against it. Nothing does once the deal was in a stage in which qualification is reached, or
    where its pipeline has none.
    """
    pipelines = tuple(pipelines)
    places = [place for text in passed if (place := stage_of(pipelines, name, text))]
    if not places:
        return None
    pipeline = places[-1][0]
    known = any(stage.qualifies for stage in pipeline.stages)
    return pipeline.early if known and not any(stage.qualifies for _, stage in places) else None


@lru_cache(64)
def _called(pipeline: Pipeline) -> Mapping[str, Stage]:
    """Folded name → stage; of a name that stands twice, the stage that comes first."""
    return {
        folded(word): stage for stage in reversed(pipeline.stages) for word in reversed(stage.called) if word
    }
