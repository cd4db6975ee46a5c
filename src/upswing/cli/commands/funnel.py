"""upswing funnel: calls, meetings, proposals; leads by source; deals by stage."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from rich.table import Table

from upswing.cli.asked import period_arguments

if TYPE_CHECKING:
    from upswing.queries.funnel import Figures, Funnel

NAME = "funnel"
HELP = "Show the whole funnel: what was done, leads by source, deals by stage."


def arguments(parser: argparse.ArgumentParser) -> None:
    """--rep, --period, --at, --format."""
    parser.add_argument("--rep", metavar="NAME", help="only this rep (default: everybody)")
    period_arguments(parser)


def run(given: argparse.Namespace) -> int:
    """Print it."""
    from upswing.cli import asked, installation

    installation.start()
    from upswing.queries.funnel import funnel
    from upswing.queries.plain import plain_funnel

    viewer = asked.operator("funnel")
    period, at = asked.period_and_moment(given)
    found = funnel(viewer, period, at, asked.rep_called(viewer, given.rep) if given.rep else None)
    if given.format == "json":
        print(json.dumps(plain_funnel(found), indent=2, ensure_ascii=False))
    else:
        _print(found)
    return 0


def _print(found: Funnel) -> None:
    from upswing.cli.tables import console, number

    title = f"{found.rep or 'Everybody'}, {found.period.slug}, at {found.at}"
    steps = Table(title=title, title_justify="left", show_header=False)
    for key, value in found.steps.items():
        steps.add_row(key.replace("_", " "), number(value))
    console().print(steps)
    for heading, rows in (("source", found.sources), ("stage", found.stages)):
        if rows:
            console().print(_table(heading, rows))


def _table(heading: str, rows: Mapping[str, Figures]) -> Table:
    from upswing.cli.tables import number

    table = Table(title=f"By {heading}", title_justify="left")
    table.add_column(heading)
    for key in next(iter(rows.values())):
        table.add_column(key.replace("_", " "), justify="right")
    for word, figures in rows.items():
        table.add_row(word or "(not told)", *map(number, figures.values()))
    return table
