"""Write drafts of standards: from nothing, from a starter pack, from the version that holds."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from upswing.actions.permission import Incomplete, NotAllowed
from upswing.actions.written import one_line
from upswing.core.rubrics import NAME_LENGTH, Text, excess
from upswing.core.wording import worded
from upswing.goals.standards import Standard, Version, data_of
from upswing.goals.starters.packs import packs
from upswing.people.viewer import NotVisible, Viewer
from upswing.queries.concerned import own_id
from upswing.queries.drafted import draft as visible_draft
from upswing.queries.formulas import known
from upswing.queries.published import Reader, drafts_standards, found, issued


@transaction.atomic
def begin(viewer: Viewer, name: str, at: datetime) -> UUID:
    """A first draft with nothing but a name. Raises NotVisible for whoever writes none, and NotAllowed."""
    _writes(viewer)
    name = one_line(name)
    if not name or len(name) > NAME_LENGTH:
        raise NotAllowed(
            worded(
                "Give the standard a name of 1 to {most} characters; this one has {length}.",
                most=NAME_LENGTH,
                length=len(name),
            )
        )
    return _first_draft(viewer, _free_key(name), Text(name), at)


@transaction.atomic
def take_over(viewer: Viewer, pack: str, at: datetime, speak: Callable[[str], str] = str) -> UUID:
    """A starter pack as a draft in the words of `speak`, to be made one's own.

    Raises NotVisible, and NotAllowed when it was before.
    """
    _writes(viewer)
    if pack not in packs():
        raise NotVisible("There is no such pack.")
    return _first_draft(viewer, pack, packs()[pack].translated(speak), at)


@transaction.atomic
def begin_again(viewer: Viewer, standard: UUID, at: datetime) -> None:
    """A draft of the next version, which starts from the latest one. There is one at most.

    Raises NotVisible, and NotAllowed where somebody else's is at work.
    """
    _writes(viewer)
    latest = max((version.number for each in issued(standard) for version in each.versions), default=0)
    version, _ = found(Reader(viewer), standard, latest)
    row = locked(standard)
    if there := row.versions.filter(number=None).select_related("author").first():
        if viewer.operates or (there.author_id is not None and there.author_id == own_id(viewer)):
            return
        whose = there.author.name if there.author else "revenue operations"
        raise NotAllowed(
            worded(
                "There is a draft of “{name}” already, by {whose}. Ask them to include your change.",
                name=version.text.name,
                whose=whose,
            )
        )
    Version.objects.create(standard=row, text=data_of(version.text), author_id=own_id(viewer), begun=at)


@transaction.atomic
def save_draft(viewer: Viewer, standard: UUID, text: Text) -> None:
    """Keep a draft as it is written so far. Raises NotVisible, and Incomplete with what no draft may hold."""
    locked(standard)
    visible_draft(viewer, standard)
    unknown = sorted(text.metrics - known(text.metrics, viewer.at).keys())
    wrong = (
        *excess(text),
        *(
            worded("No metric is called “{key}”. Choose from the list.", key=key[:NAME_LENGTH])
            for key in unknown
        ),
    )
    if not text.name:
        wrong = (*wrong, worded("The name is empty. A draft needs one, so that it can be found again."))
    if wrong:
        raise Incomplete(wrong)
    Version.objects.filter(standard__uid=standard, number=None).update(text=data_of(text))


@transaction.atomic
def discard_draft(viewer: Viewer, standard: UUID) -> None:
    """Throw a draft away; a standard that was never published goes with it. Raises NotVisible."""
    visible_draft(viewer, standard)
    Version.objects.filter(standard__uid=standard, number=None).delete()
    Standard.objects.filter(uid=standard, versions=None).delete()


def locked(standard: UUID) -> Standard:
    """The standard, which nobody else changes until the transaction ends; raises NotVisible."""
    row = Standard.objects.select_for_update().filter(uid=standard).first()
    if row is None:
        raise NotVisible("There is no such standard.")
    return row


def _writes(viewer: Viewer) -> None:
    if not drafts_standards(viewer):
        raise NotVisible("There is no such page for you.")


def _first_draft(viewer: Viewer, key: str, text: Text, at: datetime) -> UUID:
    standard, made = Standard.objects.get_or_create(key=key)
    if not made:
        raise NotAllowed(
            worded("There is a standard “{name}” already. Change that one instead.", name=text.name)
        )
    Version.objects.create(standard=standard, text=data_of(text), author_id=own_id(viewer), begun=at)
    return standard.uid


def _free_key(name: str) -> str:
    """A key from the name that neither a standard nor a pack has."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    key = "-".join(re.findall("[a-z0-9]+", plain))[:150] or "standard"
    taken = {*packs(), *Standard.objects.filter(key__startswith=key).values_list("key", flat=True)}
    return next(
        each for each in (key, *(f"{key}-{n}" for n in range(2, len(taken) + 3))) if each not in taken
    )
