"""upswing scorecard: one rep's scorecard as a table, JSON or a workbook."""

from __future__ import annotations

import argparse
import json

from upswing.cli.asked import period_arguments, workbook_argument

NAME = "scorecard"
HELP = "Show a rep's scorecard."


def arguments(parser: argparse.ArgumentParser) -> None:
    """--rep, --period, --at, --format, --workbook."""
    parser.add_argument("--rep", required=True, metavar="NAME", help="the rep's name")
    period_arguments(parser)
    workbook_argument(parser)


def run(given: argparse.Namespace) -> int:
    """Print it."""
    from upswing.cli import asked, installation

    installation.start()
    from upswing.actions.looking import looked
    from upswing.cli.files import write_workbook
    from upswing.cli.tables import print_card
    from upswing.people.looks import What
    from upswing.queries.exported import exported_rep
    from upswing.queries.plain import plain_scorecard
    from upswing.queries.scorecard import scorecard

    viewer = asked.operator("scorecard")
    period, at = asked.period_and_moment(given)
    rep = asked.rep_called(viewer, given.rep)
    looked(viewer, [rep], What.SCORECARD, asked.now())
    if given.workbook:
        return write_workbook(given.workbook, exported_rep(viewer, rep, period, at))
    card = scorecard(viewer, rep, period, at)
    if given.format == "json":
        print(json.dumps(plain_scorecard(card), indent=2, ensure_ascii=False))
    else:
        print_card(card)
    return 0
