"""upswing rebuild: make facts and tiers anew from the records."""

from __future__ import annotations

import argparse

NAME = "rebuild"
HELP = "Make all figures anew from the records."


def arguments(parser: argparse.ArgumentParser) -> None:
    """None."""


def run(given: argparse.Namespace) -> int:
    """Print how many facts were made."""
    from upswing.cli import asked, installation

    installation.start()
    from upswing.actions.rebuild import rebuild
    from upswing.cli.reports import counted

    print(f"{counted(rebuild(asked.operator('rebuild')), 'fact')} made anew, tiers recounted.")
    return 0
