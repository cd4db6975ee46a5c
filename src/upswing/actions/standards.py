"""Publish standards, sign them, say what one does not agree with, and answer that."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from upswing.actions.permission import Incomplete, NotAllowed, needs_operator
from upswing.actions.standard_drafts import locked
from upswing.actions.versions import before_the_last, too_long
from upswing.actions.written import signed_by
from upswing.core.rubrics import NAME_LENGTH, folded, lacking
from upswing.core.wording import worded
from upswing.goals.standards import Agreement, Objection, Version
from upswing.people.viewer import NotVisible, Viewer
from upswing.queries.drafted import DraftShown
from upswing.queries.drafted import draft as visible_draft
from upswing.queries.published import Reader, found
from upswing.queries.standards import may_answer

MOST_WORDS = 4_000
"""Characters of a note, an objection or an answer."""


class Outdated(NotAllowed):
    """A version was to be signed that a newer one has replaced."""

    def __init__(self, name: str, read: int, newer: int, since: date) -> None:
        super().__init__(
            worded(
                "“{name}” is now version {newer}, since {since}; you read version {read}. Read "
                "version {newer}, then sign that.",
                name=name,
                newer=newer,
                since=since,
                read=read,
            )
        )


@transaction.atomic
def publish(viewer: Viewer, standard: UUID, effective: date, note: str, at: datetime) -> int:
    """Make the draft the next version, which holds from `effective` on and never changes; its number.

    Raises NotVisible, NotAllowed for whoever does not operate, and Incomplete with everything that is missing.
    """
    locked(standard)
    draft, note = visible_draft(viewer, standard), note.replace("\0", "").strip()
    needs_operator(viewer, "publish a standard")
    wrong = (
        *lacking(draft.text),
        *_unchanged(draft),
        *_misdated(draft, effective, viewer.at),
        *_unsaid(draft, note),
    )
    if wrong:
        raise Incomplete(wrong)
    Version.objects.filter(standard__uid=standard, number=None).update(
        number=draft.number,
        effective=effective,
        note=note,
        published=at,
        publisher=signed_by(viewer),
    )
    return draft.number


def _unchanged(draft: DraftShown) -> Iterator[str]:
    if not draft.changed:
        yield worded(
            "Nothing has changed since version {number}. Change the text, or throw the draft away.",
            number=draft.number - 1,
        )


def _misdated(draft: DraftShown, effective: date, today: date) -> Iterator[str]:
    if effective < today:
        yield worded(
            "{effective} is over. A standard holds from today, {at}, or a later day.",
            effective=effective,
            at=today,
        )
    elif draft.latest:
        yield from before_the_last(draft.number, draft.latest.effective, effective)


def _unsaid(draft: DraftShown, note: str) -> Iterator[str]:
    if draft.latest and not note:
        yield worded(
            "Say in a sentence what version {number} changes, for those who signed the one before.",
            number=draft.number,
        )
    yield from too_long(note, MOST_WORDS)


@transaction.atomic
def sign_standard(viewer: Viewer, standard: UUID, number: int, typed: str, at: datetime) -> None:
    """Agree to the version that was read; signing twice changes nothing.

    Raises NotVisible, Outdated when a newer version holds, and NotAllowed for a name that is not the viewer's own.
    """
    reader = Reader(viewer)
    version, all_of_it = found(reader, standard, number)
    name, now = version.text.name, all_of_it.in_force(viewer.at)
    if version not in all_of_it.signable(viewer.at):
        newer = now if now and now.number > number else all_of_it.signable(viewer.at)[-1]
        raise Outdated(name, number, newer.number, newer.effective)
    if reader.me is None or not reader.is_concerned(version):
        raise NotAllowed(
            worded("“{name}” does not concern you, so there is nothing for you to sign.", name=name)
        )
    if _name_of(typed) != _name_of(viewer.person_name):
        raise NotAllowed(
            worded(
                "“{typed}” is not your name here. Type it as it stands: {person_name}.",
                typed=typed.strip()[:NAME_LENGTH],
                person_name=viewer.person_name,
            )
        )
    Agreement.objects.unscoped("one's own signature").get_or_create(
        version_id=version.id, person_id=reader.me, defaults={"typed": typed.strip()[:NAME_LENGTH], "at": at}
    )


@transaction.atomic
def object_to(viewer: Viewer, standard: UUID, number: int, criterion: str, words: str, at: datetime) -> None:
    """Say what one does not agree with, or ask, about a version or one criterion; it stands open until answered.

    Raises NotVisible, and NotAllowed with what to write.
    """
    reader = Reader(viewer)
    version, _ = found(reader, standard, number)
    if reader.me is None or not reader.is_concerned(version):
        raise NotAllowed(
            worded(
                "“{name}” does not concern you; those whom it concerns can question it.",
                name=version.text.name,
            )
        )
    if criterion and criterion not in {each.name for each in version.text.criteria}:
        raise NotAllowed(
            worded(
                "Version {number} has no criterion “{criterion}”. Choose one from the list.",
                number=number,
                criterion=criterion[:NAME_LENGTH],
            )
        )
    Objection.objects.create(
        version_id=version.id,
        person_id=reader.me,
        criterion=criterion,
        text=_said(words, worded("your question")),
        at=at,
    )


@transaction.atomic
def answer_objection(viewer: Viewer, objection: UUID, words: str, at: datetime) -> tuple[UUID, int]:
    """Answer what somebody said against a version, which closes it; the standard and number it stands at.

    Raises NotVisible for whoever is neither author nor operator, and NotAllowed when it was answered before.
    """
    rows = Objection.objects.unscoped("operators and the author answer").select_related(
        "version__standard", "person"
    )
    row = rows.select_for_update(of=("self",)).filter(uid=objection).first()
    if row is None or row.version.number is None:
        raise NotVisible("There is no such question.")
    reader = Reader(viewer)
    version, _ = found(reader, row.version.standard.uid, row.version.number)
    if not may_answer(reader, version):
        raise NotVisible("There is no such question.")
    if row.answered:
        raise NotAllowed(
            worded(
                "{answerer} answered {name} already, on {date}.",
                answerer=row.answerer,
                name=row.person.name,
                date=row.answered.date(),
            )
        )
    rows.filter(pk=row.pk).update(
        answer=_said(words, worded("your answer")), answered=at, answerer=signed_by(viewer)
    )
    return version.standard, version.number


def _name_of(written: str) -> str:
    return folded(unicodedata.normalize("NFC", written))


def _said(words: str, what: str) -> str:
    words = words.replace("\0", "").strip()
    if not 0 < len(words) <= MOST_WORDS:
        raise NotAllowed(
            worded(
                "Write {what} in 1 to {most} characters; this has {length}.",
                what=what,
                most=MOST_WORDS,
                length=len(words),
            )
        )
    return words
