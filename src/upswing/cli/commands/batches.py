"""upswing batches: what was imported, the latest first."""

from __future__ import annotations

import argparse
import json

NAME = "batches"
HELP = "List the imports, the latest first."


def arguments(parser: argparse.ArgumentParser) -> None:
    """--source, --page and --format."""
    parser.add_argument("--source", default="", metavar="KEY", help="of this source only")
    parser.add_argument("--page", type=int, default=1)
    parser.add_argument("--format", choices=("table", "json"), default="table")


def run(given: argparse.Namespace) -> int:
    """Print them."""
    from upswing.cli import asked, installation

    installation.start()
    from rich.table import Table

    from upswing.cli.tables import console
    from upswing.queries.intake import batches
    from upswing.queries.plain import plain_record

    found = batches(asked.operator("batches"), max(1, given.page), given.source, asked.now())
    if given.format == "json":
        print(json.dumps([plain_record(batch) for batch in found], indent=2, ensure_ascii=False))
        return 0
    if not found:
        console().print("Nothing was imported yet: upswing import PATH.")
        return 0
    table = Table(box=None, padding=(0, 2, 0, 0))
    for name in ("Import", "Source", "Begun", "State"):
        table.add_column(name, no_wrap=True)
    for name in ("New", "Changed", "Unchanged", "Refused"):
        table.add_column(name, justify="right")
    for batch in found:
        counts = (batch.created, batch.updated, batch.unchanged, batch.refused)
        begun = f"{batch.started:%Y-%m-%d %H:%M}"
        table.add_row(
            str(batch.id), batch.source, begun, batch.state.value, *(f"{count:,}" for count in counts)
        )
    console().print(table)
    return 0
