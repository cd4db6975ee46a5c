"""Published versions as values, who signed them, and who may open one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from upswing.core.people import AccessRole
from upswing.core.rubrics import Issue, Text, in_force, signable
from upswing.goals.standards import Agreement, Version, text_of
from upswing.people.viewer import NotVisible, Viewer
from upswing.queries.concerned import Concerned, own_id

Signatures = dict[int, datetime]
"""Person → when they signed."""


@dataclass(frozen=True, slots=True)
class Published:
    """A published version; `id` and `author` are internal ids."""

    id: int
    standard: UUID
    key: str
    number: int
    effective: date
    text: Text
    note: str
    published: datetime
    publisher: str
    author: int | None


@dataclass(frozen=True, slots=True)
class Issued:
    """The published versions of one standard, the first one first."""

    versions: tuple[Published, ...]

    @property
    def _issues(self) -> list[Issue]:
        return [Issue(each.number, each.effective) for each in self.versions]

    def in_force(self, day: date) -> Published | None:
        """The version that holds on a day."""
        number = in_force(self._issues, day)
        return next((each for each in self.versions if each.number == number), None)

    def signable(self, day: date) -> tuple[Published, ...]:
        """Those that hold, or will."""
        numbers = signable(self._issues, day)
        return tuple(each for each in self.versions if each.number in numbers)


def issued(standard: UUID | None = None) -> tuple[Issued, ...]:
    """Every standard's published versions, by key; only those of one standard where it is named."""
    rows = Version.objects.exclude(number=None).select_related("standard").order_by("standard__key", "number")
    found: dict[int, list[Published]] = defaultdict(list)
    for row in rows if standard is None else rows.filter(standard__uid=standard):
        found[row.standard_id].append(_value(row))
    return tuple(Issued(tuple(versions)) for versions in found.values())


def _value(row: Version) -> Published:
    if row.number is None or row.effective is None or row.published is None:
        raise ValueError("A draft is no published version.")
    return Published(
        row.pk, row.standard.uid, row.standard.key, row.number, row.effective, text_of(row.text), row.note,
        row.published, row.publisher, row.author_id,
    )  # fmt: skip


def signatures(versions: Iterable[Published]) -> dict[int, Signatures]:
    """Internal id of a version → who signed it; empty for one that nobody signed."""
    found: dict[int, Signatures] = defaultdict(dict)
    rows = Agreement.objects.unscoped("counted, and named by sight").filter(
        version__in=[one.id for one in versions]
    )
    for version, person, at in rows.values_list("version_id", "person_id", "at"):
        found[version][person] = at
    return found


class Reader:
    """A viewer among the standards of their day: whom each concerns, and what they may open."""

    def __init__(self, viewer: Viewer) -> None:
        self.viewer, self.me = viewer, own_id(viewer)
        self.concerned = Concerned(viewer.at)

    def is_concerned(self, version: Published) -> bool:
        """Does it concern the viewer?"""
        return self.me in self.concerned.by(version.text.audience)

    def may_open(self, version: Published, signed: Signatures) -> bool:
        """Whoever is concerned, has signed it or wrote it opens a version; operators open all."""
        mine = self.me is not None and (self.me in signed or self.me == version.author)
        return self.viewer.operates or mine or self.is_concerned(version)


def found(reader: Reader, standard: UUID, number: int) -> tuple[Published, Issued]:
    """A version that the viewer may open, among its standard's; raises NotVisible."""
    for all_of_it in issued(standard):
        for version in all_of_it.versions:
            if version.number == number and reader.may_open(version, signatures([version])[version.id]):
                return version, all_of_it
    raise NotVisible("There is no such standard.")


def drafts_standards(viewer: Viewer) -> bool:
    """May this viewer write drafts? Managers and operators do; operators alone publish."""
    return viewer.operates or viewer.role is AccessRole.MANAGER
