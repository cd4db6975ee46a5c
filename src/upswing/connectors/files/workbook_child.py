"""Reads the workbook on its standard input, in a process that cannot take more than it gives itself.

python -I -m upswing.connectors.files.workbook_child < book.xlsx

What it writes are lines of JSON: {"sheet": NAME, "bytes": N} is followed by so many bytes of the sheet's CSV, which
come in pieces; {"refused": WHY} or {"done": true} ends it.
"""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from typing import Any

MEMORY, SECONDS, FILES = 1 << 30, 20, 16
ROWS, COLUMNS, CHARACTERS = 1_048_576, 500, 32_767
PIECE = 1_000
"""Rows that are written at once."""


class TooLarge(ValueError):
    """More than a table of people's work holds; the message says what."""


def main() -> None:
    """Limit, then read: the reader is loaded only when it can do no harm."""
    import resource  # only where the system has it

    for what, most in (
        (resource.RLIMIT_CORE, 0), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_NOFILE, FILES),
        (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_AS, MEMORY),
    ):  # fmt: skip
        resource.setrlimit(what, (most, most + (what == resource.RLIMIT_CPU)))
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        for sheet, text in sheets(CalamineWorkbook.from_filelike(sys.stdin.buffer)):
            said({"sheet": sheet, "bytes": len(text)})
            sys.stdout.buffer.write(text)
        said({"done": True})
    except PasswordError:
        said({"refused": "is locked with a password. Save it without one."})
    except (TooLarge, CalamineError) as error:
        why = str(error) if isinstance(error, TooLarge) else "is damaged, or no workbook that can be read"
        said({"refused": f"{why}. Save the sheet as CSV and bring that."})


def said(what: dict[str, object]) -> None:
    """One line of JSON."""
    sys.stdout.buffer.write(json.dumps(what).encode() + b"\n")


def sheets(book: Any) -> Iterator[tuple[str, bytes]]:
    """The name of every sheet that has cells, with its rows as CSV, piece by piece. Row 7 stays row 7."""
    for name in book.sheet_names:
        sheet = book.get_sheet_by_name(name)
        if sheet.start is None:  # empty, or a chart
            continue
        if sheet.total_height > ROWS:
            raise TooLarge(f"has more than {ROWS:,} rows in the sheet “{name}”")
        width = _width(sheet, name)
        rows = ([WRITTEN[type(cell)](cell) for cell in row[:width]] for row in sheet.iter_rows())
        while piece := list(islice(rows, PIECE)):
            text = io.StringIO()
            csv.writer(text).writerows(piece)
            yield name, text.getvalue().encode()


def _width(sheet: Any, name: str) -> int:
    """How many columns hold anything; raises TooLarge when they are too many."""
    width: int = sheet.width
    if width > COLUMNS:
        width = max(
            (place for row in sheet.iter_rows() for place, cell in enumerate(row, start=1) if cell != ""),
            default=0,
        )
    if width > COLUMNS:
        raise TooLarge(f"has {width:,} columns in the sheet “{name}”, and at most {COLUMNS} are read")
    return width


def _text(cell: str) -> str:
    if len(cell) > CHARACTERS:
        raise TooLarge(f"has a cell of more than {CHARACTERS:,} characters")
    return cell


def number(cell: float) -> str:
    """Plain positional notation of 15 digits, as spreadsheets count; never exactly three decimals.

    So 1.234 becomes 1.2340, which nobody takes for a thousand.
    """
    if cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    written = f"{Decimal(f'{cell:.15g}'):f}"
    return written + "0" if len(written.rpartition(".")[2]) == 3 and "." in written else written


def _span(cell: timedelta) -> str:
    seconds = round(cell.total_seconds())
    return f"{'-' if seconds < 0 else ''}{abs(seconds) // 3600}:{abs(seconds) // 60 % 60:02}:{abs(seconds) % 60:02}"


WRITTEN: dict[type, Callable[[Any], str]] = {
    str: _text, float: number, int: str, bool: lambda cell: "true" if cell else "false", date: date.isoformat,
    datetime: lambda cell: cell.isoformat(" "), time: time.isoformat, timedelta: _span,
}  # fmt: skip

if __name__ == "__main__":
    main()
