"""A scratch installation: every measurement runs in a process, folder and database of its own."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

Figures = dict[str, Any]


def measured(part: str, *words: str, url: str = "") -> Figures:
    """The figures that `python -m benchmarks.PART` prints, as JSON on its last line."""
    with tempfile.TemporaryDirectory(prefix="upswing-bench-") as folder:
        environ = {
            **os.environ,
            "UPSWING_DATA_DIR": folder,
            "UPSWING_INSECURE_HTTP": "1",
            "UPSWING_DATABASE_URL": url,
        }
        for name in ("UPSWING_SECRET_KEY", "UPSWING_DEBUG", "DJANGO_SETTINGS_MODULE"):
            environ.pop(name, None)
        command = [sys.executable, "-m", f"benchmarks.{part}", *words]
        done = subprocess.run(command, env=environ, stdout=subprocess.PIPE, text=True, check=True)
    found: Figures = json.loads(done.stdout.splitlines()[-1])
    return found


def start() -> None:
    """Django, with an empty database of the newest schema."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "upswing.config.settings"
    from upswing.cli import installation

    installation.start()


@contextmanager
def emptied() -> Iterator[None]:
    """Leave the database as empty as it was."""
    from django.core.management import call_command

    yield
    call_command("flush", interactive=False, verbosity=0)


def database() -> str:
    """The database in use, with its version."""
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT sqlite_version()")
            return f"SQLite {cursor.fetchone()[0]}"
        cursor.execute("SHOW server_version")
        return f"PostgreSQL {cursor.fetchone()[0].split()[0]}"


def machine() -> str:
    """What the figures were measured on."""
    memory = Path("/proc/meminfo")
    size = f", {int(memory.read_text().split()[1]) // 2**20} GB" if memory.exists() else ""
    return f"{os.cpu_count()} cores{size}, {platform.system()} {platform.machine()}, Python {platform.python_version()}"
