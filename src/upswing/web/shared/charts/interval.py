"""How sure something is: a line over the likely range, a dot on the likely value, a tick at what is aimed at."""

from __future__ import annotations

from django.utils.safestring import SafeString

from upswing.web.shared.charts.shapes import at, circle, picture, rect, share

HEIGHT = 20


def interval(won: float, low: float, likely: float, high: float, aim: float | None, label: str) -> SafeString:
    """All as shares of the width, 0-1; what is won already is a bar from the left. Without a label it stays silent."""
    ends = [_inside(each) for each in (low, high)]
    drawn = rect("rng-3", "0", 6, "100%", 8, 3) + rect("bar-on", "0", 8, share(_inside(won)), 4, 1)
    drawn += rect("bar-range", share(ends[0]), 8, share(max(0.003, ends[1] - ends[0])), 4, 2)
    drawn += at(share(_inside(likely)), circle("dot-there", "0", 10, 5, 2))
    if aim is not None:
        drawn += at(share(_inside(aim)), rect("mark-tick", "-1", 1, "2", 18))
    return picture("interval", label, drawn, "100%", HEIGHT)


def _inside(place: float) -> float:
    return min(max(place, 0.006), 0.994)
