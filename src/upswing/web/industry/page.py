"""What the page of industry figures shows: those that stand, those that no longer do, and what a pack would add."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from uuid import UUID

from upswing.actions.figures import Figure
from upswing.actions.industry import Proposal
from upswing.queries.industry import COMPARABLE, FigureShown
from upswing.web.shared import format as fmt

Field = tuple[str, str, str, str]
"""Name, label, hint, and what was typed."""
LABELS = (
    ("value", "Figure", "Per cent as 23 % or 0.23; money in {currency} as 12500; days as 34."),
    ("source", "Source", "Who published it, and where."),
    ("published", "Published", "The day; where only the month is known, its first."),
    ("n", "Number of cases", "Over how many companies, deals or people it was found."),
    (
        "definition",
        "Definition",
        "What it counts, of whom, and over which time. Reps read it beside their line.",
    ),
    (
        "segment",
        "Segment",
        "Of which part of the industry, such as software, 50 to 200 people. May stay empty.",
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
        tuple((key, metric.label, typed.get("metric") == key) for key, metric in COMPARABLE.items()),
        tuple(
            (name, label, hint.format(currency=currency), typed.get(name, "")) for name, label, hint in LABELS
        ),
    )


def brought(name: str, text: str, found: Proposal) -> Brought:
    """What a pack would add, or everything to mend in it."""
    new = tuple(_offered(figure, "") for figure in found.figures)
    known = tuple(_offered(figure, "stands already") for figure in found.known)
    if found.problems:
        headline = f"{_many(len(found.problems), 'cell')} of “{name}” cannot be read."
        return Brought(
            headline, "Nothing is taken until all are mended.", (*new, *known), found.problems, name, ""
        )
    if not new:
        return Brought(
            f"Everything in “{name}” stands already.", "There is nothing to take.", known, (), name, ""
        )
    detail = "Look at each: reps read it beside their own line, with its source."
    return Brought(f"“{name}” would add {_many(len(new), 'figure')}.", detail, (*new, *known), (), name, text)


def _headline(held: int) -> str:
    if not held:
        return "No figure of an industry is entered, and none is built in."
    return f"{_many(held, 'figure')} to compare with, each with its source."


def _many(count: int, noun: str) -> str:
    return f"{fmt.number(count)} {noun}{'' if count == 1 else 's'}"


def _shown(figure: FigureShown, zone: tzinfo | None) -> Row:
    note = "" if figure.holds else "Another figure of this metric is newer."
    if figure.withdrawn:
        note = f"Withdrawn by {figure.withdrawer} on {fmt.day(figure.withdrawn.astimezone(zone).date())}."
    entered = f"Entered by {figure.by} on {fmt.day(figure.at.astimezone(zone).date())}."
    return Row(
        figure.id, figure.metric.label, figure.metric.key, fmt.value(figure.value, figure.metric.unit), figure.source,
        fmt.day(figure.published), fmt.number(figure.n), figure.definition, figure.segment, note, entered,
    )  # fmt: skip


def _offered(figure: Figure, note: str) -> Row:
    return Row(
        None, figure.metric.label, figure.metric.key, fmt.value(figure.shown, figure.metric.unit), figure.source,
        fmt.day(figure.published), fmt.number(figure.n), figure.definition, figure.segment, note,
    )  # fmt: skip
