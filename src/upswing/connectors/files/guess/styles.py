"""In which ways the cells of a column read: as days, instants and numbers, by what the reader itself accepts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from collections.abc import Mapping as Map
from datetime import date, datetime
from decimal import Decimal
from functools import cache, partial
from itertools import islice
from typing import TypeVar

from upswing.connectors.files import values
from upswing.connectors.files.format import Format
from upswing.connectors.files.guess.guessed import Marks, Reading
from upswing.connectors.files.refused import BadCell

ISO = "%Y-%m-%d"
DAYS = (
    ISO, "%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y", "%m-%d-%Y", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d",
    "%d.%m.%y", "%d/%m/%y", "%m/%d/%y", "%d-%m-%y", "%m-%d-%y", "%d %b %Y", "%d %B %Y", "%b %d, %Y", "%B %d, %Y",
    "%d-%b-%Y", "%d-%b-%y", "%Y年%m月%d日", "%Y년 %m월 %d일", "%Y. %m. %d.", "%Y. %m. %d",
)  # fmt: skip
CLOCKS = (" %H:%M", " %H:%M:%S", ", %H:%M", ", %I:%M %p", " %I:%M %p", " %I:%M:%S %p")
MARKS: tuple[Marks, ...] = (
    (".", ""), (",", ""), (".", ","), (",", "."), (".", " "), (",", " "), (".", "'"), (",", "'"), (".", "’"),
)  # fmt: skip
Style = TypeVar("Style", str, Marks)

PROBED = 30
MOST = 3_000
"""Distinct values of a column that are read at most."""
NEARLY_ALL = 0.9
DATED = re.compile(r"\d{4}\D{0,2}\d|\d{1,2}[-/. ]{1,2}(?:\d|[A-Za-z])|[A-Za-z]{3,9} \d{1,2}, \d")


def reading(cells: Map[str, int]) -> Reading:
    """How a column reads; `cells` are its values, each with how often it stands there."""
    filled = {cell: count for cell, count in cells.items() if cell}
    told = dict(islice(filled.items(), MOST))
    numbers = _styles(told, MARKS, as_number)
    days: dict[str, int] = {}
    instants: dict[str, int] = {}
    if _nearly_all(dict(islice(told.items(), PROBED)), DATED.match):
        days = _styles(told, (ISO,), as_day) or _styles(told, DAYS[1:], as_day)
        if not days and any(":" in cell for cell in islice(told, PROBED)):
            instants = _styles(told, ("",), as_instant) or _styles(told, instant_styles(), as_instant)
    return Reading(len(filled), sum(filled.values()), days, instants, numbers)


@cache
def instant_styles() -> tuple[str, ...]:
    """The styles of instants, each a day with a clock."""
    return tuple(day + clock for day in DAYS for clock in CLOCKS)


def _styles(
    told: Map[str, int], styles: Iterable[Style], read: Callable[[str, Style], object | None]
) -> dict[Style, int]:
    """The styles that the values of nearly all rows read in, each with how many values do."""
    probed = dict(islice(told.items(), PROBED))
    found: dict[Style, int] = {}
    for style in styles:
        reads = partial(_reads, read, style)
        if _nearly_all(probed, reads) and _nearly_all(told, reads):
            found[style] = sum(map(reads, told))
    return found


def _reads(read: Callable[[str, Style], object | None], style: Style, cell: str) -> bool:
    return read(cell, style) is not None


def _nearly_all(told: Map[str, int], fits: Callable[[str], object]) -> bool:
    """Whether the values of nearly all rows do; a few may be slips."""
    return sum(count for cell, count in told.items() if fits(cell)) >= NEARLY_ALL * sum(told.values()) > 0


def as_day(cell: str, style: str) -> date | None:
    """The day a cell names in the style, if the reader would take it."""
    try:
        day = datetime.strptime(cell, style).date()  # noqa: DTZ007  (a day has no zone)
    except ValueError:
        return None
    return day if values.FIRST <= day <= values.LAST else None


def as_instant(cell: str, style: str) -> datetime | None:
    """The instant a cell names in the style; empty for ISO 8601."""
    try:
        return values.instants(Format(time=style))(cell)
    except BadCell:
        return None


def as_number(cell: str, marks: Marks) -> Decimal | None:
    """The number a cell holds with these marks. Nobody writes thousands with a leading 0: “0.875” is below 1."""
    decimal, thousands = marks
    if thousands and cell.lstrip("-").startswith(f"0{thousands}"):
        return None
    try:
        return values.number(cell, Format(decimal=decimal, thousands=thousands))
    except BadCell:
        return None
