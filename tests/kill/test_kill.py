"""Kill -9 in the middle of an import, again and again: each time the end is as after one clean run."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest

from tests.kill import folder as files
from tests.kill.folder import write

pytestmark = pytest.mark.kill

KILLS = int(os.environ.get("UPSWING_KILLS", "20"))
ROOT = Path(__file__).parents[2]
AT_ONCE = 2
A_CHUNK = 0.15
"""Seconds, about, that one takes."""
ROWS = files.DEALS + files.LEADS + files.ACTIVITIES
"""Fewer than an import does."""
KINDS = {
    "Account", "Activity", "AmountChange", "CloseChange", "Contact", "Credit", "Deal", "Fact", "Holiday", "Invoice", "Lead",
    "Login", "Membership", "Organisation", "Person", "Product", "Quota", "Quote", "QuoteLine", "RepDay", "RepMonth",
    "StageMove", "Team", "TimeEntry", "TimeOff",
}  # fmt: skip


@contextmanager
def installation(folder: Path, name: str, like: str = "") -> Iterator[dict[str, str]]:
    """An environment with a database of its own, on the engine of this run: empty, or a copy of another one."""
    environ = {key: value for key, value in os.environ.items() if not key.startswith("UPSWING_")}
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


def command(*words: str) -> list[str]:
    return [sys.executable, "-m", "tests.kill.child", *words]


def killed_while_running(folder: Path, environ: dict[str, str], chance: random.Random) -> bool:
    """Start an import, let it get some way into a chunk, kill it; true when it was not yet done."""
    after = chance.randrange(ROWS)
    with subprocess.Popen(
        command("import", str(folder)), env=environ, cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout is not None
        for line in child.stdout:
            if int(line) >= after:
                break
        time.sleep(chance.uniform(0, A_CHUNK))
        unfinished = child.poll() is None
        child.kill()
        child.stdout.read()
    return unfinished and child.returncode == -9


def finished(environ: dict[str, str], *words: str) -> str:
    done = subprocess.run(command(*words), env=environ, capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def killed_at(folder: Path, environ: dict[str, str], statement: int) -> bool:
    """Let an import die before its nth statement."""
    words = command("import", str(folder), str(statement))
    return subprocess.run(words, env=environ, cwd=ROOT, stdout=subprocess.DEVNULL).returncode == -9


def killed_and_finished(tmp: Path, number: int, statements: int) -> str | None:
    """The state after an import over a book of version 1 was killed and run again; None when no kill hit it.

    Each fourth is killed at a moment of the clock, the others before a statement, spread over all of them.
    """
    folder, chance = tmp / "after", random.Random(number)
    with installation(tmp, f"killed{number}", like="before") as environ:
        if number % 4 == 0:
            hit = killed_while_running(folder, environ, chance)
        else:
            part = statements // KILLS
            hit = killed_at(folder, environ, 1 + number % KILLS * part + chance.randrange(part))
        return finished(environ, "finish", str(folder)) if hit else None


def test_an_import_killed_at_any_moment_and_run_again_ends_as_one_clean_run(tmp_path: Path):
    folder = write(tmp_path / "after", 2)
    with installation(tmp_path, "clean") as environ:
        clean = finished(environ, "finish", str(folder))
    assert clean.endswith("\n[]\n")  # tiers equal facts, facts equal records
    assert {line.split()[0] for line in clean.splitlines()[:-1]} == KINDS
    effective = 0
    with installation(tmp_path, "before") as environ:
        finished(environ, "import", str(write(tmp_path / "first", 1)))
        with installation(tmp_path, "counted", like="before") as other:
            statements = int(finished(other, "count", str(folder)))
        with ThreadPoolExecutor(AT_ONCE) as pool:
            for start in range(0, 2 * KILLS, AT_ONCE):
                numbers = range(start, start + AT_ONCE)
                rounds = pool.map(lambda number: killed_and_finished(tmp_path, number, statements), numbers)
                for state in rounds:
                    assert state is None or state == clean
                    effective += state is not None
                if effective >= KILLS:
                    return
    pytest.fail(f"only {effective} of {2 * KILLS} kills hit a running import")


def test_two_imports_of_one_file_at_once_end_as_one(tmp_path: Path):
    folder = write(tmp_path / "files", 1)
    with installation(tmp_path, "racing") as environ:
        finished(environ, "state")  # make the schema first
        both = [
            subprocess.Popen(command("import", str(folder)), env=environ, cwd=ROOT, stdout=subprocess.DEVNULL)
            for _ in range(2)
        ]
        assert [process.wait() for process in both] == [0, 0]
        raced = finished(environ, "state")
    with installation(tmp_path, "alone") as environ:
        finished(environ, "import", str(folder))
        alone = finished(environ, "state")
    assert raced == alone
