"""Keep a file and die before the nth step of it, for every n: python -m tests.kill.keeping FILE

Each try is a process of its own; after each one every kept file must be whole. Prints how many died.
"""

from __future__ import annotations

import hashlib
import os
import signal
import sys
from collections.abc import Callable
from itertools import count
from pathlib import Path
from types import FrameType
from typing import Any

os.environ["DJANGO_SETTINGS_MODULE"] = "upswing.config.settings"
PART = 1 << 12
KILLED, DONE = -signal.SIGKILL, 0


def fatal(step: int) -> Callable[..., Any]:
    """A tracer that dies before the nth line of `kept`."""
    from upswing.actions.keeping import kept

    steps = count(1)

    def lines(frame: FrameType, event: str, _: Any) -> Any:
        if event == "line" and next(steps) == step:
            os.kill(os.getpid(), signal.SIGKILL)
        return lines

    return lambda frame, event, _: lines if frame.f_code is kept.__code__ else None


def keep(path: Path, step: int) -> None:
    """Keep the file's parts; dies before the nth line of that."""
    from upswing.actions.keeping import kept
    from upswing.cli import asked

    content, now = path.read_bytes(), asked.now()
    sys.settrace(fatal(step))
    kept((content[start : start + PART] for start in range(0, len(content), PART)), path.name, now)


def tried(path: Path, step: int) -> int:
    """The exit code of a process that keeps the file so far."""
    if child := os.fork():
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    keep(path, step)
    os._exit(DONE)


def check() -> None:
    """Whatever stands under a digest is what it says, and each file the database knows stands there."""
    from django.conf import settings
    from django.db import connection

    from upswing.actions.keeping import place_of
    from upswing.intake.models import Upload

    for path in (settings.DATA_DIR / "files").glob("??/*"):
        assert hashlib.sha256(path.read_bytes()).hexdigest() == path.name
    for upload in Upload.objects.all():
        assert place_of(upload).stat().st_size == upload.size
    connection.close()  # before the next process


def main(path: Path) -> None:
    from upswing.cli import installation

    installation.start()
    from django.db import connection

    connection.close()
    for step in count(1):
        code = tried(path, step)
        check()
        if code == DONE:
            print(step - 1)
            return
        assert code == KILLED, code


if __name__ == "__main__":
    main(Path(sys.argv[1]))
