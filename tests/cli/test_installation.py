"""The installation looks after its own database: copied before an upgrade, made once by two first starts."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest


def run(folder: Path, code: str) -> subprocess.CompletedProcess[str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("UPSWING_", "DJANGO_"))}
    environ = kept | {"UPSWING_DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "upswing.config.settings"}
    return subprocess.run(
        [sys.executable, "-c", code], env=environ, capture_output=True, text=True, timeout=120
    )


START = "from upswing.cli.installation import start; start()\n"


def test_an_upgrade_copies_the_database_first(tmp_path: Path):
    assert run(tmp_path, START).returncode == 0
    assert not list(tmp_path.glob("before-upgrade-*"))
    undone = (
        START
        + "from django.core.management import call_command; call_command('migrate', 'goals', 'zero', verbosity=0)"
    )
    assert run(tmp_path, undone).returncode == 0
    assert run(tmp_path, START).returncode == 0
    (copy,) = tmp_path.glob("before-upgrade-*.sqlite3")
    assert copy.stat().st_size > 10_000
    assert copy.stat().st_mode & 0o077 == 0
    assert (tmp_path / "upswing.sqlite3").stat().st_mode & 0o077 == 0


def test_a_lost_cache_table_is_made_again(tmp_path: Path):
    lost = START + "from django.db import connection; connection.cursor().execute('DROP TABLE upswing_cache')"
    assert run(tmp_path, lost).returncode == 0
    there = START + "from django.core.cache import cache; cache.set('a', 1); assert cache.get('a') == 1"
    assert run(tmp_path, there).returncode == 0


def test_first_starts_at_once_do_not_collide(tmp_path: Path):
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("UPSWING_", "DJANGO_"))}
    environ = kept | {"UPSWING_DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "upswing.config.settings"}
    starts = [
        subprocess.Popen([sys.executable, "-c", START], env=environ, stderr=subprocess.PIPE) for _ in range(3)
    ]
    said = [start.communicate(timeout=120)[1].decode() for start in starts]
    assert [start.returncode for start in starts] == [0, 0, 0], said


@pytest.mark.parametrize(
    "url", ["postgresql://me:hunter2@nowhere.invalid:99999/x", "mysql://me:hunter2@db/x"]
)
def test_a_password_in_an_address_is_never_printed(tmp_path: Path, url: str):
    environ = {key: value for key, value in os.environ.items() if not key.startswith(("UPSWING_", "DJANGO_"))}
    environ |= {"UPSWING_DATA_DIR": str(tmp_path), "UPSWING_DATABASE_URL": url}
    done = subprocess.run(
        [sys.executable, "-m", "upswing.cli.main", "check"],
        env=environ,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 1
    assert "hunter2" not in done.stdout + done.stderr
