"""The sheet of targets: every one that the figures rest on, to edit and bring back."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from upswing.actions.edited import COLUMNS, FIRST
from upswing.core.metrics.metric import Metric, Unit
from upswing.core.money import digits
from upswing.exports.look import Look, printed
from upswing.queries.exported import Asked, Exported

WIDTHS = (38, 24, 18, 22, 12, 18, 4)
TARGET = COLUMNS.index("Target")
HINT = (
    "Write in the column Target, save, and bring this workbook back at /targets/workbook/ (revenue operations). "
    "You see what would change before anything does. A rate is a share: 0.25 or 25%. 0 asks for nothing."
)


def targets_sheet(sheet: Any, look: Look, found: Exported) -> None:
    """A row a target; only the targets themselves can be written, and the last column, hidden, says what they were."""
    for column, (word, width) in enumerate(zip(COLUMNS, WIDTHS, strict=True)):
        sheet.set_column(column, column, width, None, {"hidden": column > TARGET})
        sheet.write_string(FIRST - 1, column, word, look.head(right=column == TARGET))
    sheet.set_row(0, 32)
    sheet.merge_range(0, 0, 0, TARGET, "", look.note)
    sheet.write_string(0, 0, HINT, look.note)
    for row, asked in enumerate(found.asked, start=FIRST):
        _row(sheet, look, row, asked, found.organisation.currency)
    last = FIRST + max(len(found.asked), 1) - 1
    sheet.data_validation(FIRST, TARGET, last, TARGET, {
        "validate": "decimal", "criteria": ">=", "value": 0, "ignore_blank": True,
        "error_title": "Not a target", "error_message": "A target is a number from 0 up.",
    })  # fmt: skip
    sheet.autofilter(FIRST - 1, 0, last, TARGET)
    sheet.protect("", {"sort": True, "autofilter": True, "format_columns": True})
    sheet.freeze_panes(FIRST, 2)
    printed(sheet, f"Targets, {found.title}, {found.period.slug}")
    sheet.repeat_rows(FIRST - 1)
    sheet.fit_to_pages(1, 0)


def _row(sheet: Any, look: Look, row: int, asked: Asked, currency: str) -> None:
    texts = (str(asked.rep), asked.name, asked.metric.key, asked.metric.label, asked.period.slug)
    for column, text in enumerate(texts):
        sheet.write_string(row, column, text, look.cell())
    amount = None if asked.value is None else main_units(asked.metric, asked.value, currency)
    for column, shown in (
        (TARGET, look.number(asked.metric.unit, amount, locked=False, bold=True)),
        (TARGET + 1, look.cell()),
    ):
        if amount is None:
            sheet.write_blank(row, column, None, shown)
        else:
            sheet.write_number(row, column, amount, shown)


def main_units(metric: Metric, value: Fraction, currency: str) -> float:
    """A target as people write it: money in main units."""
    return float(value / 10 ** digits(currency) if metric.unit is Unit.MONEY else value)
