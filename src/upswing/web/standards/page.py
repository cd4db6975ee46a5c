"""What the list of standards shows: what waits for me, what I may read, who has not signed, what is being written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import tzinfo
from textwrap import shorten

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from upswing.queries.drafted import DraftRow, PackRow
from upswing.queries.published import Published
from upswing.queries.standards import Row, State
from upswing.web.shared import format as fmt
from upswing.web.shared.lines import Chip
from upswing.web.shared.marks import marked
from upswing.web.shared.spoken import spoken

MOST_PEOPLE = 40
"""People without a signature who are named on the list; a version's own page names all of its."""
WHICH = {
    State.IN_FORCE: marked("version {number}, since {day}"),
    State.TO_COME: marked("version {number}, from {day}"),
    State.PAST: marked("version {number}, held from {day}"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A version in a list."""

    name: str
    purpose: str
    url: str
    which: str
    waits: bool
    chip: Chip | None
    signed: str
    questions: str


@dataclass(frozen=True, slots=True)
class Unsigned:
    """Somebody whose signature is missing, and on what."""

    person: str
    standards: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft in the list."""

    name: str
    url: str
    about: str


@dataclass(frozen=True, slots=True)
class Page:
    """Everything the template draws."""

    headline: str
    detail: str
    waiting: tuple[Shown, ...]
    rest: tuple[Shown, ...]
    unsigned: tuple[Unsigned, ...]
    more: int
    drafts: tuple[Draft, ...]
    packs: tuple[PackRow, ...]
    writes: bool
    trouble: str
    name: str


def page_of(
    rows: Sequence[Row], drafts: Iterable[DraftRow], packs: tuple[PackRow, ...], writes: bool, zone: tzinfo | None,
    trouble: str = "", name: str = "",
) -> Page:  # fmt: skip
    """The page of what is expected of whom."""
    unsigned = _unsigned(rows)
    return Page(
        *_opening(rows, len(unsigned)),
        tuple(_shown(row, zone) for row in rows if row.waits),
        tuple(_shown(row, zone) for row in rows if not row.waits),
        unsigned[:MOST_PEOPLE],
        max(len(unsigned) - MOST_PEOPLE, 0),
        tuple(_draft(each, zone) for each in drafts),
        tuple(
            replace(pack, name=spoken(pack.name), purpose=first_sentence(spoken(pack.purpose)))
            for pack in packs
        ),
        writes,
        trouble,
        name,
    )


def _opening(rows: Sequence[Row], unsigned: int) -> tuple[str, str]:
    waiting = sum(row.waits for row in rows)
    if waiting:
        many = ngettext(
            "One standard waits for your signature.", "{count} standards wait for your signature.", waiting
        ).format(count=fmt.number(waiting))
        return many, _("Read, question what is not clear, and sign with your name.")
    if not rows:
        return (
            _("No standard concerns you yet."),
            _("A standard says what is expected, with examples. It counts once it is published and you could sign it."),
        )  # fmt: skip
    if unsigned:
        many = ngettext(
            "One person has not signed everything yet.", "{count} people have not signed everything yet.", unsigned
        ).format(count=fmt.number(unsigned))  # fmt: skip
        return many, _("A line is judged by a standard that its rep could read and sign.")
    again = _("A new version asks again, and shows what changed.")
    if any(row.concerns_me for row in rows):
        return _("You have signed everything that concerns you."), again
    return _("Everybody has signed what concerns them."), again


def _shown(row: Row, zone: tzinfo | None) -> Shown:
    version, questions = row.version, row.open_objections
    open_ones = ngettext("{count} open question", "{count} open questions", questions)
    return Shown(
        version.text.name, first_sentence(version.text.purpose), address(version), which(version, row.state), row.waits,
        _chip(row, zone), tally(row.asked, len(row.missing)),
        open_ones.format(count=fmt.number(questions)) if questions else "",
    )  # fmt: skip


def tally(asked: int, missing: int) -> str:
    """How many of those who are asked have signed; empty where nobody is asked."""
    if not asked:
        return ""
    return _("{signed} of {asked} signed").format(signed=fmt.number(asked - missing), asked=fmt.number(asked))


def _chip(row: Row, zone: tzinfo | None) -> Chip | None:
    if row.signed:
        day = fmt.day(row.signed.astimezone(zone).date())
        return Chip("on", "check", _("Signed {day}").format(day=day))
    return Chip("early", "hourglass", _("Waits for you")) if row.waits else None


def first_sentence(words: str) -> str:
    """What a text opens with, for a list."""
    return shorten(re.split(r"(?<=[.!?])\s|(?<=[。！？])", words, maxsplit=1)[0], 220, placeholder=" …")


def address(version: Published) -> str:
    """Where a version is read."""
    return reverse("standard", kwargs={"standard": version.standard, "number": version.number})


def which(version: Published, state: State) -> str:
    """Which version it is, and from when it holds, in words."""
    return _(WHICH[state]).format(number=version.number, day=fmt.day(version.effective))


def _unsigned(rows: Iterable[Row]) -> tuple[Unsigned, ...]:
    found: dict[str, list[tuple[str, str]]] = {}
    for row in rows:
        for person in row.missing:
            name = row.version.text.name
            if row.state is not State.IN_FORCE:
                name = _("{name}, version {number}").format(name=name, number=row.version.number)
            found.setdefault(person, []).append((name, address(row.version)))
    return tuple(Unsigned(person, tuple(found[person])) for person in sorted(found, key=str.casefold))


def _draft(draft: DraftRow, zone: tzinfo | None) -> Draft:
    about = _("version {number}, begun on {day}")
    if draft.author:
        about = _("version {number}, begun by {author} on {day}")
    day = fmt.day(draft.begun.astimezone(zone).date())
    return Draft(
        draft.name,
        reverse("standard_draft", kwargs={"standard": draft.standard}),
        about.format(number=draft.number, author=draft.author, day=day),
    )
