"""Columns that are called like a field, and whose cells read otherwise: left out of a guess, and said so."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping as Map
from itertools import islice

from upswing.connectors.connector import printable
from upswing.connectors.files.fields import KINDS
from upswing.connectors.files.guess.fitting import is_currency, is_metric, is_period
from upswing.connectors.files.guess.guessed import Column, Denied
from upswing.connectors.files.guess.matching import Match, called
from upswing.connectors.files.guess.sample import Sample
from upswing.connectors.files.guess.styles import (
    DAYS,
    MARKS,
    MOST,
    as_day,
    as_instant,
    as_number,
    instant_styles,
)

Reads = Callable[[str], object]
SHOWN, SHOWN_LENGTH, PROBED = 2, 40, 30


def _is(read: Callable[..., object | None], style: object) -> Reads:
    return lambda cell: read(cell, style) is not None


TIMES = [
    *(_is(as_day, style) for style in DAYS),
    *(_is(as_instant, style) for style in ("", *instant_styles())),
]
NUMBERS = [_is(as_number, marks) for marks in MARKS]
WAYS: Map[str, tuple[str, list[Reads]]] = {
    **dict.fromkeys(("day", "moment"), ("days", TIMES)),
    "instant": ("days and times", TIMES),
    "money": ("money", NUMBERS),
    **dict.fromkeys(
        ("number", "rate", "quantity", "revision", "span", "weeks", "quota", "tally"), ("numbers", NUMBERS)
    ),
    "currency": ("ISO codes", [is_currency]),
    "metric": ("metrics", [is_metric]),
    "period": ("periods", [is_period]),
}
"""What cells of a field should read as, and the ways in which they may."""


def denied(kind: str, columns: tuple[Column, ...], sample: Sample, found: Match) -> tuple[Denied, ...]:
    """Fields without a column though one bears a known name of theirs, with the cells that deny it."""
    free = {*KINDS[kind].fields} - {*found.single, *found.joined}
    taken = {one.place for one in found.single.values()}
    places = {
        name: place
        for place, column in reversed([*enumerate(columns)])
        if place not in taken
        for name, exact, _ in called(kind, column)
        if exact and name in free and KINDS[kind].fields[name].reads in WAYS
    }
    return tuple(
        _denied(name, columns[place], KINDS[kind].fields[name].reads, sample.columns[place])
        for name, place in places.items()
    )


def _denied(field: str, column: Column, reads: str, cells: Map[str, int]) -> Denied:
    """The cells that read otherwise than most that read at all."""
    what, ways = WAYS[reads]
    told = dict(islice(((cell, count) for cell, count in cells.items() if cell), MOST))
    probed = [*islice(told, PROBED)]
    way = max(ways, key=lambda way: sum(bool(way(cell)) for cell in probed))
    odd = [cell for cell in told if not way(cell)]
    like = next((cell for cell in told if way(cell)), "")
    shown = tuple(printable(cell, SHOWN_LENGTH) for cell in odd[:SHOWN])
    return Denied(
        field, column.header, what, like, sum(told[cell] for cell in odd), sum(told.values()), shown
    )
