"""upswing check: do tiers equal facts, and facts records?"""

from __future__ import annotations

import argparse

from django.core.checks import run_checks

NAME = "check"
HELP = "Check that tiers equal facts and facts equal records."
SHOWN = 20


def arguments(parser: argparse.ArgumentParser) -> None:
    """None."""


def run(given: argparse.Namespace) -> int:
    """Exit code 1 when they disagree."""
    from upswing.cli import asked, installation

    installation.start()
    from upswing.actions.rebuild import check
    from upswing.cli.reports import counted

    for message in run_checks(tags=["pdf"]):
        print(message.msg)
    found = check(asked.operator("check"))
    for sentence in found[:SHOWN]:
        print(sentence)
    if found:
        print(
            f"{counted(len(found), 'disagreement')}. `upswing rebuild` makes the figures anew from the records."
        )
        return 1
    print("Tiers equal facts, facts equal records.")
    return 0
