"""upswing up: migrate when safe, then serve."""

from __future__ import annotations

import argparse
import ipaddress
import os
import sys

NAME = "up"
HELP = "Bring the database up to date and serve the product."


def arguments(parser: argparse.ArgumentParser) -> None:
    """Where to listen, and with how many processes."""
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=2, help="server processes")
    parser.add_argument("--reload", action="store_true", help="start again when a source file changes")


def run(given: argparse.Namespace) -> int:
    """Serve until stopped."""
    if is_loopback(given.host):  # plain HTTP that never leaves this machine
        os.environ.setdefault("UPSWING_INSECURE_HTTP", "1")
    from upswing.cli import installation

    installation.start()
    installation.collect_static()
    print(f"Upswing is at http://{given.host}:{given.port}/ (Ctrl C stops it)", flush=True)
    return serve(given.host, given.port, given.workers, reload=given.reload)


def is_loopback(host: str) -> bool:
    """True when nothing outside this machine can reach the address."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def serve(host: str, port: int, workers: int, *, reload: bool = False) -> int:
    """Become the server: one process group, a worker that dies is started again."""
    from django.db import connections

    connections.close_all()  # no connection crosses into the workers
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port),
        "--workers", str(workers), "--blocking-threads", "4", "--respawn-failed-workers", "--no-ws",
        "--log-level", "warning", "upswing.config.wsgi:application",
    ]  # fmt: skip
    if reload:
        command.insert(-1, "--reload")
    os.execv(sys.executable, command)  # noqa: S606  (our own interpreter, fixed words)
