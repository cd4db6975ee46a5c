"""Installations of their own, and processes in them that are killed or run to their end."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

ROOT = Path(__file__).parents[2]
A_CHUNK = 0.15
"""Seconds, about, that one takes."""
Environ = dict[str, str]


@contextmanager
def installation(folder: Path, name: str, like: str = "") -> Iterator[Environ]:
    """An environment with a database of its own, on the engine of this run: empty, or a copy of another one."""
    environ = {key: value for key, value in os.environ.items() if not key.startswith(("UPSWING_", "DJANGO_"))}
    environ |= {"UPSWING_DATA_DIR": str(folder / name), "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    if like:
        shutil.copytree(folder / like, folder / name)
    url = os.environ.get("UPSWING_TEST_DATABASE_URL")
    if not url:
        yield environ
        return
    import psycopg

    database = f"kill_{os.getpid()}_{name}"
    template = f" TEMPLATE kill_{os.getpid()}_{like}" if like else ""
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {database}{template}")
        try:
            yield environ | {"UPSWING_DATABASE_URL": urlunsplit(urlsplit(url)._replace(path=f"/{database}"))}
        finally:
            server.execute(f"DROP DATABASE {database} WITH (FORCE)")


def child(*words: object) -> list[str]:
    return [sys.executable, "-m", "tests.kill.child", *map(str, words)]


def upswing(*words: str) -> list[str]:
    return [sys.executable, "-m", "upswing.cli.main", *words]


def finished(environ: Environ, command: list[str]) -> str:
    """What it printed; it must end well."""
    done = subprocess.run(command, env=environ, capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def state(environ: Environ, *words: object) -> str:
    """The state after this work; after nothing, as it is."""
    printed = finished(environ, child(*(words or ("nothing",)), "--then", "state"))
    return "\n".join(line for line in printed.splitlines() if not line.isdigit())


def statements(environ: Environ, *words: object) -> int:
    """How many this work takes."""
    return int(finished(environ, child(*words, "--then", "count")).split()[-1])


def killed_at(environ: Environ, statement: int, *words: object) -> bool:
    """Let the work die before its nth statement; true when it did."""
    command = child(*words, "--fatal", statement)
    return subprocess.run(command, env=environ, cwd=ROOT, stdout=subprocess.DEVNULL).returncode == -9


def killed_while_importing(environ: Environ, folder: Path, rows: int, chance: random.Random) -> bool:
    """Let an import of more than so many rows get some way into a chunk, kill it; true when it was not yet done."""
    after = chance.randrange(rows)
    with subprocess.Popen(
        child("import", folder), env=environ, cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as importing:
        assert importing.stdout is not None
        for line in importing.stdout:
            if int(line) >= after:
                break
        time.sleep(chance.uniform(0, A_CHUNK))
        unfinished = importing.poll() is None
        importing.kill()
        importing.stdout.read()
    return unfinished and importing.returncode == -9
