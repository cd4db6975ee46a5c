"""What the pages of stages show: the rules, the list of pipelines, one with its versions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import tzinfo
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from upswing.core.pipelines import Pipeline, changes
from upswing.queries.pipeline_setup import DraftRow, Overview, Row, Shown
from upswing.queries.pipelines import Version
from upswing.queries.stage_rules import Rules
from upswing.web.shared import format as fmt
from upswing.web.stages.shown import PipelineShown, held_told, pipeline_shown


@dataclass(frozen=True, slots=True)
class Entry:
    """A pipeline in a list: which version it is, in words; `news` is what a version to come changes."""

    pipeline: PipelineShown
    about: str
    url: str = ""
    news: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RulesPage:
    """Everything the rules' template draws; `written` is whether anybody wrote them yet."""

    headline: str
    detail: str
    pipelines: tuple[Entry, ...]
    to_come: tuple[Entry, ...]
    written: bool


@dataclass(frozen=True, slots=True)
class Stranger:
    """What a source calls a stage that no pipeline knows; `since` is from when one will."""

    text: str
    about: str
    since: str


@dataclass(frozen=True, slots=True)
class ListPage:
    """Everything the list's template draws. `homes` are pipeline → (value, stage) to choose from."""

    headline: str
    detail: str
    entries: tuple[Entry, ...]
    drafts: tuple[tuple[str, str, str], ...]
    strangers: tuple[Stranger, ...]
    homes: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    open: bool
    seen: PipelineShown | None


@dataclass(frozen=True, slots=True)
class Told:
    """A version: what it says of itself, and what it changed, sentence by sentence."""

    title: str
    said: str
    by: str
    changes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """Everything the page of one pipeline draws, its versions the last one first."""

    id: UUID
    entry: Entry
    versions: tuple[Told, ...]
    drafted: bool


def rules_of(found: Rules) -> RulesPage:
    """The rules as everybody reads them."""
    pipelines = tuple(
        Entry(pipeline_shown(each), _which(version, False) if version else "")
        for each, version in found.pipelines
    )
    to_come = tuple(
        Entry(pipeline_shown(version.pipeline), _which(version, True), news=news)
        for version, news in found.to_come
    )
    return RulesPage(*_opening(found), pipelines, to_come, found.written)


def _opening(found: Rules) -> tuple[str, str]:
    if not found.written:
        return (
            _("No stages are written yet."),
            _("These are the stages that your sources name, in the order in which deals usually pass them."),
        )
    detail = _("A deal is in a stage once the buyer has done its step, and the evidence can be shown.")
    if len(found.pipelines) > 1:
        return _("Each pipeline follows the buyer, step by step."), detail
    stages = found.pipelines[0][0].stages
    headline = ngettext("The buyer takes one step.", "The buyer takes {count} steps.", len(stages))
    return headline.format(count=fmt.number(len(stages))), detail


def list_of(found: Overview, zone: tzinfo | None) -> ListPage:
    """The list of pipelines."""
    told = (
        Stranger(
            each.text,
            held_told(each, found.currency),
            _("known from {day} on").format(day=fmt.day(since)) if since else "",
        )
        for each, since in found.strangers
    )
    strangers = tuple(told)
    return ListPage(
        *_state(found, strangers), tuple(_entry(row, found.currency) for row in found.rows),
        tuple(_draft(each, zone) for each in found.drafts), strangers, _homes(found),
        any(not each.since for each in strangers),
        pipeline_shown(found.seen, found.deals, found.currency) if found.seen and found.seen.stages else None,
    )  # fmt: skip


def _state(found: Overview, strangers: tuple[Stranger, ...]) -> tuple[str, str]:
    waiting = sum(not each.since for each in strangers)
    if waiting:
        headline = ngettext(
            "One stage of open deals is unknown here.", "{count} stages of open deals are unknown here.", waiting
        ).format(count=fmt.number(waiting))  # fmt: skip
        return headline, _("Say which stage each belongs to; its deals count there from then on.")
    if not found.rows:
        return (
            _("No stages are written yet."),
            _(
                "Until then deals count by the names their sources use. Begin with our stages, or with those of "
                "your deals."
            ),
        )
    return (
        _("Every open deal is in a stage that is known here."),
        _("Everybody reads what each stage asks. A version never changes what counted before it."),
    )


def _entry(row: Row, currency: str) -> Entry:
    version = row.version
    shown = pipeline_shown(version.pipeline, row.deals, currency)
    return Entry(shown, _which(version, row.to_come), reverse("pipeline", args=[version.id]))


def _which(version: Version, to_come: bool) -> str:
    said = _("version {number}, from {day}") if to_come else _("version {number}, since {day}")
    return said.format(number=version.number, day=fmt.day(version.effective))


def _draft(draft: DraftRow, zone: tzinfo | None) -> tuple[str, str, str]:
    begun = fmt.day(draft.begun.astimezone(zone).date())
    about = _("version {number}, begun by {author} on {day}").format(
        number=draft.number, author=draft.author, day=begun
    )
    return draft.name, reverse("pipeline_draft", args=[draft.id]), about


def _homes(found: Overview) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """The stages of the last version of each pipeline."""
    last: dict[UUID, Pipeline] = {row.version.id: row.version.pipeline for row in found.rows}
    return tuple(
        (each.name, tuple((f"{uid}:{stage.key}", stage.name) for stage in each.stages))
        for uid, each in last.items()
    )


def page_of(found: Shown, zone: tzinfo | None) -> Page:
    """One pipeline with its versions."""
    told = [_told(found, place, zone) for place in range(len(found.versions))]
    return Page(found.row.version.id, _entry(found.row, found.currency), tuple(reversed(told)), found.drafted)


def _told(found: Shown, place: int, zone: tzinfo | None) -> Told:
    version = found.versions[place]
    title = _("Version {number}, in force") if version.number == found.holds else _("Version {number}")
    said = _("from {day}: {note}") if version.note else _("from {day}")
    day = fmt.day(version.published.astimezone(zone).date())
    return Told(
        title.format(number=version.number),
        said.format(day=fmt.day(version.effective), note=version.note),
        _("published {day} by {publisher}").format(day=day, publisher=version.publisher),
        changes(found.versions[place - 1].pipeline, version.pipeline) if place else (),
    )
