"""A line's last periods, small: a line with its mean, or columns where the counts are small."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.safestring import SafeString

from upswing.web.shared.charts.shapes import circle, coordinate, path, picture, rect

WIDTH, HEIGHT = 96, 26
TOP, BOTTOM = 4.0, 22.0
FEW = 10
"""Below this a line would zig-zag between whole numbers: columns instead."""


def sparkline(values: Sequence[float | None], label: str, tone: str, counts: bool = False) -> SafeString:
    """The values oldest first, None where nothing can be said; the last one in the line's tone."""
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return SafeString("")
    drawn = _bars if counts and max(known) < FEW else _line
    return picture("sparkline", label, drawn(values, known, tone), str(WIDTH), HEIGHT)


def _bars(values: Sequence[float | None], known: Sequence[float], tone: str) -> str:
    step = WIDTH / len(values)
    top = max(*known, 1.0)
    tones = ["past"] * (len(values) - 1) + [tone]
    return "".join(
        rect(
            f"bar-{kind}", coordinate(place * step + 1), BOTTOM - _tall(value, top),
            coordinate(step - 2), _tall(value, top), 1,
        )
        for place, (value, kind) in enumerate(zip(values, tones, strict=True))
        if value is not None
    )  # fmt: skip


def _tall(value: float, top: float) -> float:
    return max(value / top * (BOTTOM - TOP), 1.5)


def _line(values: Sequence[float | None], known: Sequence[float], tone: str) -> str:
    low, high = min(known), max(known)
    step = (WIDTH - 8) / max(len(values) - 1, 1)

    def spot(place: int, value: float) -> tuple[float, float]:
        height = (value - low) / (high - low) if high > low else 0.5
        return 3 + place * step, BOTTOM - height * (BOTTOM - TOP)

    spots = [None if value is None else spot(place, value) for place, value in enumerate(values)]
    mean = coordinate(spot(0, sum(known) / len(known))[1])
    content = path("line-mean", f"M2 {mean}H{WIDTH - 2}", 1) + path("line-past", _trace(spots), 1.5)
    last = spots[-1]
    return content + (circle(f"dot-{tone}", coordinate(last[0]), last[1], 2.4) if last else "")


def _trace(spots: Sequence[tuple[float, float] | None]) -> str:
    """A path that lifts the pen over gaps."""
    pieces, pen = [], "M"
    for spot in spots:
        if spot is None:
            pen = "M"
            continue
        pieces.append(f"{pen}{coordinate(spot[0])} {coordinate(spot[1])}")
        pen = "L"
    return "".join(pieces)
