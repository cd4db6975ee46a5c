"""What a standard says, level by level; what a version still lacks; what changed between two; which one holds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import pairwise, takewhile, zip_longest

from upswing.core.wording import worded

MOST_CRITERIA = 40
MOST_BEHAVIOURS = 4_000
"""Characters of the behaviours of one level of one criterion, and of each text about the whole."""
NAME_LENGTH = 200


class Level(StrEnum):
    """How a behaviour stands to what is expected, from the lowest."""

    BELOW = "below"
    MEETS = "meets"
    EXCEEDS = "exceeds"


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing that is looked at, with the behaviours of each level; `metrics` are the keys it belongs to."""

    name: str
    meets: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
    exceeds: tuple[str, ...] = ()
    metrics: tuple[str, ...] = ()

    def translated(self, speak: Callable[[str], str]) -> Criterion:
        """The same in other words, each text of it as `speak` says it."""
        told = {level.value: tuple(map(speak, self.at(level))) for level in Level}
        return replace(self, name=speak(self.name), **told)

    def at(self, level: Level) -> tuple[str, ...]:
        """The behaviours of a level."""
        return {Level.BELOW: self.below, Level.MEETS: self.meets, Level.EXCEEDS: self.exceeds}[level]


@dataclass(frozen=True, slots=True)
class Audience:
    """For whom: within these roles, levels and teams (ids of theirs). Where one is empty, all; all empty: everybody."""

    roles: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()

    @property
    def everybody(self) -> bool:
        """Does it concern everybody?"""
        return not (self.roles or self.levels or self.teams)

    def concerns(self, role: str, level: str, teams: Iterable[str]) -> bool:
        """Does it concern somebody of that role and level in these teams, their own and those above it?"""
        return (
            _among(role, self.roles)
            and _among(level, self.levels)
            and (not self.teams or not set(self.teams).isdisjoint(teams))
        )


def _among(word: str, words: Sequence[str]) -> bool:
    return not words or folded(word) in {folded(each) for each in words}


def folded(words: str) -> str:
    """Words without case and surplus space, to compare by."""
    return " ".join(words.split()).casefold()


@dataclass(frozen=True, slots=True)
class Text:
    """All that a version says: why it helps the rep (`purpose`), what is expected, an example, for whom, criteria."""

    name: str
    purpose: str = ""
    what: str = ""
    example: str = ""
    audience: Audience = Audience()
    criteria: tuple[Criterion, ...] = ()

    @property
    def metrics(self) -> frozenset[str]:
        """The keys of all metrics that any of its criteria belongs to."""
        return frozenset(key for criterion in self.criteria for key in criterion.metrics)

    def translated(self, speak: Callable[[str], str]) -> Text:
        """The same in other words, each text of it as `speak` says it; empty ones stay empty."""
        return replace(
            self,
            name=speak(self.name),
            purpose=speak(self.purpose) if self.purpose else "",
            what=speak(self.what) if self.what else "",
            example=speak(self.example) if self.example else "",
            criteria=tuple(each.translated(speak) for each in self.criteria),
        )

    def meeting(self, metric: str) -> tuple[str, ...]:
        """The behaviours by which the criteria of a metric are met."""
        return tuple(
            line for criterion in self.criteria if metric in criterion.metrics for line in criterion.meets
        )


PARTS = {
    "name": worded("The name"),
    "purpose": worded("Why it helps"),
    "what": worded("What is expected"),
    "example": worded("The example"),
}
"""The texts about the whole, in words."""


def excess(text: Text) -> tuple[str, ...]:
    """Sentences about what no draft may hold: texts too long, too many criteria, one name twice."""
    return (*_too_long(text), *_too_many(text), *_twice(text))


def _too_long(text: Text) -> Iterator[str]:
    if len(text.name) > NAME_LENGTH:
        yield worded(
            "The name has {length} characters; write at most {most}.",
            length=len(text.name),
            most=NAME_LENGTH,
        )
    for part in ("purpose", "what", "example"):
        if (length := len(getattr(text, part))) > MOST_BEHAVIOURS:
            yield worded(
                "{part} has {length} characters; write at most {most}.",
                part=PARTS[part],
                length=length,
                most=MOST_BEHAVIOURS,
            )
    for number, criterion in enumerate(text.criteria, start=1):
        if len(criterion.name) > NAME_LENGTH:
            yield worded(
                "The name of criterion {number} has {length} characters; write at most {most}.",
                number=number,
                length=len(criterion.name),
                most=NAME_LENGTH,
            )
        for level in Level:
            if (length := len("\n".join(criterion.at(level)))) > MOST_BEHAVIOURS:
                yield worded(
                    "The behaviours of {criterion} under “{level}” have {length} characters; write "
                    "at most {most}.",
                    criterion=called(criterion, number),
                    level=worded(level.value),
                    length=length,
                    most=MOST_BEHAVIOURS,
                )


def _too_many(text: Text) -> Iterator[str]:
    if len(text.criteria) > MOST_CRITERIA:
        yield worded(
            "There are {length} criteria; keep at most {most}. Few criteria are read, and looked at.",
            length=len(text.criteria),
            most=MOST_CRITERIA,
        )


def _twice(text: Text) -> Iterator[str]:
    names = [folded(criterion.name) for criterion in text.criteria if criterion.name]
    for name in sorted({name for name in names if names.count(name) > 1}):
        written = next(one.name for one in text.criteria if folded(one.name) == name)
        yield worded(
            "Two criteria are called “{written}”. Give one of them another name.",
            written=written[:NAME_LENGTH],
        )


def lacking(text: Text) -> tuple[str, ...]:
    """Sentences about what a draft lacks to be published, in the order of the text; empty: it is complete."""
    whole = [
        worded("{part} is not written yet.", part=words)
        for part, words in PARTS.items()
        if not getattr(text, part)
    ]
    if not text.criteria:
        whole.append(
            worded("There is no criterion yet. Add one, with what is seen below, at and above the standard.")
        )
    return (*whole, *(each for n, one in enumerate(text.criteria, start=1) for each in _lacking_of(one, n)))


def _lacking_of(criterion: Criterion, number: int) -> Iterator[str]:
    if not criterion.name:
        yield worded("Criterion {number} has no name yet.", number=number)
    for level in Level:
        if not criterion.at(level):
            yield worded(
                "{criterion} has no behaviour under “{level}” yet: write at least one.",
                criterion=called(criterion, number),
                level=worded(level.value),
            )


def called(criterion: Criterion, number: int) -> str:
    """A criterion as sentences name it: by its name, else by its number."""
    if criterion.name:
        return f"“{criterion.name[:NAME_LENGTH]}”"
    return worded("Criterion {number}", number=number)


class Mark(StrEnum):
    """What became of a piece of text between two versions."""

    KEPT = "kept"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a text. All but the added, put together, are the text before; all but the removed, the text after."""

    mark: Mark
    text: str


Pieces = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class CriterionChange:
    """A criterion that was added, removed or (KEPT) changed: its name, the lines of each level, its metrics."""

    mark: Mark
    name: Pieces
    levels: tuple[tuple[Level, tuple[Pieces, ...]], ...]
    metrics: tuple[tuple[Mark, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Diff:
    """What changed between two versions; `audience` holds both where it did, `order` where the criteria moved."""

    texts: tuple[tuple[str, Pieces], ...] = ()
    audience: tuple[Audience, Audience] | None = None
    criteria: tuple[CriterionChange, ...] = ()
    order: bool = False

    def __bool__(self) -> bool:
        return bool(self.texts or self.audience or self.criteria or self.order)


def compare(before: Text, after: Text) -> Diff:
    """What changed; false when nothing did. Criteria are the same where their names are, whatever the case."""
    old = {folded(one.name): one for one in before.criteria}
    new = {folded(one.name): one for one in after.criteria}
    changes = (
        *(_change(old.get(name, Criterion("")), one) for name, one in new.items() if old.get(name) != one),
        *(_change(one, Criterion("")) for name, one in old.items() if name not in new),
    )
    texts = [(part, words_changed(getattr(before, part), getattr(after, part))) for part in PARTS]
    return Diff(
        tuple((part, pieces) for part, pieces in texts if any(one.mark is not Mark.KEPT for one in pieces)),
        (before.audience, after.audience) if before.audience != after.audience else None,
        changes,
        [name for name in old if name in new] != [name for name in new if name in old],
    )


def _change(before: Criterion, after: Criterion) -> CriterionChange:
    mark = Mark.ADDED if not before.name else Mark.REMOVED if not after.name else Mark.KEPT
    levels = ((level, tuple(_lines_changed(before.at(level), after.at(level)))) for level in Level)
    metrics = [
        (Mark.KEPT if key in before.metrics and key in after.metrics
         else Mark.ADDED if key in after.metrics else Mark.REMOVED, key)
        for key in dict.fromkeys((*before.metrics, *after.metrics))
    ]  # fmt: skip
    return CriterionChange(mark, words_changed(before.name, after.name), tuple(levels), tuple(metrics))


def _lines_changed(before: Sequence[str], after: Sequence[str]) -> Iterator[Pieces]:
    for _, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        for old, new in zip_longest(before[a:b], after[c:d], fillvalue=""):
            yield words_changed(old, new)


MOST_ALIKE = 10_000
"""Pairs of equal words, beyond what people write; texts of a few words over and over are shown whole."""


def words_changed(before: str, after: str) -> Pieces:
    """The pieces of two texts, word by word."""
    old, new = _words(before), _words(after)
    if _alike(old, new) > MOST_ALIKE:
        old, new = ["".join(old)], ["".join(new)]
    pieces: list[Piece] = []
    for operation, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        gone, come = "".join(old[a:b]), "".join(new[c:d])
        if operation == "equal":
            pieces.append(Piece(Mark.KEPT, gone))
        else:
            shared = takewhile(
                lambda pair: pair[0] == pair[1] and pair[0].isspace(), zip(gone, come, strict=False)
            )
            blank = "".join(character for character, _ in shared)
            pieces += [Piece(Mark.KEPT, blank), Piece(Mark.REMOVED, gone.removeprefix(blank))]
            pieces += [Piece(Mark.ADDED, come.removeprefix(blank))]
    return _without_first_blank([piece for piece in pieces if piece.text])


def _words(text: str) -> list[str]:
    """The words, each with the blanks before it; the first one has one blank more than the text."""
    return re.findall(r"\s*\S+|\s+", f" {text}")


def _without_first_blank(pieces: list[Piece]) -> Pieces:
    """A word that came or went at the front takes the blank behind it, all others the one before."""
    first, *rest = pieces
    if first.mark is not Mark.KEPT:
        first = Piece(first.mark, f"{first.text} ")
        rest[0] = Piece(rest[0].mark, rest[0].text[1:])
    return tuple(piece for piece in (Piece(first.mark, first.text[1:]), *rest) if piece.text)


def _alike(old: Sequence[str], new: Sequence[str]) -> int:
    """How many pairs of equal words there are: what comparing costs, over and over."""
    there = Counter(new)
    return sum(there[word] for word in old)


@dataclass(frozen=True, slots=True)
class Issue:
    """A published version: its number, and the first day it holds. Later numbers hold from no earlier day."""

    number: int
    effective: date


def in_force(issues: Iterable[Issue], day: date) -> int | None:
    """The number of the version that holds on a day: the latest that began by then; None before the first."""
    return max((issue.number for issue in issues if issue.effective <= day), default=None)


def signable(issues: Iterable[Issue], day: date) -> tuple[int, ...]:
    """The numbers that may be signed: the one in force on the day, and those to come that no later one replaces."""
    ordered = sorted(issues, key=lambda issue: issue.number)
    replaced = {
        one.number for one, following in pairwise(ordered) if following.effective <= max(day, one.effective)
    }
    return tuple(issue.number for issue in ordered if issue.number not in replaced)
