"""The sheet of targets as it comes back: its edited cells, and what cannot be read in it, each by its cell."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from tempfile import TemporaryDirectory

from upswing.connectors.connector import Unreadable
from upswing.connectors.files.unpacking import unpacked
from upswing.core.wording import worded

SHEET = "Targets"
COLUMNS = ("Rep id", "Rep", "Metric key", "Metric", "Period", "Target", "Was")
"""What the sheet's columns are called; the last one, hidden, holds the targets as the workbook was made with them."""
FIRST = 3
"""The first row of a target, counted from 0."""
LARGEST = Decimal(10) ** 13
"""Beyond ten trillion it is a slip of the finger."""


@dataclass(frozen=True, slots=True)
class Edited:
    """A target that somebody wrote: whose, of what, for when, in main units, and in which cell."""

    rep: str
    name: str
    metric: str
    period: str
    value: Decimal
    was: Decimal | None
    cell: str


def edited(name: str, content: bytes) -> tuple[list[Edited], list[str]]:
    """The edited targets of a workbook, and a sentence for each cell that cannot be one.

    The workbook is opened in a process that can take no more than it gives itself. Raises Unreadable.
    """
    with TemporaryDirectory(prefix="upswing-") as folder:
        path = Path(folder) / "given"
        path.write_bytes(content)
        with unpacked({name: path}, Path(folder)) as found:
            tables = found.tables()
        if f"{name}#{SHEET}" not in tables:
            raise Unreadable(
                worded(
                    "“{name}” has no sheet “{sheet}”. Download the workbook again and edit its "
                    "targets there.",
                    name=name,
                    sheet=SHEET,
                )
            )
        with tables[f"{name}#{SHEET}"].path.open(encoding="utf-8", newline="") as lines:
            rows = list(csv.reader(lines))
    return _read(name, rows)


def _read(name: str, rows: Sequence[Sequence[str]]) -> tuple[list[Edited], list[str]]:
    top = next((place for place, row in enumerate(rows) if tuple(row[: len(COLUMNS)]) == COLUMNS), None)
    if top is None:
        columns = ", ".join(COLUMNS[:-1])
        raise Unreadable(
            worded(
                "The sheet “{sheet}” of “{name}” lacks its columns {columns}. Download the workbook again.",
                sheet=SHEET,
                name=name,
                columns=columns,
            )
        )
    found = list(_rows(rows, top + 1))
    good = [one for one in found if isinstance(one, Edited)]
    return good, [one for one in found if isinstance(one, str)]


def _rows(rows: Sequence[Sequence[str]], top: int) -> Iterator[Edited | str]:
    for number, row in enumerate(rows[top:], start=top + 1):
        cells = [cell.strip() for cell in (*row, *[""] * len(COLUMNS))[: len(COLUMNS)]]
        *about, written, before = cells
        if any(cells) and written != before:
            yield _target(
                about, written, before, f"{SHEET}!{chr(ord('A') + COLUMNS.index('Target'))}{number}"
            )


def _target(about: Sequence[str], written: str, before: str, cell: str) -> Edited | str:
    rep, name, metric, _, period = about
    if not written:
        return worded(
            "{cell} is empty where {before} stood. Write 0 to ask for nothing, or the target itself.",
            cell=cell,
            before=before,
        )
    value = _number(written)
    if value is None:
        return worded(
            "{cell} says “{written}”, which is no number. Write digits only, such as 20000 or 0.25.",
            cell=cell,
            written=written[:60],
        )
    if value < 0:
        return worded("{cell} says {written}: a target is a number from 0 up.", cell=cell, written=written)
    if value > LARGEST:
        return worded(
            "{cell} says {written}, more than any target can be. Check its digits.",
            cell=cell,
            written=written[:60],
        )
    return Edited(rep, name, metric, period, value, _number(before), cell)


def _number(text: str) -> Decimal | None:
    try:
        found = Decimal(text)
    except InvalidOperation:
        return None
    return found if found.is_finite() else None
