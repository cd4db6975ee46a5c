"""The few SVG shapes the charts are made of; the only place that writes markup as text."""

from __future__ import annotations

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

FILLS = {
    "rng-1": "#d6d9da", "rng-2": "#e6e8e8", "rng-3": "#f1f1f0", "bar-out": "#1f4fd8", "bar-on": "#33505c",
    "bar-sup": "#c2590d", "bar-early": "#868b94", "bar-past": "#c3c8cc", "bar-now": "#1f4fd8",
    "dot-out": "#1f4fd8", "dot-on": "#33505c", "dot-sup": "#c2590d", "dot-early": "#868b94",
    "mark-tick": "#17191c", "mark-team": "#4a4f57", "mark-own": "#ffffff", "text-axis": "#686d76",
    "text-mark": "#17191c", "bar-range": "#8fa8ea",
    "corridor": "#eaebeb", "fan": "#d2dcf7", "dot-there": "#1f4fd8", "bar-hollow": "#ffffff",
}  # fmt: skip
STROKES = {
    "bar-hollow": "#33505c",
    "mark-own": "#4a4f57", "mark-more": "#ffffff", "line-past": "#4a4f57", "line-mean": "#e6e5e0",
    "line-grid": "#e6e5e0", "line-halo": "#ffffff", "line-target": "#4a4f57",
    "line-there": "#1f4fd8", "dot-there": "#ffffff",
}  # fmt: skip
"""The light palette of tokens.css by class; a test holds the two together."""


def paint(kind: str) -> str:
    """The class and the literal light colours of a shape."""
    stroke = f' stroke="{STROKES[kind]}"' if kind in STROKES else ""
    return f'class="{kind}" fill="{FILLS.get(kind, "none")}"{stroke}'


def rect(kind: str, x: str, y: float, width: str, height: float, radius: float = 0) -> str:
    """A rectangle; `x` and `width` may be percentages."""
    rounded = f' rx="{coordinate(radius)}"' if radius else ""
    return f'<rect {paint(kind)} x="{x}" y="{coordinate(y)}" width="{width}" height="{coordinate(height)}"{rounded}/>'


def path(kind: str, d: str, width: float = 0, dashes: str = "", *, steady: bool = False) -> str:
    """A path in local coordinates; a `steady` stroke keeps its width where the drawing is stretched."""
    stroke = (
        f' stroke-width="{coordinate(width)}" stroke-linecap="round" stroke-linejoin="round"' if width else ""
    )
    stroke += f' stroke-dasharray="{dashes}"' if dashes else ""
    stroke += ' vector-effect="non-scaling-stroke"' if steady else ""
    return f'<path {paint(kind)} d="{d}"{stroke}/>'


def circle(kind: str, x: str, y: float, radius: float, width: float = 0) -> str:
    """A dot or ring; `x` may be a percentage."""
    stroke = f' stroke-width="{coordinate(width)}"' if width else ""
    return f'<circle {paint(kind)} cx="{x}" cy="{coordinate(y)}" r="{coordinate(radius)}"{stroke}/>'


def line(kind: str, ends: tuple[str, str], y: float, width: float = 1, dashes: str = "") -> str:
    """A level line between two places."""
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    return (
        f'<line {paint(kind)} stroke-width="{coordinate(width)}"{dashed} x1="{ends[0]}" x2="{ends[1]}" '
        f'y1="{coordinate(y)}" y2="{coordinate(y)}"/>'
    )


def text(kind: str, content: str, y: float, anchor: str = "middle", x: str = "0") -> str:
    """A label of 11 px."""
    return (
        f'<text {paint(kind)} x="{x}" y="{coordinate(y)}" font-size="11" text-anchor="{anchor}">'
        f"{escape(content)}</text>"
    )


def at(position: str, content: str) -> str:
    """Shapes in pixels around a place given in percent: nothing stretches."""
    return f'<svg x="{position}" overflow="visible">{content}</svg>'


def picture(kind: str, label: str, content: str, width: str, height: float) -> SafeString:
    """A whole chart; without a label it is decoration beside words that say the same."""
    spoken = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true"'
    return mark_safe(  # noqa: S308  every text above is escaped, every other part is a number
        f'<svg class="{kind}" {spoken} width="{width}" height="{coordinate(height)}">{content}</svg>'
    )


def coordinate(number: float) -> str:
    """A coordinate with at most one decimal: 17, 26.3."""
    return f"{number:.1f}".removesuffix(".0")


def share(number: float) -> str:
    """A position in percent of the width, with at most two decimals: 53.33%."""
    return f"{number * 100:.2f}".rstrip("0").rstrip(".") + "%"
