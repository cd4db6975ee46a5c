"""An import that runs into a full disk, and goes on once there is room: unshare -rm python -m tests.disk.full FOLDER LIKE ROOM

FOLDER holds the files, LIKE is an installation to begin from, ROOM how many kilobytes the import has. Prints as JSON what
the import said, its exit code, those of the import after room was made, and the state at the end.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.kill.running import ROOT, Environ, state, upswing

SIZE = 64
"""Megabytes of the disk."""
BLOCK = 1 << 12


def main(folder: Path, like: Path, room: int) -> None:
    with tempfile.TemporaryDirectory(prefix="upswing-disk-") as disk:
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE}m", "none", disk], check=True)
        try:
            print(json.dumps(imported(folder, like, Path(disk), room)))
        finally:
            subprocess.run(["umount", "-l", disk], check=True)


def imported(folder: Path, like: Path, disk: Path, room: int) -> dict[str, object]:
    data, ballast = disk / "data", disk / "ballast"
    shutil.copytree(like, data)
    environ = {**os.environ, "UPSWING_DATA_DIR": str(data)}
    fill(ballast, room)
    code, said = run(environ, folder)
    ballast.unlink()
    between = state(environ).splitlines()[-1]
    again, _ = run(environ, folder)
    return {"code": code, "said": said, "between": between, "again": again, "state": state(environ)}


def fill(ballast: Path, room: int) -> None:
    """Leave so many kilobytes free."""
    free = os.statvfs(ballast.parent)
    ballast.write_bytes(bytes(free.f_bavail * free.f_frsize // BLOCK * BLOCK - (room << 10)))


def run(environ: Environ, folder: Path) -> tuple[int, str]:
    """The exit code of the command, and its error output."""
    command = upswing("import", str(folder), "--mapping", str(folder / "map.toml"), "--format", "json")
    done = subprocess.run(command, env=environ, cwd=ROOT, capture_output=True, text=True)
    return done.returncode, done.stderr


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
