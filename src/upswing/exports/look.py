"""How cells look: number formats by unit, headings, and marks for bands in the colours of the pages."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from upswing.core.metrics.metric import Unit
from upswing.core.money import Money, digits
from upswing.core.scorecard import Value

INK, QUIET, RULE, HEAD = "#17191c", "#686d76", "#d6d9da", "#edf1f2"
BLUE, SLATE, ORANGE, BAR = "#1f4fd8", "#33505c", "#a8480a", "#c3ccd0"
MARKS = {"▲": BLUE, "△": BLUE, "●": SLATE, "◆": ORANGE, "◇": ORANGE, "○": QUIET}
"""The mark that a band's word begins with → its colour; the word says the same without it."""
A4 = 9
FORMATS = {
    Unit.SHARE: "0.0%", Unit.RATIO: "#,##0.00", Unit.HOURS: '#,##0.0" h"', Unit.DAYS: '#,##0.0" d"',
}  # fmt: skip


class Look:
    """The formats of one workbook, each made once."""

    def __init__(self, book: Any, currency: str) -> None:
        self._book, self._currency = book, currency
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}

    def plain(self, **properties: Any) -> Any:
        """A cell of these properties, set in the workbook's own type."""
        given = {"font_name": "Calibri", "font_color": INK, "valign": "vcenter", **properties}
        key = tuple(sorted(given.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(given)
        return self._made[key]

    @property
    def title(self) -> Any:
        """A sheet's heading."""
        return self.plain(bold=True, font_size=16)

    @property
    def quiet(self) -> Any:
        """What stands below a heading."""
        return self.plain(font_color=QUIET)

    @property
    def note(self) -> Any:
        """A sentence of several lines."""
        return self.plain(font_color=QUIET, text_wrap=True, valign="top")

    def head(self, *, right: bool = False, **properties: Any) -> Any:
        """A column's heading."""
        side = "right" if right else "left"
        return self.plain(
            bold=True, bg_color=HEAD, bottom=1, bottom_color=RULE, text_wrap=True, align=side, **properties
        )

    def cell(self, **properties: Any) -> Any:
        """A cell of a table, ruled below."""
        return self.plain(bottom=1, bottom_color=RULE, **properties)

    def number(self, unit: Unit, value: float | None = None, **properties: Any) -> Any:
        """A cell for a number of the unit; counts that are not whole show a decimal."""
        return self.cell(num_format=self.code(unit, value), align="right", **properties)

    def code(self, unit: Unit, value: float | None = None) -> str:
        """The number format of a unit; money with all digits its currency has."""
        if unit is Unit.MONEY:
            decimals = digits(self._currency)
            return f"[${self._currency}] #,##0" + (f".{'0' * decimals}" if decimals else "")
        whole = value is None or float(value).is_integer()
        return FORMATS.get(unit, "#,##0" if whole else "#,##0.0#")


def number(value: Value | None) -> float | None:
    """A value as a spreadsheet counts it: money in main units."""
    if value is None:
        return None
    return float(value.decimal) if isinstance(value, Money) else float(Fraction(value))


def write(sheet: Any, look: Look, row: int, column: int, value: Value | None, unit: Unit) -> float | None:
    """A value in a cell, which stays empty where there is none."""
    found = number(value)
    if found is None:
        sheet.write_blank(row, column, None, look.number(unit))
    else:
        sheet.write_number(row, column, found, look.number(unit, found))
    return found


def mark(book: Any, sheet: Any, cells: tuple[int, int, int, int]) -> None:
    """Colour the bands' words by the mark they begin with."""
    for begins, colour in MARKS.items():
        shown = book.add_format({"font_color": colour, "bold": begins in "▲◆"})
        told = {"type": "text", "criteria": "begins with", "value": begins, "format": shown}
        sheet.conditional_format(*cells, told)


def bars(sheet: Any, cells: tuple[int, int, int, int]) -> None:
    """Bars behind shares reached: one length means the same in every cell, half as much again fills it."""
    sheet.conditional_format(
        *cells,
        {
            "type": "data_bar", "data_bar_2010": True, "bar_solid": True, "bar_color": BAR,
            "min_type": "num", "min_value": 0, "max_type": "num", "max_value": 1.5,
        },
    )  # fmt: skip


def printed(sheet: Any, heading: str, *, portrait: bool = False) -> None:
    """A4, with the page's number and what the sheet is at its foot."""
    sheet.set_portrait() if portrait else sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(left=0.5, right=0.5, top=0.5, bottom=0.7)
    sheet.set_footer(f"&L{heading[:100].replace('&', '&&')}&RPage &P of &N")
    sheet.hide_gridlines(2)
