"""A running period: what came in, what was due, and where it is likely to end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from upswing.web.shared.charts.shapes import at, circle, coordinate, line, path, picture, share, text

HEIGHT, TOP, FLOOR = 226.0, 14.0, 186.0
_WIDE = 1000.0
_LETTERS = 11.0
"""How high the letters of a mark stand above their line."""
"""The drawing's own width: stretched over its place, strokes excepted."""


@dataclass(frozen=True, slots=True)
class Course:
    """What is drawn, places as shares 0-1 of the period.

    `due` and `there` are (place, amount) in order; `there` ends today. `ending` is the lowest and the highest likely
    end. `days` are the words below the axis at their places; `aim` stands at the end of what is due.
    """

    due: Sequence[tuple[float, float]]
    there: Sequence[tuple[float, float]]
    ending: tuple[float, float] | None
    days: Sequence[tuple[float, str]]
    aim: str
    corridor: float = 0.2


def pace(course: Course, ticks: Sequence[tuple[float, str]], label: str) -> tuple[SafeString, SafeString]:
    """The axis (fixed width) and the plot (as wide as its place), to be laid side by side."""
    top = max(tick for tick, _ in ticks) or 1.0
    width = 14 + 7 * max(len(words) for _, words in ticks)
    axis = "".join(
        text("text-axis", words, _y(tick, top) + 4, "end", coordinate(width - 10)) for tick, words in ticks
    )
    grid = "".join(line("line-grid", ("0", "100%"), _y(tick, top)) for tick, _ in ticks)
    stretched = _areas(course, top) + _lines(course, top)
    plot = (
        f'<svg x="0" y="0" width="100%" height="{coordinate(HEIGHT)}" viewBox="0 0 {coordinate(_WIDE)} '
        f'{coordinate(HEIGHT)}" preserveAspectRatio="none">{stretched}</svg>'
    )
    return (
        picture("columns axis", "", axis, coordinate(width), HEIGHT),
        picture("columns", label, grid + plot + _marks(course, top), "100%", HEIGHT),
    )


def _y(amount: float, top: float) -> float:
    return FLOOR - max(0.0, min(amount, top)) / top * (FLOOR - TOP)


def _areas(course: Course, top: float) -> str:
    """What lies near the pace up to today, and the likely ends from today on."""
    today, now = course.there[-1]
    near = [(place, amount) for place, amount in course.due if place <= today]
    over = [(place, _y(amount * (1 + course.corridor), top)) for place, amount in near]
    under = [(place, _y(amount * (1 - course.corridor), top)) for place, amount in near]
    drawn = path("corridor", _closed([*over, *reversed(under)]))
    if course.ending:
        low, high = (_y(end, top) for end in course.ending)
        drawn += path("fan", _closed([(today, _y(now, top)), (1.0, high), (1.0, low)]))
    return drawn


def _lines(course: Course, top: float) -> str:
    due = _open([(place, _y(amount, top)) for place, amount in course.due])
    steps: list[tuple[float, float]] = []
    for place, amount in course.there:
        if steps:
            steps.append((place, steps[-1][1]))
        steps.append((place, _y(amount, top)))
    return path("line-target", due, 1.5, "5 4", steady=True) + path(
        "line-there", _open(steps), 2.5, steady=True
    )


def _marks(course: Course, top: float) -> str:
    """Today, the days below, and the target at the end of the line."""
    today, now = course.there[-1]
    dot = circle("dot-there", "0", _y(now, top), 5.5, 2)
    words = "".join(
        at(
            share(place),
            text("text-mark" if place == today else "text-axis", said, FLOOR + 18, _anchor(place)),
        )
        for place, said in course.days
    )
    rule = at(share(today), path("line-grid", f"M0 {coordinate(TOP)}V{coordinate(FLOOR)}", 1))
    aim = at("100%", text("text-mark", course.aim, max(_y(course.due[-1][1], top) - 8, _LETTERS), "end"))
    return rule + at(share(today), dot) + words + aim


def _anchor(place: float) -> str:
    return "start" if place < 0.04 else "end" if place > 0.96 else "middle"


def _open(points: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{coordinate(place * _WIDE)} {coordinate(y)}" for place, y in points)


def _closed(points: Sequence[tuple[float, float]]) -> str:
    return _open(points) + "Z"
