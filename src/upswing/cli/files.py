"""Scorecards as files: a workbook where the call says, CSV on standard output."""

from __future__ import annotations

import sys
from pathlib import Path

from upswing.cli.asked import now
from upswing.connectors.connector import Unreadable
from upswing.exports.book import workbook
from upswing.exports.rows import cards_csv
from upswing.queries.exported import Exported
from upswing.queries.organisation import organisation
from upswing.queries.team import Board


def write_workbook(path: Path, found: Exported) -> int:
    """Write it, and say so; raises Unreadable where no file can be written there."""
    try:
        path.write_bytes(workbook(found, now()))
    except OSError as error:
        raise Unreadable(f"“{path}” cannot be written: {error.strerror}. Name another file.") from error
    sheets = f"{len(found.cards):,} scorecard{'' if len(found.cards) == 1 else 's'}"
    print(f"Wrote {sheets} to {path}.")
    return 0


def print_cards(board: Board) -> None:
    """The board as CSV, byte for byte as the page hands it out."""
    sys.stdout.flush()
    sys.stdout.buffer.write(cards_csv(board.cards, organisation().currency))
    sys.stdout.buffer.flush()
