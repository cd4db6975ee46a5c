"""What an import says on a terminal: how far it is, what it did, what it could not use."""

from __future__ import annotations

import json
import sys
from collections import Counter
from typing import TYPE_CHECKING
from uuid import UUID

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    Task,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from upswing.core.records import Problem, Severity

if TYPE_CHECKING:
    from upswing.actions.import_batch import Imported
    from upswing.actions.trial import Trial

SHOWN = 5
"""Sentences of each kind, where not all are asked for."""
HEADINGS = {Severity.REFUSED: "not taken", Severity.NOTICE: "taken, worth knowing"}
WEIGHED = ("new", "changed", "unchanged")
COUNTS = ("batch", "created", "updated", "unchanged", "refused", "notices")


def say_imported(done: Imported, *, as_json: bool, everything: bool) -> None:
    """What the import did."""
    if as_json:
        counts = {name: getattr(done, name) for name in COUNTS}
        print(
            json.dumps(
                {**counts, "problems": [_told(one) for one in done.problems]}, indent=2, ensure_ascii=False
            )
        )
        return
    console = Console(highlight=False, soft_wrap=True)
    console.print(
        f"{done.created:,} created{_of_them(done.rates)}, {done.updated:,} updated, "
        f"{done.unchanged:,} skipped (unchanged), {done.refused:,} refused, {counted(done.notices, 'notice')}."
    )
    shown = SHOWN if done.created or done.updated or done.refused else 0
    report(console, done.problems, sys.maxsize if everything else shown)
    console.print(f"\nThis is import {done.batch}. Take it back with: upswing undo {done.batch}")


def _of_them(rates: int) -> str:
    return f" ({counted(rates, 'exchange rate')} among them)" if rates else ""


def counted(count: int, one: str) -> str:
    """“1 row”, “2 rows”, “8,800 rows”."""
    return f"{count:,} {one}" if count == 1 else f"{count:,} {one}s"


def interrupted(batch: UUID, task: Task) -> str:
    """What an import that was stopped has kept, and how to go on from there."""
    rows = f" after {task.completed:,.0f} of {counted(round(task.total), 'row')}" if task.total else ""
    return (
        f"Interrupted{rows}: what came in stays. Run the same command again to go on, "
        f"or `upswing undo {batch}` to take it back."
    )


def say_tried(trial: Trial, *, as_json: bool, everything: bool) -> None:
    """What the import would do."""
    if as_json:
        kinds = {
            kind: dict(zip(("new", "changed", "unchanged"), counts, strict=True))
            for kind, counts in trial.kinds.items()
        }
        told = {"kinds": kinds, "refused": trial.refused, "problems": [_told(one) for one in trial.problems]}
        print(json.dumps(told, indent=2, ensure_ascii=False))
        return
    console = Console(highlight=False, soft_wrap=True)
    for kind, (new, changed, unchanged) in trial.kinds.items():
        console.print(f"{kind}: {new:,} new, {changed:,} changed, {unchanged:,} unchanged")
    console.print(f"{counted(trial.refused, 'row')} would be refused. Nothing was changed.")
    report(console, trial.problems, sys.maxsize if everything else SHOWN)


def _told(problem: Problem) -> dict[str, object]:
    return {
        "file": problem.origin.file, "row": problem.origin.row, "severity": problem.severity.value,
        "code": problem.code, "field": problem.field, "value": problem.value, "sentence": problem.sentence,
    }  # fmt: skip


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
        console.print(f"\n[bold]{count:,} × {code.replace('_', ' ')}[/bold] in {file} ({HEADINGS[severity]})")
        mine = [p for p in problems if (p.severity, p.origin.file, p.code) == (severity, file, code)]
        for problem in mine[:most]:
            console.print(f"  {problem.sentence}", markup=False)
        if count > most > 0:
            console.print(f"  … and {count - most:,} more; --all-problems lists them.", markup=False)
