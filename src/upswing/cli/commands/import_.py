"""upswing import: bring in a folder or file by a mapping."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from upswing.core.records import Problem, Severity

NAME = "import"
HELP = "Bring in a CRM export: a folder or file, read by a mapping."
SHOWN = 5
HEADINGS = {Severity.REFUSED: "not taken", Severity.NOTICE: "taken, worth knowing"}


def arguments(parser: argparse.ArgumentParser) -> None:
    """PATH, --mapping and how much to show."""
    parser.add_argument("path", type=Path, metavar="PATH", help="the folder or file to read")
    parser.add_argument(
        "--mapping", type=Path, required=True, metavar="FILE", help="which column holds what (TOML)"
    )
    parser.add_argument(
        "--all-problems", action="store_true", help="list every problem, not the first of each kind"
    )


def run(given: argparse.Namespace) -> int:
    """Exit code 1 when any row was refused."""
    from upswing.cli import asked, installation

    installation.start()
    from upswing.actions.import_batch import About, Imported, import_batch
    from upswing.connectors.files.mapping import read_mapping
    from upswing.connectors.registry import CONNECTORS

    installation.refuse_demo()
    installation.expect_many_objects()
    mapping = read_mapping(given.mapping)
    about = About(
        mapping.source,
        mapping.name,
        mapping.currency,
        mapping.organisation,
        mapping.read_on,
        given.mapping.name,
    )
    with bar() as progress:
        task = progress.add_task("Importing", total=None)
        done: Imported = import_batch(
            asked.operator("import"),
            CONNECTORS["files"](given.path, mapping),
            about,
            asked.now(),
            lambda count, total: progress.update(task, completed=count, total=total),
        )
    console = Console(highlight=False, soft_wrap=True)
    console.print(
        f"{done.created} created, {done.updated} updated, {done.unchanged} skipped (unchanged), "
        f"{done.refused} refused, {done.notices} notices."
    )
    shown = SHOWN if done.created or done.updated or done.refused else 0
    report(console, done.problems, sys.maxsize if given.all_problems else shown)
    return 1 if done.refused else 0


def bar() -> Progress:
    """Rows done, rate and time left; on a terminal only."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    return Progress(*columns, console=Console(stderr=True), disable=not sys.stderr.isatty())


def report(console: Console, problems: tuple[Problem, ...], most: int) -> None:
    """Problems by what mends them, those that kept rows out first."""
    groups = Counter((problem.severity, problem.origin.file, problem.code) for problem in problems)
    for (severity, file, code), count in sorted(
        groups.items(), key=lambda group: (group[0][0] is Severity.NOTICE, group[0])
    ):
        console.print(f"\n[bold]{count} × {code.replace('_', ' ')}[/bold] in {file} ({HEADINGS[severity]})")
        mine = [p for p in problems if (p.severity, p.origin.file, p.code) == (severity, file, code)]
        for problem in mine[:most]:
            console.print(f"  {problem.sentence}", markup=False)
        if count > most > 0:
            console.print(f"  … and {count - most} more; --all-problems lists them.", markup=False)
