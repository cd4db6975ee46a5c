"""What changed between two versions of a pipeline, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from upswing.core.pipelines.pipeline import Early, Pipeline, Policy, Proof, Stage
from upswing.core.pipelines.proving import in_percent
from upswing.core.wording import Told, worded, worded_many

PROOFS = {
    Proof.DATE: worded("a date"),
    Proof.AMOUNT: worded("an amount"),
    Proof.PERSON: worded("a named person"),
    Proof.DOCUMENT: worded("a document"),
}
POLICIES = {
    None: worded("as the usual rule says"),
    Policy.NONE: worded("as before"),
    Policy.DROP: worded("nothing"),
    Policy.BACK_1: worded("as one stage back"),
    Policy.BACK_2: worded("as two stages back"),
    Policy.MEASURED: worded("as such deals turned out"),
}
"""What a stalled deal counts for, in words."""
EARLIES = {
    None: worded("Proposals before qualification are let pass."),
    Early.REFUSE: worded("A proposal before qualification is refused."),
    Early.REASON: worded("A proposal before qualification needs a reason."),
}


def changes(before: Pipeline, after: Pipeline) -> tuple[str, ...]:
    """One sentence for each difference; none where both say the same."""
    return (*_of_the_whole(before, after), *_of_stages(before, after))


def _of_the_whole(before: Pipeline, after: Pipeline) -> Iterator[str]:
    if before.name != after.name:
        yield worded("The pipeline was called “{was}” and is now “{name}”.", was=before.name, name=after.name)
    if before.early != after.early:
        yield EARLIES[after.early]
    if before.grace != after.grace:
        yield worded_many(
            "A stalled deal has a grace of one working day; before, it was {was}.",
            "A stalled deal has a grace of {count} working days; before, it was {was}.",
            after.grace, was=before.grace,
        )  # fmt: skip


def _of_stages(before: Pipeline, after: Pipeline) -> Iterator[str]:
    for stage in after.stages:
        was = before.stage(stage.key)
        if was is None:
            yield worded("“{stage}” is new: {buyer}", stage=stage.name, buyer=stage.buyer)
        else:
            yield from _of_a_stage(was, stage)
    for stage in before.stages:
        if after.stage(stage.key) is None:
            yield worded("“{stage}” is no stage any more.", stage=stage.name)
    kept = [each.key for each in before.stages if after.stage(each.key)]
    if kept != [each.key for each in after.stages if before.stage(each.key)]:
        yield worded("The order is now: {stages}.", stages=[each.name for each in after.stages])


def _of_a_stage(was: Stage, now: Stage) -> Iterator[str]:
    if was.name != now.name:
        yield worded("“{was}” is now called “{stage}”.", was=was.name, stage=now.name)
    if was.buyer != now.buyer:
        yield worded("“{stage}”: the buyer’s step is now “{buyer}”", stage=now.name, buyer=now.buyer)
    yield from _of_evidence(was, now)
    if was.weight != now.weight:
        yield worded(
            "“{stage}” counts {weight}; before, {was}.",
            stage=now.name, weight=weight_told(now), was=weight_told(was),
        )  # fmt: skip
    if was.days != now.days:
        yield worded(
            "“{stage}” lasts {days}; before, {was}.", stage=now.name, days=days_told(now), was=days_told(was)
        )
    if was.policy != now.policy:
        yield worded(
            "A stalled deal in “{stage}” counts {policy}; before, {was}.",
            stage=now.name, policy=POLICIES[now.policy], was=POLICIES[was.policy],
        )  # fmt: skip
    yield from _of_names(was, now)
    yield from _of_marks(was, now)


def _of_evidence(was: Stage, now: Stage) -> Iterator[str]:
    old, new = ({(each.text, each.proof) for each in stage.criteria} for stage in (was, now))
    for each in now.criteria:
        if (each.text, each.proof) not in old:
            values: dict[str, Told] = {
                "stage": now.name, "text": each.text, "proof": PROOFS[each.proof] if each.proof else "",
            }  # fmt: skip
            yield worded("“{stage}” asks for “{text}” ({proof}).", **values)
    for each in was.criteria:
        if (each.text, each.proof) not in new:
            yield worded("“{stage}” asks no more for “{text}”.", stage=now.name, text=each.text)


def _of_names(was: Stage, now: Stage) -> Iterator[str]:
    if come := _only(now.words, was.words):
        yield worded("“{stage}” is also called {words}.", stage=now.name, words=_quoted(come))
    if gone := _only(was.words, now.words):
        yield worded("“{stage}” is no more called {words}.", stage=now.name, words=_quoted(gone))


def _of_marks(was: Stage, now: Stage) -> Iterator[str]:
    if was.qualifies != now.qualifies:
        said = worded("Qualification is reached in “{stage}”.", stage=now.name)
        no_more = worded("Qualification is reached in “{stage}” no more.", stage=now.name)
        yield said if now.qualifies else no_more
    if was.proposes != now.proposes:
        said = worded("A proposal is made in “{stage}”.", stage=now.name)
        no_more = worded("A proposal is made in “{stage}” no more.", stage=now.name)
        yield said if now.proposes else no_more


def weight_told(stage: Stage) -> str:
    """What a deal in the stage counts, in words."""
    return worded("what your history says") if stage.weight is None else in_percent(stage.weight)


def days_told(stage: Stage) -> str:
    """How long it may last, in words."""
    if stage.days is None:
        return worded("as long as your history says")
    return worded_many("at most one day", "at most {count} days", stage.days)


def _only(these: Sequence[str], those: Sequence[str]) -> list[str]:
    return [each for each in these if each not in those]


def _quoted(words: Sequence[str]) -> list[str]:
    return [f"“{word}”" for word in words]
