"""upswing worker: do the jobs that pages ask for."""

from __future__ import annotations

import argparse

NAME = "worker"
HELP = "Do the jobs that pages ask for, such as imports; `upswing up` starts one."


def arguments(parser: argparse.ArgumentParser) -> None:
    """--until-done."""
    parser.add_argument("--until-done", action="store_true", help="end when no job is left")


def run(given: argparse.Namespace) -> int:
    """Work until stopped."""
    from upswing.cli import installation

    installation.start()
    installation.expect_many_objects()
    from upswing.jobs.worker import Busy, work

    try:
        work(until_done=given.until_done)
    except Busy as error:
        raise installation.NotReady(str(error)) from error
    return 0
