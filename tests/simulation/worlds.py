"""Small worlds that several tests look at, and ways of looking."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from upswing.simulation import World, simulate

Rows = set[tuple[str, ...]]


@cache
def world(scenario: str = "healthy", seed: int = 1, **asked: Any) -> World:
    """A world, made once a process."""
    return simulate(seed, scenario, **asked)


def rows(found: World, table: str) -> list[dict[str, str]]:
    """The rows of a table by column, as they are written."""
    told = found.tables[table]
    return [dict(zip(told.header, row, strict=True)) for row in told.rows()]


def all_rows(found: World) -> dict[str, Rows]:
    """Every table's rows."""
    return {name: set(table.rows()) for name, table in found.tables.items()}


def digest(folder: Path) -> str:
    """A SHA-256 of every file's name and bytes."""
    whole = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        whole.update(path.name.encode() + path.read_bytes())
    return whole.hexdigest()
