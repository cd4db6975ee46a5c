"""Kill -9 in the middle of an import, again and again: the end is as after one clean run."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest

pytestmark = pytest.mark.kill

KILLS = int(os.environ.get("UPSWING_KILLS", "20"))
REPS, DEALS = 8, 400
MAPPING = """
source = "crm"
currency = "EUR"
[people]
file = "people.csv"
columns = { name = "rep", manager = "boss" }
[deals]
file = "deals.csv"
columns = { id = "id", rep = "rep", stage = "stage", created = "opened", closed = "closed", amount = "amount" }
stages = { Open = "open", Won = "won", Lost = "lost" }
"""


def write(folder: Path, version: int) -> Path:
    """Files in which every amount, and who owns a tenth of the deals, differs from the version before."""
    folder.mkdir(parents=True, exist_ok=True)
    chance = random.Random(version)
    (folder / "map.toml").write_text(MAPPING)
    (folder / "people.csv").write_text("rep,boss\n" + "".join(f"Rep {n},Boss {n % 2}\n" for n in range(REPS)))
    lines = ["id,rep,stage,opened,closed,amount"]
    for number in range(DEALS):
        rep = chance.randrange(REPS) if number % 10 == 0 else number % REPS
        stage = ("Open", "Won", "Lost")[(number + version) % 3]
        closed = "" if stage == "Open" else f"2026-{1 + number % 9:02}-{1 + number % 28:02}"
        lines.append(
            f"D{number},Rep {rep},{stage},2025-{1 + number % 12:02}-03,{closed},{100 * version + number}"
        )
    (folder / "deals.csv").write_text("\n".join(lines) + "\n")
    return folder


@contextmanager
def installation(folder: Path, name: str) -> Iterator[dict[str, str]]:
    """An environment with an empty database of its own, on the engine of this run."""
    environ = {key: value for key, value in os.environ.items() if not key.startswith("UPSWING_")}
    environ |= {"UPSWING_DATA_DIR": str(folder / name), "PYTHONPATH": str(Path.cwd())}
    url = os.environ.get("UPSWING_TEST_DATABASE_URL")
    if not url:
        yield environ
        return
    import psycopg

    database = f"kill_{os.getpid()}_{name}"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {database}")
        try:
            yield environ | {"UPSWING_DATABASE_URL": urlunsplit(urlsplit(url)._replace(path=f"/{database}"))}
        finally:
            server.execute(f"DROP DATABASE {database} WITH (FORCE)")


def command(*words: str) -> list[str]:
    return [sys.executable, "-m", "tests.kill.child", *words]


def killed_while_running(folder: Path, environ: dict[str, str], chance: random.Random) -> bool:
    """Start an import, let it get some way, kill it; true when it was not yet done."""
    after = chance.randrange(REPS, DEALS)  # rows done, the people counted in
    with subprocess.Popen(
        command("import", str(folder)), env=environ, stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout is not None
        for line in child.stdout:
            if int(line) >= after:
                break
        time.sleep(chance.uniform(0, 0.03))
        unfinished = child.poll() is None
        child.kill()
        child.stdout.read()
    return unfinished and child.returncode == -9


def finished(environ: dict[str, str], *words: str) -> str:
    done = subprocess.run(command(*words), env=environ, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def test_an_import_killed_again_and_again_ends_as_one_clean_run(tmp_path: Path):
    chance, effective, version = random.Random(20261122), 0, 0
    with installation(tmp_path, "killed") as environ:
        while effective < KILLS:
            version += 1
            assert version < 4 * KILLS, f"only {effective} of {version} kills hit a running import"
            effective += killed_while_running(write(tmp_path / "files", version), environ, chance)
        finished(environ, "import", str(tmp_path / "files"))
        after_kills = finished(environ, "state")
    with installation(tmp_path, "clean") as environ:
        finished(environ, "import", str(tmp_path / "files"))
        clean = finished(environ, "state")
    assert after_kills == clean
    assert after_kills.endswith("[]\n")  # tiers equal facts, facts equal records


def test_two_imports_of_one_file_at_once_end_as_one(tmp_path: Path):
    folder = write(tmp_path / "files", 1)
    with installation(tmp_path, "racing") as environ:
        finished(environ, "state")  # make the schema first
        both = [
            subprocess.Popen(command("import", str(folder)), env=environ, stdout=subprocess.DEVNULL)
            for _ in range(2)
        ]
        assert [process.wait() for process in both] == [0, 0]
        raced = finished(environ, "state")
    with installation(tmp_path, "alone") as environ:
        finished(environ, "import", str(folder))
        alone = finished(environ, "state")
    assert raced == alone
