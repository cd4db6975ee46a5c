"""Workbooks, read in a process of its own: one that lies about its size kills that process, and nothing else."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Timer
from typing import IO

from upswing.connectors.connector import Unreadable
from upswing.connectors.files.workbook_child import MEMORY

MODULE = "upswing.connectors.files.workbook_child"
SIZE, OUTPUT, BLOCK = 50 << 20, 500 << 20, 1 << 20
SECONDS = 30
INHERITED = ("PATH", "LD_LIBRARY_PATH")
"""What the process may know of the environment: where Python is, and no secret."""
MEND = "Save the sheet as CSV and bring that."


def sheets_of(path: Path, name: str, fresh: Callable[[], Path]) -> dict[str, Path]:
    """The sheets that have cells, each as a CSV file in UTF-8; `fresh` makes a path for each.

    Raises Unreadable, calling the workbook `name`, when it is too large, locked or damaged.
    """
    if path.stat().st_size > SIZE:
        raise Unreadable(f"“{name}” has more than {SIZE >> 20} MB. {MEND}")
    with path.open("rb") as opened, _child(opened) as child:
        assert child.stdout  # noqa: S101  (it is a pipe)
        late = Timer(SECONDS, child.kill)
        late.start()
        try:
            found, refused = _received(child.stdout, fresh)
            refused = _died(child.wait(), late) if refused is None else refused
        finally:
            late.cancel()
            child.kill()
    if refused:
        raise Unreadable(f"“{name}” {refused}")
    if not found:
        raise Unreadable(f"“{name}” has no sheet with cells.")
    return found


def _child(opened: IO[bytes]) -> subprocess.Popen[bytes]:
    environ = {key: os.environ[key] for key in INHERITED if key in os.environ}
    command = [sys.executable, "-I", "-B", "-m", MODULE]
    return subprocess.Popen(  # noqa: S603  (our own module; the file comes through standard input)
        command, stdin=opened, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environ
    )


def _received(stream: IO[bytes], fresh: Callable[[], Path]) -> tuple[dict[str, Path], str | None]:
    """What the child wrote, and why it refused: empty when it came to the end, None when it died before."""
    found: dict[str, Path] = {}
    left = OUTPUT
    while (line := stream.readline()).endswith(b"\n"):
        said = json.loads(line)
        if "sheet" not in said:
            return found, said.get("refused", "")
        left -= said["bytes"]
        if left < 0:
            return found, f"holds more than {OUTPUT >> 20} MB of text. {MEND}"
        if said["sheet"] not in found:
            found[said["sheet"]] = fresh()
        with found[said["sheet"]].open("ab") as file:
            _copy(stream, file, said["bytes"])
    return found, None


def _copy(stream: IO[bytes], file: IO[bytes], size: int) -> None:
    while size and (block := stream.read(min(size, BLOCK))):
        size -= file.write(block)


def _died(code: int, late: Timer) -> str:
    if not late.is_alive() or code == -signal.SIGXCPU:
        return f"takes too long to open. {MEND}"
    if code in {-signal.SIGABRT, -signal.SIGSEGV}:
        return f"would need more than {MEMORY >> 20:,} MB to open; save the sheet as CSV and bring that."
    return f"is damaged, or no workbook that can be read. {MEND}"
