"""How attainment is spread over the people: a dot each, stacked where they meet; and the share who reached it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils.safestring import SafeString

from upswing.web.shared.charts.bullet import place
from upswing.web.shared.charts.shapes import at, circle, picture, rect, share, text

FEW = 60
"""Up to so many people the dots are large, in 26 places along the strip; above, small, in 40."""


@dataclass(frozen=True, slots=True)
class Dot:
    """One person's attainment, and the tone of its evidence."""

    attainment: Fraction
    tone: str


def dot_strip(dots: Sequence[Dot], label: str, marks: Sequence[tuple[Fraction, str]]) -> SafeString:
    """Dots over a scale from 0 to 150 %, with a line and words at each mark; the last place holds all above."""
    bins, radius = (26, 4.6) if len(dots) <= FEW else (40, 3.0)
    taken: Counter[int] = Counter()
    spots = []
    for dot in sorted(dots, key=lambda found: found.attainment):
        spot = min(int(place(dot.attainment) * bins), bins - 1)
        spots.append((spot, taken[spot], dot.tone))
        taken[spot] += 1
    floor = max(taken.values(), default=1) * (radius * 2 + 1) + 12
    content = "".join(_mark(share(place(where)), words, floor) for where, words in marks)
    content += rect("rng-1", "0", floor, "100%", 1)
    for spot, level, tone in spots:
        y = floor - 5 - radius - level * (radius * 2 + 1)
        content += circle(f"dot-{tone}", share((spot + 0.5) / bins), y, radius)
    return picture("strip", label, content, "100%", floor + 22)


def share_bar(
    reached: Fraction, zone: tuple[Fraction, Fraction], label: str, words: Sequence[str]
) -> SafeString:
    """A share 0-1 on a bar, with a zone to lie in; `words` stand below the ends of the zone."""
    low, high = float(zone[0]), float(zone[1])
    content = rect("rng-3", "0", 8, "100%", 12, 3) + rect("rng-1", share(low), 4, share(high - low), 20)
    content += rect("bar-on", "0", 11, share(min(float(reached), 1.0)), 6, 1)
    for end, anchor, said in zip((low, high), ("end", "start"), words, strict=True):
        content += at(share(end), text("text-axis", said, 40, anchor))
    return picture("strip", label, content, "100%", 44)


def _mark(x: str, words: str, floor: float) -> str:
    return at(x, rect("rng-1", "-0.5", 4, "1", floor - 4) + text("text-axis", words, floor + 16))
