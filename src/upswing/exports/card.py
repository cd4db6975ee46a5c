"""A rep's sheet: their lines as on the page, comparisons, and the last periods with a small drawing each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xlsxwriter.utility import xl_range, xl_rowcol_to_cell

from upswing.core.benchmarks import BenchmarkKind
from upswing.core.scorecard import Line, Scorecard
from upswing.exports.formulas import PARTS, range_name
from upswing.exports.line import BAND, REACHED, WIDTH, line_heads, write_line
from upswing.exports.look import BLUE, SLATE, Look, bars, mark, printed, write
from upswing.exports.names import quoted
from upswing.exports.words import EVIDENCE, NOUNS, REASONS, SMALL

HEAD = 3
"""The row of the columns' headings, counted from 0; the lines stand below it."""
LEFT = 1
AFTER = LEFT + WIDTH
"""The first column after a line's own: evidence, records, drawing, comparisons."""
TREND = AFTER + 2
COMPARED = (BenchmarkKind.OWN_PAST, BenchmarkKind.TEAM)
LAST = TREND + len(COMPARED)


def card_sheet(book: Any, sheet: Any, look: Look, card: Scorecard) -> None:
    """Fill the sheet, which prints on one page."""
    over = card.at >= card.period.last
    periods = NOUNS.get(card.period.kind.value, "periods")
    _head(sheet, look, card)
    _heads(sheet, look, over=over, periods=periods)
    first, last = HEAD + 1, HEAD + len(card.lines)
    for row, line in enumerate(card.lines, start=first):
        sheet.set_row(row, 21)
        sheet.write_string(row, 0, line.metric.label, look.cell(bold=True))
        write_line(sheet, look, row, LEFT, line)
        _after(sheet, look, row, line)
    bars(sheet, (first, LEFT + REACHED, last, LEFT + REACHED))
    mark(book, sheet, (first, LEFT + BAND, last, LEFT + BAND))
    below = _history(sheet, look, card, last + 2, periods)
    sheet.merge_range(below + 1, 0, below + 1, LAST, "", look.note)
    sheet.write_string(below + 1, 0, SMALL, look.note)
    sheet.set_row(below + 1, 32)
    _print(sheet, card, below + 1)


def name_lines(book: Any, sheet: str, card: Scorecard) -> None:
    """Name the cells of the only card of a workbook, as the team's columns are named in others."""
    for row, line in enumerate(card.lines, start=HEAD + 1):
        for place, part in enumerate(PARTS):
            cell = xl_rowcol_to_cell(row, LEFT + place, row_abs=True, col_abs=True)
            book.define_name(range_name(line.metric, part), f"={quoted(sheet)}!{cell}")


def _head(sheet: Any, look: Look, card: Scorecard) -> None:
    sheet.set_row(0, 24)
    sheet.write_string(0, 0, card.rep, look.title)
    days = f"{card.working_days} working days"
    if card.at < card.period.last:
        days = f"day {card.working_days_gone} of {days}"
    said = [card.team or "", card.period.slug, f"as of {card.at}", days]
    sheet.write_string(1, 0, ", ".join(filter(None, said)), look.quiet)


def _heads(sheet: Any, look: Look, *, over: bool, periods: str) -> None:
    sheet.write_string(HEAD, 0, "Measure", look.head())
    line_heads(sheet, look, HEAD, LEFT, over=over)
    sheet.write_string(HEAD, AFTER, "Evidence", look.head())
    sheet.write_string(HEAD, AFTER + 1, "Records", look.head(right=True))
    sheet.write_string(HEAD, TREND, f"Last {periods}", look.head())
    for place, word in enumerate(("Before", "Team mean"), start=TREND + 1):
        sheet.write_string(HEAD, place, word, look.head(right=True))


def _after(sheet: Any, look: Look, row: int, line: Line) -> None:
    """What stands beside a line: how sure it is, on how many records, and what to compare it with."""
    sheet.write_string(row, AFTER, EVIDENCE[line.evidence] if line.evidence else "", look.cell())
    sheet.write_number(row, AFTER + 1, line.n, look.cell(num_format="#,##0", align="right"))
    sheet.write_blank(row, TREND, None, look.cell())
    marks = {found.kind: found for found in line.benchmarks}
    for column, kind in enumerate(COMPARED, start=TREND + 1):
        found = marks.get(kind)
        if found is None or found.value is not None:
            write(sheet, look, row, column, found.value if found else None, line.metric.unit)
        else:
            why = REASONS.get(found.reason or "", "–")
            sheet.write_string(row, column, why, look.cell(align="right", font_color="#686d76", shrink=True))


def _history(sheet: Any, look: Look, card: Scorecard, top: int, periods: str) -> int:
    """The figures behind the drawings, a column a period; the last row it takes."""
    longest: Sequence[Any] = max((line.history for line in card.lines), key=len, default=())
    if not longest:
        return top - 1
    sheet.write_string(top, 0, f"Last {len(longest)} {periods}", look.head())
    for column, point in enumerate(longest, start=1):
        sheet.write_string(top, column, point.period.slug, look.head(right=True))
    for row, line in enumerate(card.lines, start=top + 1):
        sheet.write_string(row, 0, line.metric.label, look.cell())
        for column, point in enumerate(line.history, start=1):
            write(sheet, look, row, column, point.value, line.metric.unit)
        if sum(point.value is not None for point in line.history) > 1:
            _draw(sheet, HEAD + row - top, row, len(line.history))
    return top + len(card.lines)


def _draw(sheet: Any, row: int, figures: int, count: int) -> None:
    """A sparkline of a row of figures."""
    sheet.add_sparkline(
        row, TREND,
        {
            "range": f"{quoted(sheet.get_name())}!{xl_range(figures, 1, figures, count)}", "type": "line",
            "series_color": SLATE, "last_point": True, "last_color": BLUE, "weight": 1.5,
        },
    )  # fmt: skip


def _print(sheet: Any, card: Scorecard, last: int) -> None:
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 12, 14)
    sheet.set_column(LEFT + BAND, LEFT + BAND, 22)
    sheet.set_column(TREND, TREND, 20)
    sheet.freeze_panes(HEAD + 1, 1)
    printed(sheet, f"{card.rep}, {card.period.slug}, as of {card.at}")
    sheet.repeat_rows(0, HEAD)
    sheet.fit_to_pages(1, 1)
    sheet.print_area(0, 0, last, 12)
