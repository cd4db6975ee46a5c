"""upswing team: every rep's scorecard of a period as a table, JSON, CSV or a workbook."""

from __future__ import annotations

import argparse
import json

from upswing.cli.asked import period_arguments, workbook_argument

NAME = "team"
HELP = "Show the scorecards of all reps, by name."


def arguments(parser: argparse.ArgumentParser) -> None:
    """--team, --period, --at, --format, --workbook."""
    parser.add_argument("--team", metavar="NAME", help="only this team (and the teams below it)")
    period_arguments(parser, "csv")
    workbook_argument(parser)


def run(given: argparse.Namespace) -> int:
    """Print it."""
    from upswing.cli import asked, installation

    installation.start()
    from upswing.actions.looking import looked
    from upswing.cli.files import print_cards, write_workbook
    from upswing.cli.tables import print_board
    from upswing.people.looks import What
    from upswing.queries.exported import exported_team
    from upswing.queries.plain import plain_board
    from upswing.queries.team import team, team_called

    viewer = asked.operator("team")
    period, at = asked.period_and_moment(given)
    chosen = team_called(viewer, given.team) if given.team else None
    if given.workbook:
        found = exported_team(viewer, period, at, chosen)
        looked(viewer, [card.rep_id for card in found.cards], What.TEAM, asked.now())
        return write_workbook(given.workbook, found)
    board = team(viewer, period, at, chosen)
    looked(viewer, [card.rep_id for card in board.cards], What.TEAM, asked.now())
    if given.format == "json":
        print(json.dumps(plain_board(board), indent=2, ensure_ascii=False))
    elif given.format == "csv":
        print_cards(board)
    else:
        print_board(board)
    return 0
