"""What the list of standards shows: what waits for me, what I may read, who has not signed, what is being written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import tzinfo
from textwrap import shorten

from django.urls import reverse

from upswing.queries.drafted import DraftRow, PackRow
from upswing.queries.published import Published
from upswing.queries.standards import Row, State
from upswing.web.shared import format as fmt
from upswing.web.shared.lines import Chip

MOST_PEOPLE = 40
"""People without a signature who are named on the list; a version's own page names all of its."""


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
        tuple(replace(pack, purpose=first_sentence(pack.purpose)) for pack in packs),
        writes,
        trouble,
        name,
    )


def _opening(rows: Sequence[Row], unsigned: int) -> tuple[str, str]:
    waiting = sum(row.waits for row in rows)
    if waiting:
        many = "One standard waits" if waiting == 1 else f"{fmt.number(waiting)} standards wait"
        return f"{many} for your signature.", "Read, question what is not clear, and sign with your name."
    if not rows:
        return (
            "No standard concerns you yet.",
            "A standard says what is expected, with examples. It counts once it is published and you could sign it.",
        )
    if unsigned:
        many = "One person has" if unsigned == 1 else f"{fmt.number(unsigned)} people have"
        return (
            f"{many} not signed everything yet.",
            "A line is judged by a standard that its rep could read and sign.",
        )
    if any(row.concerns_me for row in rows):
        return (
            "You have signed everything that concerns you.",
            "A new version asks again, and shows what changed.",
        )
    return "Everybody has signed what concerns them.", "A new version asks again, and shows what changed."


def _shown(row: Row, zone: tzinfo | None) -> Shown:
    version, signed = row.version, ""
    if row.asked:
        signed = f"{fmt.number(row.asked - len(row.missing))} of {fmt.number(row.asked)} signed"
    questions = row.open_objections
    return Shown(
        version.text.name, first_sentence(version.text.purpose), address(version), which(version, row.state), row.waits,
        _chip(row, zone), signed,
        f"{fmt.number(questions)} open {'question' if questions == 1 else 'questions'}" if questions else "",
    )  # fmt: skip


def _chip(row: Row, zone: tzinfo | None) -> Chip | None:
    if row.signed:
        return Chip("on", "check", f"Signed {fmt.day(row.signed.astimezone(zone).date())}")
    return Chip("early", "hourglass", "Waits for you") if row.waits else None


def first_sentence(words: str) -> str:
    """What a text opens with, for a list."""
    return shorten(re.split(r"(?<=[.!?])\s", words, maxsplit=1)[0], 220, placeholder=" …")


def address(version: Published) -> str:
    """Where a version is read."""
    return reverse("standard", kwargs={"standard": version.standard, "number": version.number})


def which(version: Published, state: State) -> str:
    """Which version it is, and from when it holds, in words."""
    since = {State.IN_FORCE: "since", State.TO_COME: "from", State.PAST: "held from"}[state]
    return f"version {version.number}, {since} {fmt.day(version.effective)}"


def _unsigned(rows: Iterable[Row]) -> tuple[Unsigned, ...]:
    found: dict[str, list[tuple[str, str]]] = {}
    for row in rows:
        for person in row.missing:
            name = row.version.text.name
            later = "" if row.state is State.IN_FORCE else f", version {row.version.number}"
            found.setdefault(person, []).append((f"{name}{later}", address(row.version)))
    return tuple(Unsigned(person, tuple(found[person])) for person in sorted(found, key=str.casefold))


def _draft(draft: DraftRow, zone: tzinfo | None) -> Draft:
    by = f" by {draft.author}" if draft.author else ""
    return Draft(
        draft.name,
        reverse("standard_draft", kwargs={"standard": draft.standard}),
        f"version {draft.number}, begun{by} on {fmt.day(draft.begun.astimezone(zone).date())}",
    )
