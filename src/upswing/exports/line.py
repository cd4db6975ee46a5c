"""One line in five cells: actual, target, part due, the share reached as a formula, the band as a word."""

from __future__ import annotations

from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from upswing.core.scorecard import Line
from upswing.exports.formulas import reached
from upswing.exports.look import Look, write
from upswing.exports.words import band_word

WIDTH = 5
REACHED, BAND = 3, 4
"""Columns from the first of a line."""


def line_heads(sheet: Any, look: Look, row: int, left: int, *, over: bool) -> None:
    """What the five columns are called."""
    for place, word in enumerate(("Actual", "Target", "Due" if over else "Due by now", "Reached")):
        sheet.write_string(row, left + place, word, look.head(right=True))
    sheet.write_string(row, left + BAND, "Band", look.head())


def write_line(sheet: Any, look: Look, row: int, left: int, line: Line) -> None:
    """The line's cells; nothing stands where nothing can be said, and the last one says why."""
    for place, value in enumerate((line.actual, line.target, line.expected)):
        write(sheet, look, row, left + place, value, line.metric.unit)
    share = look.cell(num_format="0%", align="right")
    if line.attainment is None:
        sheet.write_blank(row, left + REACHED, None, share)
    else:
        actual, due = (xl_rowcol_to_cell(row, left + place) for place in (0, 2))
        formula = reached(line.metric, actual, due)
        sheet.write_formula(row, left + REACHED, formula, share, float(line.attainment))
    sheet.write_string(row, left + BAND, band_word(line), look.cell())
