"""The setting up of pipelines: all of them, one with its versions, a draft, the rules as everybody reads them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from upswing.core.pipelines import Pipeline, cautions, changes, refusals
from upswing.goals.pipelines import PipelineSetup, PipelineVersion, pipeline_of
from upswing.people.viewer import NotVisible, Viewer, operators_only
from upswing.queries.organisation import organisation
from upswing.queries.pipelines import (
    Held,
    Version,
    by_stage,
    current,
    holding,
    issued,
    pipelines_on,
    seen,
    strangers,
    unknown,
)


@dataclass(frozen=True, slots=True)
class Row:
    """A version that holds, or will; `deals` is stage key → the open deals that stand there."""

    version: Version
    to_come: bool
    deals: dict[str, Held]


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A draft: what it is called, who began it, which version it would be."""

    id: UUID
    name: str
    author: str
    begun: datetime
    number: int


@dataclass(frozen=True, slots=True)
class Overview:
    """All pipelines, drafts, and the stages of open deals that no pipeline knows, or from what day on one will.

    `seen` is what the deals' own stages look like, in order, as long as no pipeline is published.
    """

    rows: tuple[Row, ...]
    drafts: tuple[DraftRow, ...]
    strangers: tuple[tuple[Held, date | None], ...]
    seen: Pipeline | None
    deals: dict[str, Held]
    currency: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One pipeline with all its versions, the first one first; `holds` is the number in force."""

    row: Row
    versions: tuple[Version, ...]
    holds: int | None
    drafted: bool
    currency: str


@dataclass(frozen=True, slots=True)
class DraftShown:
    """A draft to work on: why it cannot be published, what to think of, what it changes.

    `deals` is stage key → open deals. `homeless` are stages of open deals that the last version knows and nothing would
    know any more, `strangers` those that the draft does not know either. `others` are the last versions of the other
    pipelines, `elsewhere` their drafts, and `keys` those that a stage of this one ever had.
    """

    id: UUID
    pipeline: Pipeline
    author: str
    number: int
    latest: Version | None
    earliest: date
    lacking: tuple[str, ...]
    cautions: tuple[str, ...]
    changes: tuple[str, ...]
    deals: dict[str, Held]
    homeless: tuple[Held, ...]
    strangers: tuple[Held, ...]
    others: tuple[Pipeline, ...]
    elsewhere: tuple[Pipeline, ...]
    keys: frozenset[str]
    currency: str


def overview(viewer: Viewer) -> Overview:
    """All pipelines; raises NotVisible for whoever does not operate."""
    operators_only(viewer)
    there = issued()
    rows = tuple(_row(version, viewer.at) for each in there.values() for version in current(each, viewer.at))
    deals = seen() if not there else None
    return Overview(
        rows, _drafts(there), tuple(_strangers(there, viewer.at)) if there else (), deals,
        _deals(deals, (deals,)) if deals else {}, organisation().currency,
    )  # fmt: skip


def _strangers(there: dict[UUID, tuple[Version, ...]], day: date) -> Iterable[tuple[Held, date | None]]:
    """What no pipeline knows, with the day from which a version to come will."""
    last = [versions[-1] for versions in there.values()]
    for each in strangers(day):
        yield each, next((version.effective for version in last if version.pipeline.knows(each.text)), None)


def _row(version: Version, day: date) -> Row:
    to_come = version.effective > day
    among = (version.pipeline,) if to_come else pipelines_on(day)
    return Row(version, to_come, _deals(version.pipeline, among))


def _deals(pipeline: Pipeline, among: tuple[Pipeline, ...]) -> dict[str, Held]:
    return {key: each for (name, key), each in by_stage(among).items() if name == pipeline.name}


def _drafts(there: dict[UUID, tuple[Version, ...]]) -> tuple[DraftRow, ...]:
    rows = PipelineVersion.objects.filter(number=None).select_related("setup").order_by("setup_id")
    return tuple(
        DraftRow(
            row.setup.uid, pipeline_of(row.data).name, row.author, row.begun, len(there.get(row.setup.uid, ())) + 1
        )
        for row in rows
    )  # fmt: skip


def shown(viewer: Viewer, pipeline: UUID) -> Shown:
    """One pipeline with its versions; raises NotVisible for whoever does not operate, and where none is published."""
    operators_only(viewer)
    versions = issued().get(pipeline, ())
    if not versions:
        raise NotVisible("There is no such pipeline.")
    holds = holding(versions, viewer.at)
    drafted = PipelineSetup.objects.filter(uid=pipeline, versions__number=None).exists()
    return Shown(
        _row(holds or versions[0], viewer.at), versions, holds.number if holds else None, drafted,
        organisation().currency,
    )  # fmt: skip


def draft(viewer: Viewer, pipeline: UUID) -> DraftShown:
    """A draft to work on; raises NotVisible for whoever does not operate."""
    operators_only(viewer)
    row = PipelineVersion.objects.filter(number=None, setup__uid=pipeline).first()
    if row is None:
        raise NotVisible("There is no such draft.")
    there = issued()
    versions, written = there.get(pipeline, ()), pipeline_of(row.data)
    latest, others = versions[-1] if versions else None, _others(there, pipeline)
    known = latest.pipeline if latest else None
    elsewhere = _elsewhere(pipeline)
    without = unknown((written, *others))
    homeless = tuple(
        each for each in unknown((written, *others, *elsewhere)) if known and known.knows(each.text)
    )
    return DraftShown(
        pipeline, written, row.author, len(versions) + 1, latest,
        max(viewer.at, latest.effective) if latest else viewer.at,
        refusals(written, others, known), cautions(written), changes(known, written) if known else (),
        _deals(written, (written,)), homeless, tuple(each for each in without if each not in homeless),
        others, elsewhere,
        frozenset(stage.key for each in versions for stage in each.pipeline.stages), organisation().currency,
    )  # fmt: skip


def _others(there: dict[UUID, tuple[Version, ...]], pipeline: UUID) -> tuple[Pipeline, ...]:
    """The last version of each other pipeline."""
    return tuple(versions[-1].pipeline for uid, versions in there.items() if uid != pipeline)


def _elsewhere(pipeline: UUID) -> tuple[Pipeline, ...]:
    """The draft of each other pipeline: a name moves there before its own one lets it go."""
    rows = PipelineVersion.objects.filter(number=None).exclude(setup__uid=pipeline).order_by("setup_id")
    return tuple(pipeline_of(row.data) for row in rows)
