"""One import in a process of its own, to be killed: prints how many rows are done after each chunk.

python -m tests.kill.child import FOLDER [N: die before the Nth statement] | state | finish FOLDER (import, then state)
| count FOLDER (import, then the number of statements)
"""

from __future__ import annotations

import os
import signal
import sys
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


def run(folder: Path, *, tell: bool = True) -> None:
    from upswing.actions.import_batch import About, import_batch
    from upswing.cli import asked
    from upswing.connectors.files.connector import Files
    from upswing.connectors.files.mapping import read_mapping

    mapping = read_mapping(folder / "map.toml")
    about = About(mapping.source, mapping.name, mapping.currency, "", mapping.read_on, "map.toml")
    done = import_batch(
        asked.operator("kill test"),
        Files(folder, mapping),
        about,
        asked.now(),
        lambda done, total: print(done, flush=True) if tell else None,
    )
    assert done.refused == 0, done.problems


def in_small_steps() -> None:
    """So that there are many transactions between which to die."""
    from upswing.actions.taking import SHELVES

    for shelf in SHELVES.values():
        shelf.chunk = CHUNK  # type: ignore[attr-defined]


if __name__ == "__main__":
    from upswing.cli import installation

    installation.start()
    from django.db import connection

    verb, *words = sys.argv[1:]
    statements = Statements(int(words[1]) if len(words) > 1 else 0)
    in_small_steps()
    if verb != "state":
        with connection.execute_wrapper(statements):
            run(Path(words[0]), tell=verb == "import")
    if verb in {"state", "finish"}:
        from tests.kill.state import told

        print(told())
    if verb == "count":
        print(statements.count)
