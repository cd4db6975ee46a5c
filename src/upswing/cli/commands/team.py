"""upswing team: every rep's scorecard of a period as a table or JSON."""

from __future__ import annotations

import argparse
import json

from upswing.cli.asked import period_arguments

NAME = "team"
HELP = "Show the scorecards of all reps, by name."


def arguments(parser: argparse.ArgumentParser) -> None:
    """--team, --period, --at, --format."""
    parser.add_argument("--team", metavar="NAME", help="only this team (and the teams below it)")
    period_arguments(parser)


def run(given: argparse.Namespace) -> int:
    """Print it."""
    from upswing.cli import asked, installation

    installation.start()
    from upswing.actions.looking import looked
    from upswing.cli.tables import print_board
    from upswing.people.looks import What
    from upswing.queries.plain import plain_board
    from upswing.queries.team import team, team_called

    viewer = asked.operator("team")
    period, at = asked.period_and_moment(given)
    board = team(viewer, period, at, team_called(viewer, given.team) if given.team else None)
    looked(viewer, [card.rep_id for card in board.cards], What.TEAM, asked.now())
    if given.format == "json":
        print(json.dumps(plain_board(board), indent=2, ensure_ascii=False))
    else:
        print_board(board)
    return 0
