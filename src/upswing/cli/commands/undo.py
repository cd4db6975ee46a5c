"""upswing undo: take an import back, exactly."""

from __future__ import annotations

import argparse
import json
from uuid import UUID

NAME = "undo"
HELP = "Take an import back: what it changed stands as before, what it brought is gone."


def arguments(parser: argparse.ArgumentParser) -> None:
    """IMPORT and --format."""
    parser.add_argument("batch", type=UUID, metavar="IMPORT", help="its id, as `upswing batches` lists it")
    parser.add_argument("--format", choices=("table", "json"), default="table")


def run(given: argparse.Namespace) -> int:
    """Exit code 1 when something stands on it; then nothing is changed."""
    from upswing.cli import asked, installation

    installation.start()
    installation.expect_many_objects()
    from upswing.actions.undoing import undo
    from upswing.cli.reports import bar

    with bar() as progress:
        task = progress.add_task("Taking back", total=None)
        done = undo(
            asked.operator("undo"),
            given.batch,
            asked.now(),
            lambda count, total: progress.update(task, completed=count, total=total),
            asked.now,
        )
    if given.format == "json":
        print(json.dumps(done))
    else:
        print(f"{done['put back']:,} records put back as they were, {done['removed']:,} removed.")
    return 0
