"""What is expected of whom: the standards that concern a viewer, one version in full, and what a line is judged by."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from upswing.core.rubrics import Diff, compare
from upswing.goals.standards import Objection
from upswing.people.models import Person
from upswing.people.viewer import Viewer
from upswing.queries.concerned import Concerned
from upswing.queries.published import (
    Issued,
    Published,
    Reader,
    Signatures,
    drafts_standards,
    found,
    issued,
    signatures,
)


class State(StrEnum):
    """Where a published version stands on a day."""

    IN_FORCE = "in_force"
    TO_COME = "to_come"
    PAST = "past"


@dataclass(frozen=True, slots=True)
class Row:
    """A version that holds or will. Of `asked` people whom the viewer leads or operates for, `missing` did not sign."""

    version: Published
    state: State
    concerns_me: bool
    signed: datetime | None
    asked: int
    missing: tuple[str, ...]
    open_objections: int

    @property
    def waits(self) -> bool:
        """Does it wait for the viewer's signature?"""
        return self.concerns_me and self.signed is None


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed a version, and when."""

    person: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ObjectionShown:
    """What somebody said against a version; open while `answered` is None."""

    id: UUID
    person: str
    mine: bool
    criterion: str
    text: str
    at: datetime
    answer: str
    answered: datetime | None
    answerer: str


@dataclass(frozen=True, slots=True)
class VersionShown:
    """One published version in full. `holds` is the number in force today; `others` are further ones one may open.

    `signatures` and `missing` name only whom the viewer may name. `changes` compares with the version before, where
    the viewer may open that too. `teams` are names by id.
    """

    version: Published
    state: State
    holds: int | None
    others: tuple[Published, ...]
    changes: Diff | None
    teams: dict[str, str]
    concerns_me: bool
    signed: datetime | None
    may_sign: bool
    asked: int
    signatures: tuple[Signature, ...]
    missing: tuple[str, ...]
    objections: tuple[ObjectionShown, ...]
    may_answer: bool
    may_draft: bool


@dataclass(frozen=True, slots=True)
class Cited:
    """The version that a line of a person is judged by, and when the person signed it.

    `meets` are the behaviours by which the criteria of that line are met.
    """

    standard: UUID
    key: str
    name: str
    number: int
    effective: date
    signed_by_person: datetime | None
    meets: tuple[str, ...] = ()


def standards(viewer: Viewer) -> tuple[Row, ...]:
    """The versions that hold or will and that the viewer may read: those that wait for their signature first."""
    reader = Reader(viewer)
    current = [(each, version) for each in issued() for version in each.signable(viewer.at)]
    signed = signatures(version for _, version in current)
    spoken = _objections(reader, [version for _, version in current])
    rows = [
        _row(reader, version, state(each, version, viewer.at), signed[version.id], spoken[version.id])
        for each, version in current
        if reader.may_open(version, signed[version.id])
    ]
    return tuple(
        sorted(rows, key=lambda row: (not row.waits, row.version.text.name.casefold(), row.version.number))
    )


def _row(
    reader: Reader, version: Published, state: State, signed: Signatures, spoken: tuple[ObjectionShown, ...]
) -> Row:
    asked = _led(reader, version)
    return Row(
        version, state, reader.is_concerned(version), signed.get(reader.me or 0), len(asked),
        _names(reader.concerned, asked - signed.keys()), sum(one.answered is None for one in spoken),
    )  # fmt: skip


def version(viewer: Viewer, standard: UUID, number: int) -> VersionShown:
    """One published version; raises NotVisible."""
    reader = Reader(viewer)
    shown, all_of_it = found(reader, standard, number)
    signed = signatures(all_of_it.versions)
    readable = [each for each in all_of_it.versions if reader.may_open(each, signed[each.id])]
    before = next((each for each in readable if each.number == number - 1), None)
    holds, asked, mine = all_of_it.in_force(viewer.at), _led(reader, shown), signed[shown.id]
    named = {person for person in mine if viewer.sight.may_see(person)} | reader.concerned.managers(reader.me)
    concerned = reader.is_concerned(shown)
    return VersionShown(
        shown,
        state(all_of_it, shown, viewer.at),
        holds.number if holds else None,
        tuple(each for each in readable if each is not shown),
        compare(before.text, shown.text) if before else None,
        reader.concerned.teams(),
        concerned,
        mine.get(reader.me or 0),
        concerned and reader.me not in mine and shown in all_of_it.signable(viewer.at),
        len(asked),
        _signatures(mine, named - {reader.me}),
        _names(reader.concerned, asked - mine.keys()),
        _objections(reader, [shown])[shown.id],
        may_answer(reader, shown),
        drafts_standards(viewer),
    )


def state(all_of_it: Issued, version: Published, day: date) -> State:
    """Where a version stands on a day."""
    if version == all_of_it.in_force(day):
        return State.IN_FORCE
    return State.TO_COME if version in all_of_it.signable(day) else State.PAST


def may_answer(reader: Reader, version: Published) -> bool:
    """Operators and the author answer what is said against a version."""
    return reader.viewer.operates or (reader.me is not None and reader.me == version.author)


def _led(reader: Reader, version: Published) -> set[int]:
    """Whom it concerns of those whom the viewer sees, but for themselves."""
    seen = reader.viewer.sight
    return {person for person in reader.concerned.by(version.text.audience) if seen.may_see(person)} - {
        reader.me or 0
    }


def _names(concerned: Concerned, people: Iterable[int]) -> tuple[str, ...]:
    return tuple(sorted((concerned.name(person) for person in people), key=str.casefold))


def _signatures(signed: Signatures, named: set[int]) -> tuple[Signature, ...]:
    people = Person.objects.unscoped("named by sight, and one's managers").filter(
        pk__in=named & signed.keys()
    )
    rows = [Signature(name, signed[pk]) for pk, name in people.values_list("pk", "name")]
    return tuple(sorted(rows, key=lambda row: row.person.casefold()))


def _objections(reader: Reader, versions: list[Published]) -> dict[int, tuple[ObjectionShown, ...]]:
    """What the viewer may see of what was said against each: their own, their people's, and all where they answer."""
    answering = {each.id for each in versions if may_answer(reader, each)}
    rows = Objection.objects.unscoped("shown by sight, to operators, to the author").order_by(
        "answered", "at"
    )
    shown: dict[int, list[ObjectionShown]] = {each.id: [] for each in versions}
    for row in rows.filter(version__in=list(shown)).select_related("person"):
        if (
            row.version_id in answering
            or row.person_id == reader.me
            or reader.viewer.sight.may_see(row.person_id)
        ):
            shown[row.version_id].append(
                ObjectionShown(
                    row.uid, row.person.name, row.person_id == reader.me, row.criterion, row.text, row.at,
                    row.answer, row.answered, row.answerer,
                )
            )  # fmt: skip
    return {
        version: tuple(sorted(rows, key=lambda one: one.answered is not None))
        for version, rows in shown.items()
    }


def cited(viewer: Viewer, people: Iterable[UUID], day: date) -> dict[tuple[UUID, str], Cited]:
    """(Person, metric key) → the version that judges that line on the day, for all lines that a standard covers.

    People whom the viewer may not see have none. Of several standards for one metric, the one that began last.
    """
    seen = list(Person.objects.seen_by(viewer).filter(uid__in=list(people)).values_list("pk", "uid"))
    holding = [version for each in issued() if (version := each.in_force(day))]
    concerned, signed = Concerned(day, {person for person, _ in seen}), signatures(holding)
    return {
        (uid, metric): Cited(
            one.standard,
            one.key,
            one.text.name,
            one.number,
            one.effective,
            signed[one.id].get(person),
            one.text.meeting(metric),
        )
        for person, uid in seen
        for one in sorted(holding, key=lambda each: (each.effective, each.key))
        if person in concerned.by(one.text.audience)
        for metric in one.text.metrics
    }


def in_force(viewer: Viewer, metric_key: str, person: UUID, day: date) -> Cited | None:
    """The version that a person's line of this metric is judged by on a day; None where no standard covers it."""
    return cited(viewer, [person], day).get((person, metric_key))
