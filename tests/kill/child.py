"""One piece of work in a process of its own, to be killed.

python -m tests.kill.child import FOLDER | ask FOLDER (for a job that imports it) | work (the jobs) | undo (the last import)
| nothing; --fatal N dies before the Nth statement; --then prints the state, what is under way, or the number of statements.
"""

from __future__ import annotations

import argparse
import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ["DJANGO_SETTINGS_MODULE"] = "upswing.config.settings"
CHUNK = 60
"""Records a transaction."""


class Statements:
    """Counts statements, and dies before a given one as by kill -9."""

    def __init__(self, fatal: int) -> None:
        self.count, self.fatal = 0, fatal

    def __call__(self, execute: Callable[..., Any], *rest: Any) -> Any:
        self.count += 1
        if self.count == self.fatal:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(*rest)


def import_folder(folder: Path) -> None:
    """Import it, printing how many rows are done after each chunk."""
    from upswing.actions.import_batch import About, import_batch
    from upswing.cli import asked
    from upswing.connectors.files.connector import Files
    from upswing.connectors.files.mapping import read_mapping

    mapping = read_mapping(folder / "map.toml")
    about = About(mapping.source, mapping.name, mapping.currency, "", mapping.read_on, "map.toml")
    viewer = asked.operator("kill test")
    done = import_batch(
        viewer, Files(folder, mapping), about, asked.now(), lambda done, total: print(done, flush=True)
    )
    assert done.refused == 0, done.problems


def ask(folder: Path) -> None:
    """Have its files ready in a draft, and a job waiting that imports them."""
    import tomllib

    from upswing.actions import drafts, keeping
    from upswing.cli import asked
    from upswing.jobs import tasks

    viewer, now = asked.operator("kill test"), asked.now()
    files = {path.name: keeping.keep_path(path, now) for path in sorted(folder.glob("*.csv"))}
    draft = drafts.begin(viewer, files, now)
    drafts.map_as(viewer, draft, tomllib.loads((folder / "map.toml").read_text()))
    tasks.ask(viewer, draft, drafts.IMPORT)


def work(_: Path) -> None:
    """Do the jobs that wait."""
    from upswing.jobs import worker

    worker.work(until_done=True)


def undo(_: Path) -> None:
    """Take the last import back."""
    from upswing.actions import undoing
    from upswing.cli import asked
    from upswing.intake.models import Batch

    undoing.undo(asked.operator("kill test"), Batch.objects.latest("pk").uid, asked.now())


def in_small_steps() -> None:
    """So that there are many transactions between which to die."""
    from upswing.actions import undoing
    from upswing.actions.taking import SHELVES

    undoing.STEP = CHUNK
    for shelf in SHELVES.values():
        shelf.chunk = CHUNK  # type: ignore[attr-defined]


VERBS: dict[str, Callable[[Path], None]] = {
    "import": import_folder, "ask": ask, "work": work, "undo": undo, "nothing": lambda _: None,
}  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("verb", choices=VERBS)
    parser.add_argument("folder", type=Path, nargs="?", default=Path())
    parser.add_argument("--fatal", type=int, default=0)
    parser.add_argument("--then", choices=("state", "intake", "count"))
    given = parser.parse_args()
    from upswing.cli import installation

    installation.start()
    from django.db import connection

    from tests.kill import state

    in_small_steps()
    statements = Statements(given.fatal)
    with connection.execute_wrapper(statements):
        VERBS[given.verb](given.folder)
    said = {"state": state.told, "intake": state.intake, "count": lambda: str(statements.count)}
    if given.then:
        print(said[given.then]())


if __name__ == "__main__":
    main()
