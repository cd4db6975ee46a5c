"""What the mapping page shows: every file with its columns, the words in them, and what only a person can decide."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping as Map
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from upswing.actions.drafts import Draft
from upswing.connectors.files.fields import KINDS
from upswing.connectors.files.guess.guessed import Column, Confidence, Guess, Question, Table
from upswing.connectors.files.guess.mapping import source_name
from upswing.core.records import Outcome
from upswing.web.imports.correcting import LEFT_OUT, Trouble, is_own
from upswing.web.imports.form import DRAFT, NOTHING, About, Said
from upswing.web.imports.looking import Looked
from upswing.web.imports.meanings import meaning
from upswing.web.imports.written import Way, way_of
from upswing.web.shared import format as fmt
from upswing.web.shared.marks import marked
from upswing.web.shared.naming import field_name, kind_name

SURENESS = {Confidence.SURE: "", Confidence.LIKELY: marked("likely"), Confidence.NONE: ""}
UNUSED = marked("Not used")
Option = tuple[str, str, bool]
"""A value, what it is called, and whether it is chosen."""


@dataclass(frozen=True, slots=True)
class ColumnShown:
    """A column with some of its values, the fields it may fill, how sure the one chosen is, and why it was left out."""

    header: str
    samples: tuple[str, ...]
    options: tuple[Option, ...]
    sure: str
    joined: str
    denied: str


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the files, in how many rows it stands, and what it may mean."""

    key: str
    written: str
    count: str
    options: tuple[Option, ...]
    sure: str


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one field."""

    label: str
    rows: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class TableShown:
    """One table of the form."""

    place: int
    file: str
    rows: str
    kind: str
    shown: str
    kinds: tuple[Option, ...]
    own: bool
    sure: str
    why: str
    used: tuple[ColumnShown, ...]
    unused: tuple[ColumnShown, ...]
    words: tuple[Words, ...]
    way: Way | None
    trouble: str = ""

    @property
    def kind_label(self) -> str:
        """What its kind is called."""
        return kind_name(self.shown)


@dataclass(frozen=True, slots=True)
class Ask:
    """A question with its choices: the answer, and some values as they stand and as they would be read."""

    key: str
    sentence: str
    choices: tuple[tuple[str, tuple[tuple[str, str], ...], bool], ...]
    trouble: str


@dataclass(frozen=True, slots=True)
class Page:
    """Everything the template draws."""

    draft: Draft
    files: tuple[str, ...]
    start: str
    recognised: str
    offers: tuple[tuple[str, str], ...]
    plain: bool
    tables: tuple[TableShown, ...]
    others: tuple[str, ...]
    questions: tuple[Ask, ...]
    about: About
    first: bool
    sources: tuple[str, ...]
    troubles: Map[str, str] = field(default_factory=dict)
    saved: str = ""

    @property
    def trouble(self) -> str:
        """What is wrong in a word, for the top of the page."""
        count = len(self.troubles)
        told = ngettext(
            "One thing to look at before this can be read.",
            "{count} things to look at before this can be read.",
            count,
        )
        return told.format(count=fmt.number(count)) if count else ""


def page_of(
    draft: Draft,
    looked: Looked,
    about: About,
    first: bool,
    sources: Iterable[str],
    said: Said | None = None,
    found: Iterable[Trouble] = (),
    saved: str = "",
) -> Page:
    """The page of a draft's files."""
    troubles = {one.place: one.sentence for one in reversed(list(found))}
    files = tuple(draft.files.order_by("name").values_list("name", flat=True))
    own = looked.start not in {DRAFT, NOTHING}
    return Page(
        draft, files, looked.start, looked.start if own else "",
        tuple((match.name, match.sentence) for match in looked.fits if match.name != looked.start),
        looked.start == NOTHING, tuple(_tables(looked, troubles)),
        tuple(table.why for table in looked.guess.tables if not table.columns),
        tuple(_ask(question, said, troubles) for question in looked.guess.questions),
        about, first, tuple(sources), troubles, saved,
    )  # fmt: skip


def proposed(
    draft: Draft, guess: Guess, today: date, currency: str, zone: str, names: Map[str, str]
) -> About:
    """What holds for all the files, as far as mapping or files tell it; `names` are known sources: key → name."""
    top = guess.top
    first = draft.files.order_by("name").values_list("name", flat=True).first() or ""
    name = names.get(top.get("source", "")) or top.get("name") or top.get("source") or _stem(first)
    made = top.get("read_on") or guess.latest or today
    return About(
        name,
        top.get("currency") or currency,
        made.isoformat(),
        top.get("time_zone") or zone,
        top.get("organisation", ""),
    )


def _stem(file: str) -> str:
    """A file's name as the name of a source: “Deals” of “deals_2026.csv.gz”."""
    return source_name(file).capitalize()


def _tables(looked: Looked, troubles: Map[str, str]) -> Iterable[TableShown]:
    for place, table in enumerate(looked.guess.tables):
        if table.columns:
            yield _table(place, table, looked, troubles.get(f"table-{place}", ""))


def _table(place: int, table: Table, looked: Looked, trouble: str) -> TableShown:
    columns = [(column, _column(table, column)) for column in table.columns]
    joined = {header for headers in table.further.values() for header in headers}
    used = tuple(
        shown for column, shown in columns if column.field or column.header in joined or shown.denied
    )
    unused = tuple(shown for _, shown in columns if shown not in used)
    way = way_of(table, looked.hows.get(table.file), looked.guess.top)
    return TableShown(
        place, table.file, _rows(table, way), table.kind,
        table.kind or table.more.get(LEFT_OUT, ""), _kinds(table), is_own(table),
        _(SURENESS[table.confidence]) if table.kind else "", table.why, used, unused, tuple(_words(table)),
        way, trouble,
    )  # fmt: skip


def _rows(table: Table, way: Way | None) -> str:
    if not way:
        told = ngettext("{count} row looked at", "{count} rows looked at", table.rows)
        return told.format(count=fmt.number(table.rows))
    told = ngettext("{count} row looked at: {way}", "{count} rows looked at: {way}", table.rows)
    return told.format(count=fmt.number(table.rows), way=way.sentence)


def _kinds(table: Table) -> tuple[Option, ...]:
    offered = sorted(KINDS, key=kind_name) if is_own(table) else [table.kind or table.more.get(LEFT_OUT, "")]
    return (
        ("", _(UNUSED), not table.kind),
        *((one, kind_name(one), one == table.kind) for one in offered if one),
    )


def _column(table: Table, column: Column) -> ColumnShown:
    kind = KINDS.get(table.kind)
    names = [*kind.needed, *sorted(kind.optional, key=field_name)] if kind else []
    needed = kind.needed if kind else {}
    options = (
        ("", _(UNUSED), not column.field),
        *((one, field_name(one) + (" *" if one in needed else ""), one == column.field) for one in names),
    )
    joined = fmt.in_a_row(
        field_name(name) for name, headers in table.further.items() if column.header in headers
    )
    denied = next((one.clause for one in table.denied if one.header == column.header), "")
    return ColumnShown(column.header, column.samples, options, _(SURENESS[column.confidence]), joined, denied)


def _words(table: Table) -> Iterable[Words]:
    for name in dict.fromkeys(one.field for one in table.meanings):
        cell = KINDS[table.kind].fields[name]
        stages = cell.reads == "stage"
        ours = [one.value for one in (Outcome if stages else cell.words or ())]
        rows = tuple(
            Word(
                f"{name}:{one.written}", one.written,
                ngettext("{count} row", "{count} rows", one.count).format(count=fmt.number(one.count)),
                (*(() if stages else (("", _("Nothing we count"), not one.meant),)),
                 *((word, meaning(word), word == one.meant) for word in ours if word)),
                _(SURENESS[one.confidence]),
            )
            for one in table.meanings
            if one.field == name
        )  # fmt: skip
        yield Words(_("Stages") if stages else field_name(name), rows)


def _ask(question: Question, said: Said | None, troubles: Map[str, str]) -> Ask:
    answer = said.answers.get(question.key, "") if said else ""
    choices = tuple(
        (one.answer, tuple((cell, _read(read)) for cell, read in one.readings), one.answer == answer)
        for one in question.choices
    )
    return Ask(question.key, question.sentence, choices, troubles.get(f"question:{question.key}", ""))


def _read(text: str) -> str:
    """What a cell would be read as: a day in words, a number with its marks."""
    with suppress(ValueError):
        return fmt.day(date.fromisoformat(text))
    with suppress(ArithmeticError):
        return fmt.number(Decimal(text), 6)
    return text
