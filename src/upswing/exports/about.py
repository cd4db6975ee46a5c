"""The sheets that say what the figures mean and where they come from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from importlib.metadata import version
from typing import Any

from upswing.core.metrics.metric import Better, Metric
from upswing.exports.look import Look, printed
from upswing.exports.words import SMALL, UNITS
from upswing.queries.exported import Exported
from upswing.queries.records import formula

DEFINITIONS, ABOUT = "Definitions", "About"
WIDTHS = (22, 20, 46, 46, 40, 20, 12, 14)
HEADS = ("Metric", "Key", "What it counts", "How it helps", "Formula", "Unit", "Better", "Judged from")


def definitions_sheet(sheet: Any, look: Look, metrics: Iterable[Metric]) -> None:
    """A row a metric: what it counts, how it helps, its formula, and from how many records on it is judged."""
    rows = [
        (
            one.label, one.key, one.help, one.purpose, formula(one), UNITS[one.unit.value],
            "higher" if one.better is Better.HIGHER else "lower", f"{one.minimum} records",
        )
        for one in metrics
    ]  # fmt: skip
    for column, (word, width) in enumerate(zip(HEADS, WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, word, look.head())
    _fill(sheet, look, 1, rows)
    sheet.freeze_panes(1, 1)
    printed(sheet, DEFINITIONS)
    sheet.repeat_rows(0)
    sheet.fit_to_pages(1, 0)


def about_sheet(sheet: Any, look: Look, found: Exported, moment: datetime) -> None:
    """Whose figures these are, from when, from where, and by whom they were taken along."""
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 90)
    sheet.set_row(0, 24)
    sheet.write_string(0, 0, "About this workbook", look.title)
    rows = [
        ("Organisation", found.organisation.name),
        ("Currency", found.organisation.currency),
        ("Scorecards of", found.title),
        ("Period", f"{found.period.slug}: {found.period.start} to {found.period.last}"),
        ("As of", f"the close of {found.at}"),
        ("Exported", f"{moment:%Y-%m-%d %H:%M %Z} by {found.by or 'the command line'}"),
        ("Version", f"Upswing {version('upswing')}"),
        ("Small numbers", SMALL),
        (
            "Live",
            "Reached is a formula of the cells beside it; bands are words, as they stood when this was made.",
        ),
        *((f"Source: {one.source}", _fresh(one.at, one.note, moment)) for one in found.sources),
    ]
    if found.quiet:
        rows.append(("Without records", ", ".join(found.quiet)))
    _fill(sheet, look, 2, rows)
    printed(sheet, ABOUT, portrait=True)
    sheet.fit_to_pages(1, 0)


def _fresh(at: datetime, note: str, moment: datetime) -> str:
    said = f"last import {at.astimezone(moment.tzinfo):%Y-%m-%d %H:%M}"
    return f"{said}, {note}" if note else said


def _fill(sheet: Any, look: Look, top: int, rows: Sequence[Sequence[str]]) -> None:
    """Text in cells that wrap, the first of each row bold."""
    for row, cells in enumerate(rows, start=top):
        for column, text in enumerate(cells):
            sheet.write_string(row, column, text, look.cell(bold=not column, text_wrap=True))
