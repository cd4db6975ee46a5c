"""The sheet of everybody: a row a rep, five columns a line, what adds up added up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xlsxwriter.utility import xl_range_abs

from upswing.core.metrics.metric import Better, Metric
from upswing.core.scorecard import Line, Scorecard, Value
from upswing.exports.formulas import PARTS, adds_up, range_name, total
from upswing.exports.line import BAND, REACHED, WIDTH, line_heads, write_line
from upswing.exports.look import RULE, Look, bars, mark, number, printed
from upswing.exports.words import SMALL
from upswing.queries.exported import Exported

SHEET = "Team"
FIRST = 4
"""The first row of a rep, counted from 0; above it title, moment, lines and columns."""
FIXED = 2
"""Columns before the first line: the rep and their team."""
ACROSS = 2
"""Lines beside each other on a printed page."""


def team_sheet(book: Any, sheet: Any, look: Look, found: Exported) -> None:
    """Fill the sheet and name each line's cells, so that formulas anywhere may say won_value_actual."""
    _head(sheet, look, found)
    for row, card in enumerate(found.cards, start=FIRST):
        _row(sheet, look, row, card, found.metrics)
    last = FIRST + len(found.cards) - 1
    sheet.write_string(last + 1, 0, "All", look.cell(bold=True, top=1))
    sheet.write_blank(last + 1, 1, None, look.cell(top=1))
    for place, metric in enumerate(found.metrics):
        left = FIXED + place * WIDTH
        _column(book, sheet, look, metric, left, last)
        lines = [line for card in found.cards for line in card.lines if line.metric == metric]
        _totals(sheet, look, metric, left, last + 1, lines)
    _print(sheet, found)


def _head(sheet: Any, look: Look, found: Exported) -> None:
    sheet.set_row(0, 24)
    sheet.write_string(0, 0, found.title, look.title)
    sheet.write_string(1, 0, f"{found.period.slug}, as of {found.at}. {SMALL}", look.quiet)
    group = look.head(left=1, left_color=RULE)
    for place, metric in enumerate(found.metrics):
        left = FIXED + place * WIDTH
        sheet.merge_range(FIRST - 2, left, FIRST - 2, left + BAND, "", group)
        sheet.write_string(FIRST - 2, left, metric.label, group)
        line_heads(sheet, look, FIRST - 1, left, over=found.over)
    sheet.write_string(FIRST - 1, 0, "Rep", look.head())
    sheet.write_string(FIRST - 1, 1, "Team", look.head())


def _row(sheet: Any, look: Look, row: int, card: Scorecard, metrics: Sequence[Metric]) -> None:
    sheet.write_string(row, 0, card.rep, look.cell(bold=True))
    sheet.write_string(row, 1, card.team or "", look.cell())
    lines = {line.metric.key: line for line in card.lines}
    for place, metric in enumerate(metrics):
        if metric.key in lines:
            write_line(sheet, look, row, FIXED + place * WIDTH, lines[metric.key])


def _column(book: Any, sheet: Any, look: Look, metric: Metric, left: int, last: int) -> None:
    """A line's names, bars and marks."""
    for place, part in enumerate(PARTS):
        cells = xl_range_abs(FIRST, left + place, last, left + place)
        book.define_name(range_name(metric, part), f"={SHEET}!{cells}")
    bars(sheet, (FIRST, left + REACHED, last, left + REACHED))
    mark(book, sheet, (FIRST, left + BAND, last, left + BAND))


def _totals(sheet: Any, look: Look, metric: Metric, left: int, row: int, lines: Sequence[Line]) -> None:
    """The sums below a line; nothing below what does not add up."""
    sheet.write_blank(row, left + BAND, None, look.cell(top=1))
    for place, (part, value) in enumerate(zip(PARTS, _sums(metric, lines), strict=True)):
        shown = look.cell(num_format="0%", align="right", top=1, bold=True)
        if part != "reached":
            shown = look.number(metric.unit, value, top=1, bold=True)
        if value is None:
            sheet.write_blank(row, left + place, None, shown)
        else:
            sheet.write_formula(row, left + place, total(metric, part), shown, value)


def _sums(metric: Metric, lines: Sequence[Line]) -> tuple[float | None, ...]:
    """Actual, target, due and share reached of all; None where nobody has any, or it does not add up."""
    if not adds_up(metric):
        return (None,) * len(PARTS)
    actual, target, due = (
        _sum([getattr(line, name) for line in lines]) for name in ("actual", "target", "expected")
    )
    held = _sum([line.actual for line in lines if number(line.expected)])
    above, below = (held, due) if metric.better is Better.HIGHER else (due, held)
    return actual, target, due, above / below if above is not None and below else None


def _sum(values: Sequence[Value | None]) -> float | None:
    known = [found for value in values if (found := number(value)) is not None]
    return sum(known) if known else None


def _print(sheet: Any, found: Exported) -> None:
    """Two lines a page, names and headings on each."""
    sheet.set_column(0, 1, 20)
    sheet.set_column(FIXED, FIXED + len(found.metrics) * WIDTH, 13)
    for place in range(len(found.metrics)):
        band = FIXED + place * WIDTH + BAND
        sheet.set_column(band, band, 22)
    sheet.freeze_panes(FIRST, 1)
    printed(sheet, f"{found.title}, {found.period.slug}, as of {found.at}")
    sheet.repeat_rows(FIRST - 2, FIRST - 1)
    sheet.repeat_columns(0)
    sheet.set_v_pagebreaks([FIXED + place * WIDTH for place in range(ACROSS, len(found.metrics), ACROSS)])
