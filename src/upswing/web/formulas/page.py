"""What the list of own metrics shows, and the page of one with its versions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, tzinfo

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from upswing.queries.formula_setup import DraftRow, MetricShown, Overview, Row
from upswing.queries.formulas import Version
from upswing.web.formulas.shown import Tried, missing, says, tried
from upswing.web.shared import format as fmt


@dataclass(frozen=True, slots=True)
class Entry:
    """A metric in the list."""

    key: str
    label: str
    text: str
    about: str
    cards: tuple[str, ...]
    named_by: tuple[str, ...]
    gone: tuple[str, ...]
    archived: bool


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft in the list."""

    label: str
    url: str
    about: str


@dataclass(frozen=True, slots=True)
class ListPage:
    """Everything the list draws."""

    headline: str
    detail: str
    entries: tuple[Entry, ...]
    drafts: tuple[Draft, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A version: what it changed, part by part (name, before, after); of the first, what it says."""

    title: str
    said: str
    by: str
    changes: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Page:
    """Everything the page of one metric draws."""

    entry: Entry
    help: str
    purpose: str
    preview: Tried
    says: tuple[tuple[str, str], ...]
    versions: tuple[Told, ...]
    drafted: bool


def list_of(found: Overview, zone: tzinfo | None) -> ListPage:
    """The list."""
    used = [row for row in found.rows if not row.own.archived]
    gone = sum(bool(row.gone) for row in used)
    return ListPage(
        _headline(len(used)),
        _detail(len(used), gone),
        tuple(map(_entry, found.rows)),
        tuple(_draft(each, zone) for each in found.drafts),
    )


def _headline(used: int) -> str:
    if not used:
        return _("All metrics are those that come with Upswing.")
    return ngettext("One metric is your own.", "{count} metrics are your own.", used).format(
        count=fmt.number(used)
    )


def _detail(used: int, gone: int) -> str:
    if not gone:
        return _(
            "One of your own is an expression over what is counted, judged and opened to its records as all are."
        )
    if used == 1:
        return _("It names what the data know no more.")
    return ngettext(
        "{count} of them names what the data know no more.", "{count} of them name what the data know no more.", gone
    ).format(count=fmt.number(gone))  # fmt: skip


def _about(row: Row) -> str:
    archived = row.own.archived
    if row.to_come:
        said = _("version {number}, from {day}, archived") if archived else _("version {number}, from {day}")
    else:
        said = (
            _("version {number}, since {day}, archived") if archived else _("version {number}, since {day}")
        )
    return said.format(number=row.version.number, day=fmt.day(row.version.effective))


def _entry(row: Row) -> Entry:
    version = row.version
    return Entry(
        row.own.key, version.wording.label, version.wording.text, _about(row), row.cards, row.named_by,
        tuple(map(missing, row.gone)), row.own.archived,
    )  # fmt: skip


def _draft(draft: DraftRow, zone: tzinfo | None) -> Draft:
    begun = fmt.day(draft.begun.astimezone(zone).date())
    about = _("begun by {author} on {day}").format(author=draft.author, day=begun)
    return Draft(draft.label, reverse("formula_draft", args=[draft.key]), about)


def page_of(shown: MetricShown, today: date, zone: tzinfo | None) -> Page:
    """One metric, its versions the last one first."""
    wording, versions = shown.row.version.wording, shown.row.own.versions
    told = [_told(versions, place, shown.holds, today, zone) for place in range(len(versions))]
    return Page(
        _entry(shown.row), wording.help, wording.purpose, tried(shown.preview), says(wording),
        tuple(reversed(told)), shown.drafted,
    )  # fmt: skip


def _told(versions: Sequence[Version], place: int, holds: int, today: date, zone: tzinfo | None) -> Told:
    version, now = versions[place], says(versions[place].wording)
    before = says(versions[place - 1].wording) if place else ()
    changes = tuple(
        (name, old, new) for (name, old), (_, new) in zip(before, now, strict=False) if old != new
    )
    holds_now = version.number == holds and version.effective <= today
    title = _("Version {number}, in force") if holds_now else _("Version {number}")
    said = _("from {day}: {note}") if version.note else _("from {day}: The first one.")
    day = fmt.day(version.published.astimezone(zone).date())
    return Told(
        title.format(number=version.number),
        said.format(day=fmt.day(version.effective), note=version.note),
        _("published {day} by {publisher}").format(day=day, publisher=version.publisher),
        changes,
    )
