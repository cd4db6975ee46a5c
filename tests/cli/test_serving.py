"""The server: refuses a taken address, answers, and ends on Ctrl C with everything it started."""

from __future__ import annotations

import contextlib
import os
import pty
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from upswing.cli.main import parser


@pytest.fixture(autouse=True)
def heard() -> Iterator[None]:
    """Whatever is started hears Ctrl C, also where the suite itself runs behind a shell that does not."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


def environ(folder: Path) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("UPSWING_", "DJANGO_"))}
    return kept | {"UPSWING_DATA_DIR": str(folder)}


def command(port: int) -> list[str]:
    return [sys.executable, "-m", "upswing.cli.main", "up", "--port", str(port)]


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/accounts/login/", timeout=15) as answer:
            return answer.status == 200
    except OSError:
        return False


def test_ctrl_c_in_a_terminal_ends_the_server_and_everything_it_started(tmp_path: Path):
    port = free_port()
    master, slave = pty.openpty()
    up = subprocess.Popen(
        command(port), env=environ(tmp_path), stdin=slave, stdout=slave, stderr=slave, start_new_session=True
    )
    os.close(slave)
    try:
        said = b""
        while b"Upswing is at" not in said and up.poll() is None:
            said += os.read(master, 1000)
        assert answers(port)
        os.killpg(up.pid, signal.SIGINT)  # as the terminal does for the group in front
        assert up.wait(60) == 0
    finally:
        up.terminate()
        up.wait(60)
        os.close(master)
    assert not answers(port)


def test_a_taken_port_is_refused_in_one_sentence(tmp_path: Path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = subprocess.run(
            command(port), env=environ(tmp_path), capture_output=True, text=True, timeout=60
        )
    assert done.returncode == 1
    assert "Upswing is at" not in done.stdout
    assert f"127.0.0.1:{port} cannot be used: Address already in use." in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_worker_that_is_killed_is_started_again(tmp_path: Path):
    port = free_port()
    with serving(port, tmp_path) as up:
        assert answers(port)
        before = workers(up.pid)
        os.kill(before[0], signal.SIGKILL)

        def renewed() -> bool:
            now = workers(up.pid)
            return before[0] not in now and len(now) == len(before) and answers(port)

        assert within(60, renewed)
        up.terminate()
        assert up.wait(60) == 0
    assert not answers(port)


@contextlib.contextmanager
def serving(port: int, folder: Path) -> Iterator[subprocess.Popen[str]]:
    """A server that answers; it is ended whatever happens, so that a failure leaves none behind."""
    with subprocess.Popen(command(port), env=environ(folder), stdout=subprocess.PIPE, text=True) as up:
        try:
            assert up.stdout is not None
            assert "Upswing is at" in up.stdout.readline()
            yield up
        finally:
            up.terminate()


def within(seconds: float, true: Callable[[], bool]) -> bool:
    """Whether it comes true in time: a worker loads for seconds where other programs run beside it."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if true():
            return True
        time.sleep(0.2)
    return False


def workers(supervisor: int) -> list[int]:
    """The processes of the server's group below its master."""

    def children(pid: int) -> list[int]:
        text = Path(f"/proc/{pid}/task/{pid}/children").read_text()
        return [int(child) for child in text.split()]

    if not Path("/proc/self/task").exists():
        pytest.skip("only where /proc tells of children")
    return [worker for master in children(supervisor) for worker in children(master)]


@pytest.mark.parametrize("text", ["0", "99999", "http", "-1"])
def test_what_is_no_port_is_refused(text: str, capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit):
        parser().parse_args(["up", f"--port={text}"])
    assert "is no port" in capsys.readouterr().err
