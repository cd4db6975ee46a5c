"""Bringing data in: a large CSV tried out, imported and taken back, and a workbook imported."""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

from benchmarks import scratch

REPS, ROWS, SHEET_ROWS = 200, 1_000_000, 200_000
FIRST, SECONDS = datetime(2024, 1, 1, 7, tzinfo=UTC), 90
"""A row comes so many seconds after the one before: a million are nearly three years."""
DEEDS = (
    ("call", "no_answer"), ("email", "sent"), ("call", "conversation"), ("meeting", "held"), ("call", "voicemail"),
)  # fmt: skip
COLUMNS = ("Id", "Rep", "Kind", "At", "Seconds", "Outcome", "Subject")
SUBJECT = "Call them back about the quote of last week"
MAPPING: dict[str, Any] = {
    "source": "bench", "currency": "EUR", "read_on": date(2026, 11, 20),
    "people": {"file": "people.csv", "columns": {"name": "Name"}},
}  # fmt: skip


def main(rows: int, sheet_rows: int) -> None:
    """Print the figures; `megabytes` are the most the process had held by then."""
    scratch.start()
    from django.conf import settings

    from upswing.cli import installation

    installation.expect_many_objects()
    folder = settings.DATA_DIR / "exports"
    folder.mkdir()
    (folder / "people.csv").write_text("\n".join(["Name", *map(_rep, range(REPS))]))
    large, book = csv_file(folder / "activities.csv", rows), workbook(folder / "activities.xlsx", sheet_rows)
    figures: scratch.Figures = {"rows": rows, "sheet_rows": sheet_rows, "bytes": large.stat().st_size}
    figures["try"] = tried(large)
    figures["try_megabytes"] = megabytes()
    figures["import"] = imported(large, rows)
    figures["import_megabytes"] = megabytes()
    figures["undo"] = undone()
    figures["undo_megabytes"] = megabytes()
    figures["sheet"] = imported(book, sheet_rows)
    print(json.dumps(figures | {"database": scratch.database()}))


def megabytes() -> int:
    """The most memory this process has held so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10


def cells(rows: int) -> Iterator[tuple[str, ...]]:
    """Rows of activities in the order of their time, by turns of every rep."""
    for row in range(rows):
        kind, outcome = DEEDS[row % len(DEEDS)]
        at = FIRST + timedelta(seconds=row * SECONDS)
        yield f"A{row:07}", _rep(row % REPS), kind, at.isoformat(), str(row % 600), outcome, SUBJECT


def csv_file(path: Path, rows: int) -> Path:
    """The rows as CSV, about a hundred bytes each."""
    with path.open("w") as file:
        file.write(",".join(COLUMNS) + "\n")
        file.writelines(",".join(row) + "\n" for row in cells(rows))
    return path


def workbook(path: Path, rows: int) -> Path:
    """The rows as a workbook."""
    import xlsxwriter

    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Activities")
        for number, row in enumerate((COLUMNS, *cells(rows))):
            sheet.write_row(number, 0, row)
    return path


def mapping(path: Path) -> dict[str, Any]:
    """How the rows are to be read."""
    columns = {name.lower(): name for name in COLUMNS[:-1]}
    return {**MAPPING, "activities": {"file": path.name, "columns": columns}}


def tried(path: Path) -> float:
    """Seconds of a trial run, as a page asks for it."""
    from upswing.actions import drafts, keeping
    from upswing.cli import asked

    viewer, now = asked.operator("benchmark"), asked.now()
    files = {name: keeping.keep_path(path.parent / name, now) for name in ("people.csv", path.name)}
    draft = drafts.begin(viewer, files, now)
    drafts.map_as(viewer, draft, mapping(path))
    started = perf_counter()
    trial = drafts.tried(viewer, draft, now)
    taken = perf_counter() - started
    assert not trial.refused
    drafts.discard(viewer, draft)
    return taken


def imported(path: Path, rows: int) -> float:
    """Seconds of an import."""
    from upswing.actions.import_batch import About, import_batch
    from upswing.cli import asked
    from upswing.connectors.files.connector import Files
    from upswing.connectors.files.mapping import mapping_of

    started = perf_counter()
    found = mapping_of(mapping(path), path.parent / "bench.toml")
    about = About(found.source, found.name, found.currency, "", found.read_on, "bench.toml")
    done = import_batch(asked.operator("benchmark"), Files(path.parent, found), about, asked.now())
    assert done.created >= rows
    return perf_counter() - started


def undone() -> float:
    """Seconds of taking the last import back."""
    from upswing.actions.undoing import undo
    from upswing.cli import asked
    from upswing.intake.models import Batch

    batch = Batch.objects.latest("pk")
    started = perf_counter()
    undo(asked.operator("benchmark"), batch.uid, asked.now())
    return perf_counter() - started


def _rep(number: int) -> str:
    return f"Rep {number}"


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3])) if len(sys.argv) > 2 else main(ROWS, SHEET_ROWS)
