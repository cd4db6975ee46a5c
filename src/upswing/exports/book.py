"""The scorecards as a workbook: everybody, a sheet each, targets to edit, what it all means and where it is from."""

from __future__ import annotations

import io
from datetime import datetime

import xlsxwriter

from upswing.actions.edited import SHEET as TARGETS
from upswing.exports.about import ABOUT, DEFINITIONS, about_sheet, definitions_sheet
from upswing.exports.card import card_sheet, name_lines
from upswing.exports.look import Look
from upswing.exports.names import sheet_names
from upswing.exports.targets import targets_sheet
from upswing.exports.team import SHEET as TEAM
from upswing.exports.team import team_sheet
from upswing.queries.exported import Exported

KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook(found: Exported, moment: datetime) -> bytes:
    """The workbook of what is exported at a moment (with time zone); equal input gives equal bytes."""
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True}) as book:
        book.set_properties(
            {"title": f"{found.title}, {found.period.slug}", "created": moment.replace(tzinfo=None)}
        )
        look = Look(book, found.organisation.currency)
        if found.cards and found.whole:
            team_sheet(book, book.add_worksheet(TEAM), look, found)
        names = sheet_names([card.rep for card in found.cards], (TEAM, TARGETS, DEFINITIONS, ABOUT))
        for name, card in zip(names, found.cards, strict=True):
            card_sheet(book, book.add_worksheet(name), look, card)
            if not found.whole:
                name_lines(book, name, card)
        targets_sheet(book.add_worksheet(TARGETS), look, found)
        metrics = {one.metric.key: one.metric for one in found.asked}
        definitions_sheet(
            book.add_worksheet(DEFINITIONS),
            look,
            ({one.key: one for one in found.metrics} | metrics).values(),
        )
        about_sheet(book.add_worksheet(ABOUT), look, found, moment)
    return written.getvalue()


def file_name(found: Exported) -> str:
    """What to call it: “AE Nordics 2026-11.xlsx”."""
    return f"{found.title} {found.period.slug}.xlsx"
