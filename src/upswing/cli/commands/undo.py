"""upswing undo: take an import back, exactly."""

from __future__ import annotations

import argparse
import json

NAME = "undo"
HELP = "Take an import back: what it changed stands as before, what it brought is gone."


def arguments(parser: argparse.ArgumentParser) -> None:
    """IMPORT and --format."""
    parser.add_argument(
        "batch", metavar="IMPORT", help="its id as `upswing batches` lists it, or the beginning of it"
    )
    parser.add_argument("--format", choices=("table", "json"), default="table")


def run(given: argparse.Namespace) -> int:
    """Exit code 1 when something stands on it; then nothing is changed."""
    from upswing.cli import asked, installation

    installation.start()
    installation.expect_many_objects()
    from upswing.actions.undoing import undo
    from upswing.cli.reports import bar, counted
    from upswing.queries.intake import batch_called

    viewer = asked.operator("undo")
    batch = batch_called(viewer, given.batch)
    with bar() as progress:
        task = progress.add_task("Taking back", total=None)
        done = undo(
            viewer,
            batch,
            asked.now(),
            lambda count, total: progress.update(task, completed=count, total=total),
            asked.now,
        )
    if given.format == "json":
        print(json.dumps(done))
    else:
        print(f"{counted(done['put back'], 'record')} put back, {done['removed']:,} removed.")
    return 0
