"""Write pipelines: begin a draft, keep it, publish it from a day on. What was published never changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from upswing.actions.permission import Incomplete, needs_operator
from upswing.actions.versions import before_the_last, too_long
from upswing.actions.written import one_line, signed_by
from upswing.core.pipelines import Pipeline, adopting, refusals, rule_refusals, starter
from upswing.core.templates import MOST_WORDS
from upswing.core.wording import worded, worded_many
from upswing.goals.pipelines import PipelineSetup, PipelineVersion, data_of, pipeline_of
from upswing.people.viewer import NotVisible, Viewer
from upswing.queries.pipeline_setup import DraftShown
from upswing.queries.pipeline_setup import draft as visible_draft
from upswing.queries.pipelines import Held, Version, issued, seen


def begin(viewer: Viewer, name: str, at: datetime) -> UUID:
    """A first draft with nothing but a name. Raises NotAllowed, and Incomplete without a usable name."""
    needs_operator(viewer, "write pipelines")
    return _begun(viewer, Pipeline(one_line(name)), at)


def take_starter(viewer: Viewer, at: datetime, speak: Callable[[str], str] = str) -> UUID:
    """A first draft with the stages to begin with, as `speak` says them. Raises NotAllowed and Incomplete."""
    needs_operator(viewer, "write pipelines")
    return _begun(viewer, starter(speak), at)


def take_seen(viewer: Viewer, at: datetime, speak: Callable[[str], str] = str) -> UUID:
    """A first draft with the stages that deals are seen in; what each asks of the buyer is still to be written.

    Raises NotAllowed and Incomplete.
    """
    needs_operator(viewer, "write pipelines")
    found = seen()
    return _begun(viewer, replace(found, name=speak(found.name)), at)


@transaction.atomic
def _begun(viewer: Viewer, pipeline: Pipeline, at: datetime) -> UUID:
    others = [versions[-1].pipeline for versions in issued().values()]
    if wrong := rule_refusals(pipeline, others):
        raise Incomplete(wrong)
    setup = PipelineSetup.objects.create()
    _draft(viewer, setup, pipeline, at)
    return setup.uid


@transaction.atomic
def begin_again(viewer: Viewer, pipeline: UUID, at: datetime) -> None:
    """A draft of the next version, from the last one. There is one at most. Raises NotAllowed and NotVisible."""
    needs_operator(viewer, "write pipelines")
    row, versions = locked(pipeline), issued().get(pipeline, ())
    if versions and not row.versions.filter(number=None).exists():
        _draft(viewer, row, versions[-1].pipeline, at)


@transaction.atomic
def discard(viewer: Viewer, pipeline: UUID) -> None:
    """Throw a draft away; a pipeline that was never published goes with it. Raises NotAllowed and NotVisible."""
    needs_operator(viewer, "write pipelines")
    visible_draft(viewer, pipeline)
    PipelineVersion.objects.filter(setup__uid=pipeline, number=None).delete()
    PipelineSetup.objects.filter(uid=pipeline, versions=None).delete()


@transaction.atomic
def publish(viewer: Viewer, pipeline: UUID, effective: date, note: str, at: datetime) -> int:
    """Make the draft the next version, which holds from `effective` on and never changes; its number.

    Raises NotAllowed, NotVisible, and Incomplete with everything to mend: open deals that would be in no stage, too.
    """
    needs_operator(viewer, "write pipelines")
    lock_all()
    shown, note = visible_draft(viewer, pipeline), one_line(note)
    wrong = (
        *shown.lacking, *map(_homeless, shown.homeless), *_unchanged(shown), *_misdated(shown, effective, viewer.at),
        *_unsaid(shown, note),
    )  # fmt: skip
    if wrong:
        raise Incomplete(wrong)
    PipelineVersion.objects.filter(setup__uid=pipeline, number=None).update(
        number=shown.number, effective=effective, note=note, published=at, publisher=signed_by(viewer)
    )
    return shown.number


@transaction.atomic
def give_stages(viewer: Viewer, homes: Mapping[str, tuple[UUID, str]], note: str, at: datetime) -> int:
    """Make texts of sources other names of stages (pipeline, key), in a version of each pipeline; how many are new.

    A draft that is being written learns them too. Raises NotAllowed, NotVisible, and Incomplete.
    """
    needs_operator(viewer, "write pipelines")
    lock_all()
    return sum(
        _given(viewer, uid, versions, _words(homes, uid), note, at)
        for uid, versions in issued().items()
    )  # fmt: skip


def _words(homes: Mapping[str, tuple[UUID, str]], pipeline: UUID) -> dict[str, str]:
    """Text → stage, of those that go to one pipeline."""
    return {one_line(text): key for text, (home, key) in homes.items() if home == pipeline and one_line(text)}


def _given(
    viewer: Viewer, uid: UUID, versions: tuple[Version, ...], words: Mapping[str, str], note: str, at: datetime
) -> int:  # fmt: skip
    """One pipeline's next version, where these words are new to it: 1, else 0."""
    last, changed = versions[-1], versions[-1].pipeline
    if any(changed.stage(key) is None for key in words.values()):
        raise NotVisible("There is no such stage.")
    for text, key in words.items():
        changed = changed if changed.knows(text) else adopting(changed, key, (text,))
    if changed == last.pipeline:
        return 0
    others = [each[-1].pipeline for other, each in issued().items() if other != uid]
    if wrong := refusals(changed, others, last.pipeline):
        raise Incomplete(wrong)
    PipelineVersion.objects.create(
        setup=locked(uid), data=data_of(changed), author=signed_by(viewer), begun=at, number=last.number + 1,
        effective=max(viewer.at, last.effective), note=note, published=at, publisher=signed_by(viewer),
    )  # fmt: skip
    for row in PipelineVersion.objects.filter(setup__uid=uid, number=None):
        row.data = data_of(_taught(pipeline_of(row.data), words))
        row.save(update_fields=["data"])
    return 1


def _taught(pipeline: Pipeline, words: Mapping[str, str]) -> Pipeline:
    for text, key in words.items():
        pipeline = pipeline if pipeline.knows(text) else adopting(pipeline, key, (text,))
    return pipeline


def locked(pipeline: UUID) -> PipelineSetup:
    """The pipeline, which nobody else changes until the transaction ends; raises NotVisible."""
    row = PipelineSetup.objects.select_for_update().filter(uid=pipeline).first()
    if row is None:
        raise NotVisible("There is no such pipeline.")
    return row


def lock_all() -> None:
    """Two pipelines that would know the same stage: one waits for the other."""
    list(PipelineSetup.objects.select_for_update().order_by("id"))


def _draft(viewer: Viewer, setup: PipelineSetup, pipeline: Pipeline, at: datetime) -> None:
    PipelineVersion.objects.create(setup=setup, data=data_of(pipeline), author=signed_by(viewer), begun=at)


def _homeless(each: Held) -> str:
    return worded_many(
        "One open deal stands in “{stage}”, which would be in no stage any more. Make “{stage}” another name of a "
        "stage that stays, or move that deal first.",
        "{count} open deals stand in “{stage}”, which would be in no stage any more. Make “{stage}” another name of "
        "a stage that stays, or move those deals first.",
        each.deals, stage=each.text,
    )  # fmt: skip


def _unchanged(shown: DraftShown) -> Iterator[str]:
    if shown.latest and not shown.changes:
        yield worded(
            "Nothing has changed since version {number}. Change something, or throw the draft away.",
            number=shown.number - 1,
        )


def _misdated(shown: DraftShown, effective: date, today: date) -> Iterator[str]:
    if effective < today:
        yield worded(
            "{effective} is over, and what counted then stays. Stages hold from today, {today}, or later.",
            effective=effective,
            today=today,
        )
    else:
        yield from before_the_last(shown.number, shown.earliest, effective)


def _unsaid(shown: DraftShown, note: str) -> Iterator[str]:
    if shown.latest and not note:
        yield worded(
            "Say in a sentence what version {number} changes, for those whose deals go through it.",
            number=shown.number,
        )
    yield from too_long(note, MOST_WORDS)
