"""Workbooks as somebody would send them back: edited, damaged, or made by hand."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import xlsxwriter
from python_calamine import CalamineWorkbook

Rows = list[list[Any]]
TARGET = 5
"""The column of targets, counted from 0."""


def edited(content: bytes, edit: Callable[[Rows], Any]) -> bytes:
    """The workbook saved again after somebody edited the rows of targets below the headings."""
    given = CalamineWorkbook.from_filelike(io.BytesIO(content))
    sheets = {name: list(given.get_sheet_by_name(name).iter_rows()) for name in given.sheet_names}
    rows = sheets["Targets"]
    below = rows[3:]
    edit(below)
    sheets["Targets"] = [*rows[:3], *below]
    return made(sheets)


def made(sheets: dict[str, Rows]) -> bytes:
    """A workbook of these cells; None and "" are empty."""
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for row, cells in enumerate(rows):
                for column, cell in enumerate(cells):
                    if isinstance(cell, str):
                        sheet.write_string(row, column, cell)
                    elif cell is not None:
                        sheet.write_number(row, column, cell)
    return written.getvalue()
