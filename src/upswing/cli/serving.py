"""Serve the product: one group of processes, started when the address is free and ended as one."""

from __future__ import annotations

import argparse
import contextlib
import ipaddress
import os
import signal
import socket
import subprocess
import sys
import time
from types import FrameType

from upswing.cli.installation import NotReady

UP_WITHIN, DOWN_WITHIN, LOOK_EVERY = 60.0, 8.0, 0.3
"""Seconds to wait for the first answer, for the processes to end by themselves, and between two looks at them."""
WORKER = [sys.executable, "-m", "upswing.cli.main", "worker"]


def address_arguments(parser: argparse.ArgumentParser) -> None:
    """--host and --port."""
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument("--port", type=port, default=8000)


def port(text: str) -> int:
    """A port number."""
    if not text.isdecimal() or not 1 <= int(text) <= 65_535:
        raise argparse.ArgumentTypeError(f"“{text}” is no port; write a number from 1 to 65535")
    return int(text)


def is_loopback(host: str) -> bool:
    """True when nothing outside this machine can reach the address."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def serve(host: str, port: int, workers: int, *, reload: bool = False) -> int:
    """Serve until stopped by Ctrl C or SIGTERM. Raises NotReady when the address is taken.

    The server runs in a group of its own, so that Ctrl C reaches only this process, which then ends all of it.
    """
    from django.db import connections

    refuse_taken(host, port)
    connections.close_all()  # no connection crosses into the server's processes
    signal.signal(signal.SIGTERM, _stop)
    server, jobs = _begun(_command(host, port, workers, reload=reload)), _Jobs()
    try:
        if _answers(host, port, server):
            print(f"Upswing is at http://{host}:{port}/ (Ctrl C stops it)", flush=True)
        while server.poll() is None:
            jobs.look_after()
            time.sleep(LOOK_EVERY)
        return server.wait()
    except KeyboardInterrupt:
        return 0
    finally:
        _end(server, jobs.process)


def _begun(command: list[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(command, start_new_session=True)  # noqa: S603


class _Jobs:
    """The process that does the jobs, begun again when it ends, each time after a longer pause."""

    def __init__(self) -> None:
        self.process, self.pause = _begun(WORKER), 1.0
        self.again: float | None = None

    def look_after(self) -> None:
        """Begin it again if it has ended and the pause is over."""
        if self.process.poll() is None:
            return
        if self.again is None:
            self.again, self.pause = time.monotonic() + self.pause, min(60.0, self.pause * 2)
        elif time.monotonic() >= self.again:
            self.process, self.again = _begun(WORKER), None


def _command(host: str, port: int, workers: int, *, reload: bool) -> list[str]:
    return [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port),
        "--workers", str(workers), "--blocking-threads", "4", "--respawn-failed-workers", "--no-ws",
        "--log-level", "warning", *(["--reload"] if reload else []), "upswing.config.wsgi:application",
    ]  # fmt: skip


def refuse_taken(host: str, port: int) -> None:
    """Two servers may share a port without either noticing, so we ask first. Raises NotReady when it is taken."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(found[0], found[1]) as asked:
            asked.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            asked.bind(found[4])
    except OSError as error:
        raise NotReady(
            f"{host}:{port} cannot be used: {error.strerror or error}. "
            "Stop the program that uses it, or choose another with --port."
        ) from error


def _answers(host: str, port: int, server: subprocess.Popen[bytes]) -> bool:
    """True once the server takes connections; false when it ended before."""
    until = time.monotonic() + UP_WITHIN
    while server.poll() is None and time.monotonic() < until:
        with contextlib.suppress(OSError), socket.create_connection((host, port), timeout=1):
            return True
        time.sleep(0.1)
    return False


def _end(*processes: subprocess.Popen[bytes]) -> None:
    """Ask the processes to end, then their whole groups to be gone. A job cut off goes on at the next start."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a second Ctrl C must not interrupt the ending
    for process in processes:
        if process.poll() is None:
            process.terminate()
    until = time.monotonic() + DOWN_WITHIN
    for process in processes:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(max(0.0, until - time.monotonic()))
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _stop(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
