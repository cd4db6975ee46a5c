"""How a table writes its days, instants and numbers: decided by all its columns together, else asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from collections.abc import Mapping as Map
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import TypeVar

from upswing.connectors.files.guess.guessed import Choice, Column, Marks, Question
from upswing.connectors.files.guess.styles import CLOCKS, ISO, as_day, as_instant, as_number

Style = TypeVar("Style", str, Marks)
Filled = tuple[Column, Map[str, int]]
"""A column that fills a field, with its cells."""
Read = Callable[[Column, str, Style], object]
Keys = Callable[[Style, list[Filled]], dict[str, str]]
SHOWN = 3
"""Values that a question shows."""


def days_written(file: str, columns: list[Filled]) -> tuple[dict[str, str], Question | None]:
    """How days and instants are written, or what to ask. ISO 8601 is read in every table and decides nothing."""
    told = [one for one in columns if one[0].reading.what in {"day", "instant"} and not _is_iso(one[0])]
    votes = Counter[str]()
    for column, _ in told:
        votes.update(_day_styles(column))
    return _decided(f"{file}:days", told, _best(votes), _as_day, _days_written)


def numbers_written(file: str, columns: list[Filled]) -> tuple[dict[str, str], Question | None]:
    """The marks in numbers, or what to ask. Whole numbers without marks decide nothing."""
    told = [(column, cells) for column, cells in columns if not all(map(_plain, filter(None, cells)))]
    votes = Counter[Marks]()
    for column, _ in told:
        votes.update(column.reading.numbers)
    return _decided(f"{file}:numbers", told, _best(votes), _as_number, _marks_written)


def _plain(cell: str) -> bool:
    return cell.lstrip("-").isdecimal()


def _is_iso(column: Column) -> bool:
    return ISO in column.reading.days or "" in column.reading.instants


def _day_styles(column: Column) -> dict[str, int]:
    """Style of the day → how many values read so, also where a time follows it."""
    return {**column.reading.days, **{_day_part(style): n for style, n in column.reading.instants.items()}}


def _day_part(style: str) -> str:
    return next(style.removesuffix(clock) for clock in CLOCKS if style.endswith(clock))


def _best(votes: Counter[Style]) -> list[Style]:
    most = max(votes.values(), default=0)
    return [style for style, count in votes.items() if count == most]


def _as_day(column: Column, cell: str, style: str) -> date | None:
    """The day of a cell, also where a time follows it in this column."""
    if style in column.reading.days:
        return as_day(cell, style)
    clocked = (full for full in column.reading.instants if _day_part(full) == style)
    at = as_instant(cell, next(clocked, style))
    return at.date() if at else None


def _as_number(column: Column, cell: str, marks: Marks) -> Decimal | None:
    return as_number(cell, marks)


def _days_written(style: str, told: list[Filled]) -> dict[str, str]:
    """The mapping's keys for a style of days; instants have the clock their column shows."""
    found = {"date": style} if any(style in column.reading.days for column, _ in told) else {}
    for column, _ in told:
        for full in column.reading.instants:
            if _day_part(full) == style:
                found["time"] = full
    return found


def _marks_written(marks: Marks, told: list[Filled]) -> dict[str, str]:
    decimal, thousands = marks
    return {"decimal": decimal, "thousands": thousands}


def _decided(
    key: str, told: list[Filled], styles: list[Style], read: Read[Style], keys: Keys[Style]
) -> tuple[dict[str, str], Question | None]:
    """The keys of the style that reads most; where several do, and read otherwise, the question between them."""
    if len(styles) > 1:
        styles = _best(Counter({style: _count(told, style, read) for style in styles}))
    for column, cells in told:
        readings = {style: [str(read(column, cell, style)) for cell in cells if cell] for style in styles}
        differ = {tuple(told): style for style, told in reversed(readings.items())}
        if len(differ) > 1:
            asked = [style for style in styles if style in differ.values()]
            return {}, _question(key, column, cells, asked, read, [keys(style, told) for style in asked])
    return (keys(styles[0], told) if styles else {}), None


def _count(told: list[Filled], style: Style, read: Read[Style]) -> int:
    return sum(read(column, cell, style) is not None for column, cells in told for cell in cells if cell)


def _question(
    key: str,
    column: Column,
    cells: Map[str, int],
    styles: list[Style],
    read: Read[Style],
    keys: list[dict[str, str]],
) -> Question:
    """The question between styles, with the first values that read otherwise."""
    otherwise = (
        cell for cell in cells if cell and len({str(read(column, cell, style)) for style in styles}) > 1
    )
    shown = list(islice(otherwise, SHOWN))
    choices = tuple(
        Choice(_answer(style), tuple((cell, str(read(column, cell, style))) for cell in shown), written)
        for style, written in zip(styles, keys, strict=True)
    )
    ways = " or ".join(f"“{choice.readings[0][1]}”" for choice in choices)
    file, _, what = key.rpartition(":")
    sentence = (
        f"The {what} of “{file}” read in {len(choices)} ways: “{shown[0]}” in “{column.header}” is {ways}."
    )
    return Question(key, column.header, f"{sentence} Choose one.", choices)


def _answer(style: str | Marks) -> str:
    """A style of days itself; of numbers the decimal mark."""
    return style if isinstance(style, str) else style[0]
