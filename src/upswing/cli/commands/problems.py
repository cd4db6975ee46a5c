"""upswing problems: what the latest import of every file could not use."""

from __future__ import annotations

import argparse
import json

NAME = "problems"
HELP = "Show what could not be used, by what mends it."


def arguments(parser: argparse.ArgumentParser) -> None:
    """--source and --format."""
    parser.add_argument("--source", default="", metavar="KEY", help="of this source only")
    parser.add_argument("--format", choices=("table", "json"), default="table")


def run(given: argparse.Namespace) -> int:
    """Exit code 0 also when there are some: they are news, not a failure."""
    from upswing.cli import asked, installation

    installation.start()
    from upswing.cli.tables import console
    from upswing.queries.intake import standing_problems
    from upswing.queries.plain import plain_record

    groups = standing_problems(asked.operator("problems"), given.source)
    if given.format == "json":
        print(json.dumps([plain_record(group) for group in groups], indent=2, ensure_ascii=False))
        return 0
    if not groups:
        console().print("Every row of the latest imports was taken, and nothing about them is worth telling.")
    for group in groups:
        how = "not taken" if group.severity == "refused" else "taken, worth knowing"
        console().print(f"\n[bold]{group.count:,} × {group.code.replace('_', ' ')}[/bold] ({how})")
        for sentence in group.sentences:
            console().print(f"  {sentence}", markup=False)
    return 0
