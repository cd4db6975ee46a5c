"""upswing scorecard: one rep's scorecard as a table or JSON."""

from __future__ import annotations

import argparse
import json

from upswing.cli.asked import period_arguments

NAME = "scorecard"
HELP = "Show a rep's scorecard."


def arguments(parser: argparse.ArgumentParser) -> None:
    """--rep, --period, --at, --format."""
    parser.add_argument("--rep", required=True, metavar="NAME", help="the rep's name")
    period_arguments(parser)


def run(given: argparse.Namespace) -> int:
    """Print it."""
    from upswing.cli import asked, installation

    installation.start()
    from upswing.actions.looking import looked
    from upswing.cli.tables import print_card
    from upswing.people.looks import What
    from upswing.queries.plain import plain_scorecard
    from upswing.queries.scorecard import scorecard

    viewer = asked.operator("scorecard")
    period, at = asked.period_and_moment(given)
    card = scorecard(viewer, asked.rep_called(viewer, given.rep), period, at)
    looked(viewer, [card.rep_id], What.SCORECARD, asked.now())
    if given.format == "json":
        print(json.dumps(plain_scorecard(card), indent=2, ensure_ascii=False))
    else:
        print_card(card)
    return 0
