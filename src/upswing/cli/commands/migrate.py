"""upswing migrate: bring the database up to date."""

from __future__ import annotations

import argparse

NAME = "migrate"
HELP = "Bring the database up to date (other commands do so themselves)."


def arguments(parser: argparse.ArgumentParser) -> None:
    """None."""


def run(given: argparse.Namespace) -> int:
    """Say whether there was anything to do."""
    from upswing.cli import installation

    installation.start()
    print("The database is up to date.")
    return 0
