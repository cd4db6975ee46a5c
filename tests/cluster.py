"""A throw-away PostgreSQL: made in a temporary folder as an unprivileged user, gone afterwards."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

USER = "postgres"
PACKAGE = "postgresql-15"


class NoServer(RuntimeError):
    """There is no PostgreSQL here and it cannot be installed."""


def binaries() -> Path:
    """The folder with initdb and pg_ctl; installs Debian's package when we may."""
    found = _find()
    if found is None and _may_install():
        print(f"Installing {PACKAGE} for the tests …", flush=True)
        subprocess.run(["apt-get", "update", "-qq"], check=False)
        environ = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(
            ["apt-get", "install", "-y", "-qq", PACKAGE], check=False, env=environ, stdout=subprocess.DEVNULL
        )
        found = _find()
    if found is None:
        raise NoServer(
            "PostgreSQL is missing: install version 15 (initdb and pg_ctl), or set UPSWING_TEST_DATABASE_URL "
            "to a database in which the tests may create their own."
        )
    return found


def _find() -> Path | None:
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    if on_path := shutil.which("initdb"):
        places.append(Path(on_path).parent)
    return next(
        (place for place in places if (place / "initdb").exists() and (place / "pg_ctl").exists()), None
    )


def _may_install() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


@contextlib.contextmanager
def throwaway_cluster() -> Iterator[str]:
    """The URL of an empty database on a fresh server, which ends with the block."""
    tools, port = binaries(), _free_port()
    folder = Path(tempfile.mkdtemp(prefix="upswing-postgres-"))
    as_user = _as_unprivileged(folder)
    data = folder / "data"
    try:
        _run(
            [
                *as_user,
                str(tools / "initdb"),
                "-D",
                str(data),
                "-U",
                "upswing",
                "-A",
                "trust",
                "--no-sync",
                "-E",
                "UTF8",
            ]
        )
        options = (
            f"-p {port} -k {folder} -h 127.0.0.1 -c fsync=off -c synchronous_commit=off"
            " -c max_connections=200 -c shared_buffers=256MB"
        )
        log = str(folder / "log")
        _run([*as_user, str(tools / "pg_ctl"), "-D", str(data), "-l", log, "-o", options, "-w", "start"])
        try:
            yield f"postgresql://upswing@127.0.0.1:{port}/postgres"
        finally:
            _run([*as_user, str(tools / "pg_ctl"), "-D", str(data), "-m", "immediate", "-w", "stop"])
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _as_unprivileged(folder: Path) -> list[str]:
    """initdb refuses root: hand the folder to the package's own user."""
    if os.geteuid() != 0:
        return []
    shutil.chown(folder, USER, USER)
    folder.chmod(0o700)
    return ["runuser", "-u", USER, "--"]


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port: int = listening.getsockname()[1]
        return port


def _run(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, cwd="/")
    if done.returncode:
        raise NoServer(f"{' '.join(command)} ended with {done.returncode}: {done.stderr.strip()[-2000:]}")
