"""upswing up: migrate when safe, then serve."""

from __future__ import annotations

import argparse
import os

from upswing.cli.serving import address_arguments, is_loopback, refuse_taken, serve

NAME = "up"
HELP = "Bring the database up to date and serve the product."


def arguments(parser: argparse.ArgumentParser) -> None:
    """Where to listen, and with how many processes."""
    address_arguments(parser)
    parser.add_argument("--workers", type=int, default=2, help="server processes")
    parser.add_argument("--reload", action="store_true", help="start again when a source file changes")


def run(given: argparse.Namespace) -> int:
    """Serve until stopped."""
    if is_loopback(given.host):  # plain HTTP that never leaves this machine
        os.environ.setdefault("UPSWING_INSECURE_HTTP", "1")
    refuse_taken(given.host, given.port)
    from upswing.cli import installation

    installation.start()
    installation.collect_static()
    return serve(given.host, given.port, given.workers, reload=given.reload)
