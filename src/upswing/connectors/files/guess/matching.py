"""Which column of a file fills which field of a kind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from upswing.connectors.connector import NAME_LENGTH
from upswing.connectors.files.fields import KINDS, required
from upswing.connectors.files.guess.fitting import TIMES, fits
from upswing.connectors.files.guess.guessed import Column, Confidence
from upswing.connectors.files.guess.meanings import telling
from upswing.connectors.files.guess.sample import Sample
from upswing.connectors.files.guess.vocabulary import (
    forms,
    generic,
    headers,
    joined,
    near_headers,
    own_forms,
)

Rank = tuple[int, int]
Order = tuple[bool, bool, bool, Rank]
"""Whether the field is not needed, the header only near, the column empty; how the header was cut, and its rank."""


@dataclass(frozen=True, slots=True)
class Found:
    """The column of a field. `tells`: its header, or its values, say what kind of row it is."""

    place: int
    confidence: Confidence
    tells: bool


@dataclass(slots=True)
class Match:
    """A kind's fields in one file: those of one column, and those of several columns joined."""

    single: dict[str, Found] = field(default_factory=dict)
    joined: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def tells(self, name: str) -> bool:
        """Whether the field has a column that says what kind of row it is."""
        return name in self.single and self.single[name].tells

    def missing(self, kind: str) -> list[str]:
        """Fields every row needs that have no column."""
        return [
            name for name in sorted(required(kind)) if name not in self.single and name not in self.joined
        ]


def match(kind: str, columns: tuple[Column, ...], sample: Sample) -> Match:
    """The best column for each field: needed ones first, known headers before near ones; each column once."""
    found, fields = Match(), KINDS[kind].fields
    for _, name, place, confidence in sorted(_candidates(kind, columns, sample)):
        if name not in found.single and all(place != one.place for one in found.single.values()):
            told = generic().isdisjoint(forms(columns[place].header))
            tells = told or telling(fields[name], sample.columns[place])
            found.single[name] = Found(place, confidence, tells)
    _join(kind, columns, found)
    for name in found.missing(kind):
        _by_values(kind, name, columns, sample, found)
    return found


def _candidates(
    kind: str, columns: tuple[Column, ...], sample: Sample
) -> Iterator[tuple[Order, str, int, Confidence]]:
    """Fields with the columns that could fill them, to be sorted: (order, field, place, confidence)."""
    needed = KINDS[kind].needed
    for place, column in enumerate(columns):
        for name, exact, close in called(kind, column):
            if fits(KINDS[kind], name, column, sample.columns[place]):
                confidence = Confidence.SURE if exact else Confidence.LIKELY
                order = (name not in needed, not exact, not column.reading.filled, min(exact or close))
                yield order, name, place, confidence


def called(kind: str, column: Column) -> Iterator[tuple[str, list[Rank], list[Rank]]]:
    """The fields that a column is called like: (field, ranks of known names it bears, of names it nearly bears)."""
    if len(column.header) > NAME_LENGTH:
        return
    told, own = forms(column.header), own_forms(column.header, kind)
    for name, known in headers(kind).items():
        exact = [(step, known[form]) for step, form in enumerate(told) if form in known]
        exact += [(0, known[form]) for form in own if form in known]
        close = [(0, known[one]) for one in near_headers(told[0]) if one in known] if told else []
        if exact or close:
            yield name, exact, close


def _join(kind: str, columns: tuple[Column, ...], found: Match) -> None:
    """A name of several columns, where no column holds it whole."""
    short = [column.header for column in reversed(columns) if len(column.header) <= NAME_LENGTH]
    places = {form: header for header in short for form in forms(header)}
    for name, several in joined(kind):
        for parts in several:
            if name not in found.single and name not in found.joined and set(parts) <= set(places):
                found.joined[name] = tuple(places[part] for part in parts)


def _by_values(kind: str, name: str, columns: tuple[Column, ...], sample: Sample, found: Match) -> None:
    """A needed field whose column only its values tell: the one column of days, or of our words."""
    cell, taken = KINDS[kind].needed[name], {one.place for one in found.single.values()}
    free = [
        place
        for place, column in enumerate(columns)
        if place not in taken and len(column.header) <= NAME_LENGTH
    ]
    if cell.reads in {"day", "instant"}:
        fitting = [place for place in free if columns[place].reading.what in TIMES]
    else:
        fitting = [place for place in free if telling(cell, sample.columns[place])]
    if len(fitting) == 1:
        found.single[name] = Found(fitting[0], Confidence.LIKELY, tells=cell.reads not in {"day", "instant"})
