"""Opening files: a workbook of 200,000 rows turned into text, a CSV of 100 MB looked at and counted."""

from __future__ import annotations

import json
import resource
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter

ROWS, COLUMNS, MEGABYTES = 200_000, 10, 100


def main(rows: int, megabytes: int) -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory(prefix="upswing-bench-") as name:
        folder = Path(name)
        opened, read = opening(workbook(folder / "book.xlsx", rows), folder)
        looked, counted, lines = looking(table(folder / "table.csv", megabytes))
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss >> 10
    figures = {
        "rows": rows, "columns": COLUMNS, "opened": opened, "read": read, "child_megabytes": memory,
        "megabytes": megabytes, "looked": looked, "counted": counted, "lines": lines,
    }  # fmt: skip
    print(json.dumps(figures))


def workbook(path: Path, rows: int) -> Path:
    """A workbook of deals: text, days and amounts."""
    import xlsxwriter

    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet, day = book.add_worksheet("Deals"), book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(0, 0, [f"Column {column}" for column in range(COLUMNS)])
        for row in range(1, rows + 1):
            sheet.write_row(
                row, 0, [f"D{row}", "Tess Lund", "Won", "Acme A/S", row, row * 1.25, True, "note"]
            )
            for column in (8, 9):
                sheet.write_datetime(row, column, date(2026, 1, 1) + timedelta(row % 300), day)
    return path


def table(path: Path, megabytes: int) -> Path:
    """A CSV of so many megabytes."""
    lines = "".join(f"D{row};Søren Ærø;Won;Acme A/S;1.234,50;2026-09-01\n" for row in range(10_000)).encode()
    with path.open("wb") as file:
        file.write(b"Id;Rep;Stage;Account;Amount;Day\n")
        while file.tell() < megabytes << 20:
            file.write(lines)
    return path


def opening(book: Path, folder: Path) -> tuple[float, float]:
    """Seconds until the workbook is text, and until all its rows were read as cells."""
    from upswing.connectors.files.format import Format
    from upswing.connectors.files.table import source
    from upswing.connectors.files.unpacking import unpacked

    started = perf_counter()
    with unpacked({book.name: book}, folder) as material:
        text = material.find(book.name)
        opened = perf_counter() - started
        assert sum(1 for _ in source(text.path, Format()).rows())
        return opened, perf_counter() - started


def looking(path: Path) -> tuple[float, float, int]:
    """Seconds to find how the file is written, and to count its lines; the lines."""
    from upswing.connectors.files.format import Format
    from upswing.connectors.files.lines import lines_of
    from upswing.connectors.files.table import source

    started = perf_counter()
    found = source(path, Format())
    looked = perf_counter() - started
    assert (found.how.delimiter, found.how.encoding) == (";", "utf-8-sig")
    started = perf_counter()
    lines = lines_of(path, found.how)
    return looked, perf_counter() - started, lines


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3])) if len(sys.argv) > 2 else main(ROWS, MEGABYTES)
