"""A disk that is full in the middle of an import: one sentence, nothing half done, and the same end once there is room.

On SQLite, whose file stands in the data folder. PostgreSQL's stands where its server keeps it; a throw-away one with its
files on a small disk of root's own would need more than `unshare` gives: it runs as another user.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError

from tests.kill.folder import write
from tests.kill.running import ROOT, installation, state
from upswing.actions.bulk import as_long_as_there_is_room
from upswing.connectors.connector import Unreadable

on_sqlite = pytest.mark.skipif(
    "UPSWING_TEST_DATABASE_URL" in os.environ, reason="the disk is the SQLite file's"
)

STEPS = int(os.environ.get("UPSWING_DISK_STEPS", "4"))
ENOUGH = 3_000
"""Kilobytes that the import needs, about. Each step gives it more of them, and never all."""
AT_ONCE = 2


def may_mount(place: Path) -> bool:
    """Whether this machine lets us have a small disk of our own."""
    command = ["unshare", "-rm", "mount", "-t", "tmpfs", "none", str(place)]
    return bool(shutil.which("unshare")) and subprocess.run(command, capture_output=True).returncode == 0


@pytest.mark.kill
@on_sqlite
def test_an_import_into_a_full_disk_says_so_and_is_completed_once_there_is_room(tmp_path: Path):
    if not may_mount(tmp_path):
        pytest.skip("unshare and mount are not allowed here: no disk can be made small enough")
    folder = write(tmp_path / "files", 1)
    with installation(tmp_path, "empty") as environ:
        state(environ)  # makes the schema
        with installation(tmp_path, "clean", like="empty") as clean:
            expected = state(clean, "import", folder)

        def found(step: int) -> dict[str, Any]:
            words = [str(folder), str(tmp_path / "empty"), str(ENOUGH * (1 + step) // (1 + STEPS))]
            command = ["unshare", "-rm", sys.executable, "-m", "tests.disk.full", *words]
            done = subprocess.run(command, env=environ, cwd=ROOT, capture_output=True, text=True)
            assert done.returncode == 0, done.stderr[-2000:]
            return dict(json.loads(done.stdout))

        with ThreadPoolExecutor(AT_ONCE) as pool:
            ends = list(pool.map(found, range(STEPS)))
    for end in ends:
        assert end["code"] == 1
        assert end["said"].startswith("upswing: ")
        assert "Make room" in end["said"]
        assert end["said"].count("\n") == 1  # one sentence
        assert end["between"] == "[]"  # tiers equal facts, facts equal records
        assert (end["again"], end["state"]) == (0, expected)


def test_what_postgresql_says_of_a_full_disk_is_one_sentence_too():
    said = 'could not extend file "base/5/16": No space left on device\nHINT:  Check free disk space.'
    with pytest.raises(Unreadable) as refused, as_long_as_there_is_room():
        raise OperationalError(said)
    assert "No space left on device. Make room on its disk" in str(refused.value)
    assert "\n" not in str(refused.value)


def test_what_is_not_about_room_is_not_taken_for_it():
    with pytest.raises(OperationalError, match="no such table"), as_long_as_there_is_room():
        raise OperationalError("no such table: deal")
