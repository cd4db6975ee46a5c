"""upswing snapshot: write down how the pipeline stands now, and what is forecast of it."""

from __future__ import annotations

import argparse

NAME = "snapshot"
HELP = "Write down how the pipeline stands now and what is forecast of it; the worker does so each night."


def arguments(parser: argparse.ArgumentParser) -> None:
    """--again."""
    parser.add_argument("--again", action="store_true", help="take another one of today")


def run(given: argparse.Namespace) -> int:
    """Take it."""
    from upswing.cli import asked, installation

    installation.start()
    from upswing.actions.snapshots import take
    from upswing.cli.reports import counted

    found = take(asked.operator("snapshot"), asked.today(), asked.now(), again=given.again)
    held = f"{counted(found.deals, 'open deal')}, {counted(found.forecasts, 'forecast')}"
    print(f"Snapshot {found.number} of {found.day}: {held}.")
    return 0
