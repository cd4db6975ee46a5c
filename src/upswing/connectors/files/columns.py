"""Columns of a table, ready to read: each turns a cell's text into a value, and remembers those that repeat."""

from __future__ import annotations

from collections.abc import Mapping as Map
from typing import Any

from upswing.connectors.connector import NAME_LENGTH
from upswing.connectors.files import parsers, values
from upswing.connectors.files.fields import KINDS, Cell
from upswing.connectors.files.parsers import Parse
from upswing.connectors.files.refused import BadCell, Refused
from upswing.connectors.files.sheet import Sheet

MOST = 1 << 16
"""Cells that a column remembers at most."""
FRESH = {"instant"}
"""What rarely repeats."""


class Memory(dict[str, Any]):
    """Cell → value. A cell met the first time is parsed; one that was refused is refused again in the same words."""

    __slots__ = ("parse", "refused")

    def __init__(self, parse: Parse) -> None:
        super().__init__()
        self.parse = parse
        self.refused: dict[str, Refused] = {}

    def __missing__(self, cell: str) -> Any:
        if cell in self.refused:
            raise self.refused[cell].with_traceback(None)
        try:
            value = self.parse(cell)
        except Refused as why:
            _remember(self.refused, cell, why)
            raise
        _remember(self, cell, value)
        return value


def _remember(memory: dict[str, Any], cell: str, value: Any) -> None:
    if len(cell) <= NAME_LENGTH:
        if len(memory) >= MOST:
            memory.clear()
        memory[cell] = value


def columns(sheet: Sheet, labels: Map[str, Map[str, str]]) -> tuple[Parse, ...]:
    """What reads each field of the table's kind, in order; `labels` is field → what ids stand for."""
    kind = KINDS[sheet.table.kind]
    return tuple(
        parse if field == "id" or cell.reads in FRESH else Memory(parse).__getitem__
        for field, cell in kind.fields.items()
        for parse in [_parser(sheet, field, cell, labels.get(field, {}), needed=field in kind.needed)]
    )


def _parser(sheet: Sheet, field: str, cell: Cell, labels: Map[str, str], *, needed: bool) -> Parse:
    """Reads one field: aliases first, then the kind of cell; an empty one that is needed is refused."""
    read, column = parsers.parser(sheet, field, cell, labels), sheet.table.column(field)

    def parse(written: str) -> Any:
        try:
            value = read(written)
        except BadCell as expected:
            sentence = f"“{column}” reads “{written[:60]}”, which should be {expected}."
            raise Refused(f"bad_{field}", field, written[:NAME_LENGTH], sentence) from None
        if needed and (value is None or value == ""):
            raise Refused(f"no_{field}", field, "", f"the column “{column}” is empty.")
        return value

    return parse


def text_of(sheet: Sheet, field: str) -> str:
    """A text field of the present row, or where it cannot be read the cell as written."""
    cell = sheet.raw(field)
    try:
        clean = values.text(cell)
    except BadCell:
        return cell
    return sheet.table.aliases.get(field, {}).get(clean, clean)
