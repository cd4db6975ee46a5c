"""Actual against what was due: ranges, bar, tick, the team's triangle and the own past's ring.

Scale 0 to 150 % of what was due: 80 % lies at 53.33 %, 100 % at 66.67 %, 120 % at 80 % of the width.
"""

from __future__ import annotations

from fractions import Fraction

from django.utils.safestring import SafeString

from upswing.web.shared.charts.shapes import at, circle, path, picture, rect, share

SCALE = 1.5
RANGES = (("rng-3", 1.5), ("rng-2", 1.2), ("rng-1", 0.8))
HEIGHT = 30
EDGE = 0.015


def bullet(
    attainment: Fraction, tone: str, label: str, team: Fraction | None = None, own: Fraction | None = None
) -> SafeString:
    """One line of a scorecard, 30 px high and as wide as its place.

    All three figures are shares of what was due by now; `tone` is out, on, sup or early.
    """
    content = "".join(rect(kind, "0", 8, share(end / SCALE), 12, 3) for kind, end in RANGES)
    content += rect(f"bar-{tone}", "0", 11, share(place(attainment)), 6, 1)
    content += at(share(place(Fraction(1))), rect("mark-tick", "-1", 5, "2", 18))
    if team is not None:
        content += at(share(inside(team)), path("mark-team", "M-4.5 0h9L0 6z"))
    if own is not None:
        content += at(share(inside(own)), circle("mark-own", "0", 26.3, 2.7, 1.6))
    if attainment > SCALE:
        content += at("100%", path("mark-more", "M-13 11.5l3 2.5-3 2.5M-8 11.5l3 2.5-3 2.5", 1.6))
    return picture("bullet", label, content, "100%", HEIGHT)


def mini(attainment: Fraction, tone: str) -> SafeString:
    """The same bar for a board: 8 px high, beside words that say the value, so it stays silent."""
    content = rect("rng-2", "0", 2, "100%", 4, 2) + rect(
        f"bar-{tone}", "0", 2, f"{place(attainment):.0%}", 4, 2
    )
    return picture("mini", "", content + rect("mark-tick", "66.67%", 0, "2", 8), "100%", 8)


def inside(attainment: Fraction) -> float:
    """The place of a marker, kept far enough from the edges to be drawn whole."""
    return min(max(place(attainment), EDGE), 1 - EDGE)


def place(attainment: Fraction) -> float:
    """Where a share of what was due lies, as a share of the width: 0 to 1."""
    return min(max(float(attainment) / SCALE, 0.0), 1.0)
