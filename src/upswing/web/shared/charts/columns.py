"""Twelve periods as columns with a value axis; the running period beside its target."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from upswing.web.shared.charts.shapes import at, coordinate, line, picture, rect, share, text

HEIGHT, TOP, FLOOR = 226.0, 18.0, 186.0


@dataclass(frozen=True, slots=True)
class Column:
    """One period: its height, its two label lines, and the words of its value."""

    value: float | None
    label: str
    second: str
    words: str


def columns(
    given: Sequence[Column], ticks: Sequence[tuple[float, str]], label: str, target: float | None = None
) -> tuple[SafeString, SafeString]:
    """The axis (fixed width) and the plot (as wide as its place), to be laid side by side.

    `ticks` start at 0 and end at or above every value; the last column is the period shown.
    """
    top = max(tick for tick, _ in ticks) or 1.0
    width = 14 + 7 * max(len(words) for _, words in ticks)
    axis = "".join(
        text("text-axis", words, _y(tick, top) + 4, "end", coordinate(width - 10)) for tick, words in ticks
    )
    grid = "".join(line("line-grid", ("0", "100%"), _y(tick, top)) for tick, _ in ticks)
    bars = "".join(_column(place, column, given, top) for place, column in enumerate(given))
    if target is not None and given:
        bars += _aim(len(given), _y(target, top))
    return (
        picture("columns axis", "", axis, coordinate(width), HEIGHT),
        picture("columns", label, grid + bars, "100%", HEIGHT),
    )


def _y(value: float, top: float) -> float:
    return FLOOR - value / top * (FLOOR - TOP)


def _column(place: int, column: Column, given: Sequence[Column], top: float) -> str:
    count, last = len(given), place == len(given) - 1
    middle = share((place + 0.5) / count)
    drawn = at(middle, text("text-mark" if last else "text-axis", column.label, FLOOR + 18))
    if _tells_year(place, given):
        drawn += at(middle, text("text-axis", column.second, FLOOR + 33))
    if column.value:
        y = _y(max(column.value, 0), top)
        kind = "bar-now" if last else "bar-past"
        drawn += rect(kind, share((place + 0.2) / count), y, share(0.6 / count), FLOOR - y, 2)
    return drawn


def _tells_year(place: int, given: Sequence[Column]) -> bool:
    """The second label stands below the first period of a year, and below the very first if there is room."""
    if place == 0:
        return given[0].second == given[min(1, len(given) - 1)].second
    return given[place].second != given[place - 1].second


def _aim(count: int, y: float) -> str:
    """A dashed line across the running period's column."""
    ends = share((count - 0.95) / count), share((count - 0.05) / count)
    return line("line-halo", ends, y, 4.5) + line("line-target", ends, y, 1.5, "4 3")
