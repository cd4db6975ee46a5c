"""When a deal counts: the stages as everybody may read them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from upswing.core.pipelines import Pipeline, changes
from upswing.people.viewer import Viewer
from upswing.queries.pipelines import Version, current, holding, issued, pipelines_on


@dataclass(frozen=True, slots=True)
class Rules:
    """What everybody reads: the pipelines in force, and those to come with their first day."""

    pipelines: tuple[tuple[Pipeline, Version | None], ...]
    to_come: tuple[tuple[Version, tuple[str, ...]], ...]
    written: bool


def rules(viewer: Viewer, at: date) -> Rules:
    """The pipelines of a day, and those to come after it. Rules name nobody: every viewer reads them."""
    there = issued().values()
    now = [holding(versions, at) for versions in there]
    in_force = tuple((each.pipeline, each) for each in now if each)
    to_come = tuple(
        (each, _news(holds, each))
        for versions, holds in zip(there, now, strict=True)
        for each in current(versions, at)
        if each.effective > at
    )
    return Rules(in_force or tuple((each, None) for each in pipelines_on(at)), to_come, bool(in_force))


def _news(holds: Version | None, version: Version) -> tuple[str, ...]:
    return changes(holds.pipeline, version.pipeline) if holds else ()
