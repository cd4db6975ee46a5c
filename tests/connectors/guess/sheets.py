"""Files made up for a test, as the importer brings them: name → text table."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from upswing.connectors.connector import Known
from upswing.connectors.files.connector import Files
from upswing.connectors.files.guess.guess import guess
from upswing.connectors.files.guess.guessed import Guess
from upswing.connectors.files.mapping import mapping_of
from upswing.connectors.files.unpacking import Text
from upswing.core.records import Problem, Record

TODAY = date(2026, 11, 22)


def brought(folder: Path, files: dict[str, str]) -> dict[str, Text]:
    """The files, written into the folder."""
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return {name: Text(name, folder / name) for name in files}


def guessed(folder: Path, files: dict[str, str], known: Known | None = None, **more: Any) -> Guess:
    """What is guessed of files with that text."""
    return guess(brought(folder, files), known or Known(), TODAY, **more)


def fields(found: Guess, kind: str) -> dict[str, str]:
    """Field → column of the first table of a kind."""
    table = next(table for table in found.used if table.kind == kind)
    return {name: " + ".join(headers) for name, headers in table.fields.items()}


def read(folder: Path, raw: dict[str, Any]) -> list[Record | Problem]:
    """What the importer makes of the folder's files by a raw mapping."""
    return list(Files(folder, mapping_of(raw, folder / "mapping.toml")).read(Known(currency="EUR")))
