"""What the page of industry figures shows: those that stand, those that no longer do, and what a pack would add."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from upswing.actions.figures import Figure
from upswing.actions.industry import Proposal
from upswing.queries.industry import COMPARABLE, FigureShown
from upswing.web.shared import format as fmt
from upswing.web.shared.marks import marked

Field = tuple[str, str, str, str]
"""Name, label, hint, and what was typed."""
LABELS = (
    (
        "value",
        marked("Figure"),
        marked("Per cent as 23 % or 0.23; money in {currency} as 12500; days as 34."),
    ),
    ("source", marked("Source"), marked("Who published it, and where.")),
    ("published", marked("Published"), marked("The day; where only the month is known, its first.")),
    ("n", marked("Number of cases"), marked("Over how many companies, deals or people it was found.")),
    (
        "definition",
        marked("Definition"),
        marked("What it counts, of whom, and over which time. Reps read it beside their line."),
    ),
    (
        "segment",
        marked("Segment"),
        marked("Of which part of the industry, such as software, 50 to 200 people. May stay empty."),
    ),
)


@dataclass(frozen=True, slots=True)
class Row:
    """One figure in words. `note` says when it was withdrawn, or that a newer one is shown instead."""

    id: UUID | None
    label: str
    key: str
    value: str
    source: str
    published: str
    n: str
    definition: str
    segment: str
    note: str
    entered: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """Everything the template draws."""

    headline: str
    standing: tuple[Row, ...]
    withdrawn: tuple[Row, ...]
    metrics: tuple[tuple[str, str, bool], ...]
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Brought:
    """What a pack would add; `text` carries it to where it is taken, and is empty where it cannot be."""

    headline: str
    detail: str
    rows: tuple[Row, ...]
    problems: tuple[str, ...]
    name: str
    text: str


def page_of(
    found: Sequence[FigureShown], typed: Mapping[str, str], currency: str, zone: tzinfo | None
) -> Page:
    """The list, and the form as it was typed."""
    rows = [(figure, _shown(figure, zone)) for figure in found]
    held = sum(figure.holds for figure in found)
    return Page(
        _headline(held),
        tuple(row for figure, row in rows if figure.withdrawn is None),
        tuple(row for figure, row in rows if figure.withdrawn),
        tuple((key, _(metric.label), typed.get("metric") == key) for key, metric in COMPARABLE.items()),
        tuple(
            (name, _(label), _(hint).format(currency=currency), typed.get(name, ""))
            for name, label, hint in LABELS
        ),
    )


def brought(name: str, text: str, found: Proposal) -> Brought:
    """What a pack would add, or everything to mend in it."""
    new = tuple(_offered(figure, "") for figure in found.figures)
    known = tuple(_offered(figure, _("stands already")) for figure in found.known)
    if found.problems:
        count = len(found.problems)
        words = ngettext(
            "{count} cell of “{file}” cannot be read.", "{count} cells of “{file}” cannot be read.", count
        )
        headline, detail = _counted(words, count, name), _("Nothing is taken until all are mended.")
        return Brought(headline, detail, (*new, *known), found.problems, name, "")
    if not new:
        headline = _("Everything in “{file}” stands already.").format(file=name)
        return Brought(headline, _("There is nothing to take."), known, (), name, "")
    words = ngettext("“{file}” would add {count} figure.", "“{file}” would add {count} figures.", len(new))
    detail = _("Look at each: reps read it beside their own line, with its source.")
    return Brought(_counted(words, len(new), name), detail, (*new, *known), (), name, text)


def _headline(held: int) -> str:
    if not held:
        return _("No figure of an industry is entered, and none is built in.")
    words = ngettext(
        "{count} figure to compare with, each with its source.",
        "{count} figures to compare with, each with its source.",
        held,
    )
    return _counted(words, held)


def _counted(words: str, count: int, file: str = "") -> str:
    return words.format(count=fmt.number(count), file=file)


def _shown(figure: FigureShown, zone: tzinfo | None) -> Row:
    note = "" if figure.holds else _("Another figure of this metric is newer.")
    if figure.withdrawn:
        day = fmt.day(figure.withdrawn.astimezone(zone).date())
        note = _("Withdrawn by {by} on {day}.").format(by=figure.withdrawer, day=day)
    day = fmt.day(figure.at.astimezone(zone).date())
    entered = _("Entered by {by} on {day}.").format(by=figure.by, day=day)
    return Row(
        figure.id, _(figure.metric.label), figure.metric.key, fmt.value(figure.value, figure.metric.unit),
        figure.source, fmt.day(figure.published), fmt.number(figure.n), figure.definition, figure.segment,
        note, entered,
    )  # fmt: skip


def _offered(figure: Figure, note: str) -> Row:
    return Row(
        None, _(figure.metric.label), figure.metric.key, fmt.value(figure.shown, figure.metric.unit), figure.source,
        fmt.day(figure.published), fmt.number(figure.n), figure.definition, figure.segment, note,
    )  # fmt: skip
