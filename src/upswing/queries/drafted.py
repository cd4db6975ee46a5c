"""Standards in the making: drafts, and the packs to begin with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count

from upswing.core.rubrics import Text, lacking
from upswing.goals.standards import Standard, Version, text_of
from upswing.goals.starters.packs import packs
from upswing.people.viewer import NotVisible, Viewer
from upswing.queries.concerned import Concerned
from upswing.queries.published import Published, Reader, drafts_standards, issued


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A draft: what it is called, who began it, and which version it would be."""

    standard: UUID
    name: str
    author: str
    begun: datetime
    number: int


@dataclass(frozen=True, slots=True)
class PackRow:
    """A starter pack that was not taken over yet."""

    key: str
    name: str
    purpose: str
    criteria: int


@dataclass(frozen=True, slots=True)
class DraftShown:
    """A draft to work on: its text, what it lacks to be published, and what `roles`, `levels`, `teams` it may be for.

    `people` is how many it concerns today; `changed` whether it differs from `latest`, the last published version;
    `earliest` the first day it may hold from.
    """

    standard: UUID
    text: Text
    author: str
    begun: datetime
    number: int
    latest: Published | None
    earliest: date
    changed: bool
    lacking: tuple[str, ...]
    people: int
    roles: tuple[str, ...]
    levels: tuple[str, ...]
    teams: dict[str, str]
    may_publish: bool


def drafts(viewer: Viewer) -> tuple[DraftRow, ...]:
    """The drafts the viewer may work on, by name: operators all, managers their own."""
    rows = [_row(each) for each in _visible(viewer)]
    return tuple(sorted(rows, key=lambda row: row.name.casefold()))


def _row(draft: Any) -> DraftRow:
    author = draft.author.name if draft.author else ""
    return DraftRow(
        draft.standard.uid, str(draft.text.get("name", "")), author, draft.begun, draft.issued + 1
    )


def packs_left(viewer: Viewer) -> tuple[PackRow, ...]:
    """The starter packs nobody has taken over yet; none for whoever writes no drafts."""
    if not drafts_standards(viewer):
        return ()
    taken = set(Standard.objects.filter(key__in=packs()).values_list("key", flat=True))
    return tuple(
        PackRow(key, text.name, text.purpose, len(text.criteria))
        for key, text in packs().items()
        if key not in taken
    )


def draft(viewer: Viewer, standard: UUID) -> DraftShown:
    """A draft the viewer may work on; raises NotVisible."""
    shown = next((each for each in _visible(viewer) if each.standard.uid == standard), None)
    if shown is None:
        raise NotVisible("There is no such draft.")
    text, concerned = text_of(shown.text), Concerned(viewer.at)
    latest = next((each.versions[-1] for each in issued(standard)), None)
    return DraftShown(
        standard, text, shown.author.name if shown.author else "", shown.begun,
        latest.number + 1 if latest else 1, latest, max(viewer.at, latest.effective) if latest else viewer.at,
        latest is None or latest.text != text, lacking(text), len(concerned.by(text.audience)),
        concerned.words("roles"), concerned.words("levels"), concerned.teams(), viewer.operates,
    )  # fmt: skip


def _visible(viewer: Viewer) -> list[Any]:
    """The drafts, each with how many versions its standard has `issued`."""
    if not drafts_standards(viewer):
        return []
    rows = Version.objects.filter(number=None).select_related("standard", "author")
    rows = rows.annotate(issued=Count("standard__versions__number"))
    return list(rows if viewer.operates else rows.filter(author=Reader(viewer).me, author__isnull=False))
