"""What was guessed about some files: plain values, to be shown, corrected and turned into a mapping."""

from __future__ import annotations

from collections.abc import Mapping as Map
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from upswing.connectors.connector import Unreadable


class Confidence(StrEnum):
    """How far a guess may be trusted: the header or word is a known one; it is near, or its values say so; neither."""

    SURE = "sure"
    LIKELY = "likely"
    NONE = "none"


class Reads(StrEnum):
    """What the values of a column look like; few words: the same few texts again and again."""

    EMPTY = "empty"
    DAY = "day"
    INSTANT = "instant"
    NUMBER = "number"
    FEW = "few words"
    TEXT = "text"


Marks = tuple[str, str]
"""The decimal mark and the mark of thousands; the latter empty for none."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How a column's values can be read: style → how many of its distinct values read so, styles of nearly all only.

    The style of an instant is empty for ISO 8601.
    """

    distinct: int
    filled: int
    days: Map[str, int] = field(default_factory=dict)
    instants: Map[str, int] = field(default_factory=dict)
    numbers: Map[Marks, int] = field(default_factory=dict)

    @property
    def what(self) -> Reads:
        """In a word."""
        if not self.filled:
            return Reads.EMPTY
        for found, word in (
            (self.days, Reads.DAY),
            (self.instants, Reads.INSTANT),
            (self.numbers, Reads.NUMBER),
        ):
            if found:
                return word
        return Reads.FEW if self.distinct <= min(50, self.filled // 2) else Reads.TEXT

    @property
    def unique(self) -> bool:
        """Whether values stand once, but for a slip or a few in a long column: rows that repeat an id are refused."""
        return self.filled - self.distinct <= max(1, self.filled // 10)


@dataclass(frozen=True, slots=True)
class Column:
    """A column with up to three of its values, and the field of the table's kind it fills; empty for none."""

    header: str
    samples: tuple[str, ...]
    reading: Reading
    field: str = ""
    confidence: Confidence = Confidence.NONE


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a word of the files stands for, and in how many rows it does: of stages open, won or lost.

    `meant` is empty where none of our words is near.
    """

    field: str
    written: str
    count: int
    meant: str
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to read a column: the answer, some values as (written, read), and what the mapping then says."""

    answer: str
    readings: tuple[tuple[str, str], ...]
    written: Map[str, str]


@dataclass(frozen=True, slots=True)
class Question:
    """A column that reads in several ways, and no value decides. Answered by `key` with a choice's `answer`."""

    key: str
    column: str
    sentence: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Denied:
    """A column that bears a known name of a field and is left out: so many of its cells do not read as `what`.

    `like` is a cell that does, empty where none does; `shown` are some that do not, `odd` of the `filled` in all.
    """

    field: str
    header: str
    what: str
    like: str
    odd: int
    filled: int
    shown: tuple[str, ...]

    @property
    def clause(self) -> str:
        """Why, without the end of the sentence."""
        shown = ", ".join(f"“{cell}”" for cell in self.shown)
        like = f" like “{self.like}”" if self.like else ""
        return (
            f"“{self.header}” looks like the {self.field.replace('_', ' ')}, but {self.odd:,} of its "
            f"{self.filled:,} cells do not read as {self.what}{like} ({shown})"
        )

    @property
    def sentence(self) -> str:
        """Why, and what to do."""
        return f"{self.clause}: left out. Correct these cells, or name the column in the mapping."


@dataclass(frozen=True, slots=True)
class Table:
    """One file read as one kind; without a kind it is not used, and `why` is the sentence that says so.

    `rows` were looked at. `further` are fields made of several columns, or of one that fills another field as well.
    `written` is how days, instants and numbers are written, as far as the values show it; `questions` are about what
    they do not show. `more` holds further keys of the mapping's table. `denied` are columns left out for their
    cells; of a table without a kind those whose lack is why it is not used.
    """

    file: str
    kind: str
    columns: tuple[Column, ...] = ()
    rows: int = 0
    confidence: Confidence = Confidence.NONE
    why: str = ""
    further: Map[str, tuple[str, ...]] = field(default_factory=dict)
    meanings: tuple[Meaning, ...] = ()
    written: Map[str, str] = field(default_factory=dict)
    questions: tuple[Question, ...] = ()
    more: Map[str, Any] = field(default_factory=dict)
    denied: tuple[Denied, ...] = ()

    @property
    def fields(self) -> dict[str, tuple[str, ...]]:
        """Field → the columns it is made of."""
        return {column.field: (column.header,) for column in self.columns if column.field} | dict(
            self.further
        )

    @property
    def brings(self) -> set[str]:
        """The fields that come from somewhere."""
        return {*self.fields, *self.more.get("values", {}), *self.more.get("links", {})}


@dataclass(frozen=True, slots=True)
class Guess:
    """Every file with what it is, and the latest day in the files that is not in the future.

    A file may stand twice, as deals and as the people they name. `top` are keys of the whole mapping.
    """

    tables: tuple[Table, ...]
    latest: date | None = None
    top: Map[str, Any] = field(default_factory=dict)

    @property
    def used(self) -> tuple[Table, ...]:
        """The tables that the mapping will have."""
        return tuple(table for table in self.tables if table.kind)

    @property
    def questions(self) -> tuple[Question, ...]:
        """What only a person can decide."""
        return tuple({asked.key: asked for table in self.used for asked in table.questions}.values())


class Unanswered(Unreadable):
    """The files read in several ways; the questions say which."""

    def __init__(self, questions: tuple[Question, ...]) -> None:
        super().__init__(" ".join(question.sentence for question in questions))
        self.questions = questions
