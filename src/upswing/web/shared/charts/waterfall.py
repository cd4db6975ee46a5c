"""What made one sum into another: a bar a row, each beginning where the one before it ended."""

from __future__ import annotations

from django.utils.safestring import SafeString

from upswing.web.shared.charts.shapes import at, coordinate, paint, picture, rect, share

HEIGHT = 18


def step(first: float, last: float, kind: str) -> SafeString:
    """One row, from one share of the width (0-1) to another: `total`, `adds` (filled) or `takes` (hollow)."""
    low, high = sorted((_inside(first), _inside(last)))
    width = max(high - low, 0.002)
    drawn = rect("rng-3", "0", 3, "100%", 12, 2)
    if kind == "takes":
        drawn += (
            f'<rect {paint("bar-hollow")} stroke-width="1.5" x="{share(low)}" y="{coordinate(4)}" '
            f'width="{share(width)}" height="10" rx="1"/>'
        )
    else:
        drawn += rect("bar-past" if kind == "total" else "bar-on", share(low), 3, share(width), 12, 1)
    drawn += at(share(_inside(last)), rect("mark-tick", "-0.5", 0, "1", 18))
    return picture("waterfall", "", drawn, "100%", HEIGHT)


def _inside(place: float) -> float:
    return min(max(place, 0.0), 1.0)
