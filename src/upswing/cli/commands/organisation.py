"""upswing organisation: name, time zone, country, fiscal year, holidays, and who is off when."""

from __future__ import annotations

import argparse

from upswing.cli.asked import day

NAME = "organisation"
HELP = "Show or set the organisation's name, time zone, country, fiscal year, holidays and people's time off."


def arguments(parser: argparse.ArgumentParser) -> None:
    """What to set; nothing shows what is set."""
    parser.add_argument("--name")
    parser.add_argument("--time-zone", metavar="ZONE", help="an IANA zone, like Europe/Copenhagen")
    parser.add_argument(
        "--fiscal-start", type=int, metavar="MONTH", help="first month of the fiscal year, 1 to 12"
    )
    parser.add_argument(
        "--country", metavar="CODE", help="whose numbers, money and dates are written, like US or DK"
    )
    parser.add_argument(
        "--holiday", type=day, action="append", default=[], metavar="DAY", help="nobody works; repeat"
    )
    parser.add_argument(
        "--time-off", nargs=2, action="append", default=[], metavar=("NAME", "PERIOD"),
        help="a person is not available, like “Tess Lund” 2026-10-19..2026-10-22; repeat",
    )  # fmt: skip


def run(given: argparse.Namespace) -> int:
    """Set what was given, then show all of it."""
    from upswing.cli import asked, installation

    installation.start()
    from upswing.actions.founding import is_founded
    from upswing.actions.organisation import add_holidays, add_time_off, set_organisation
    from upswing.core.period import parse_period
    from upswing.queries.organisation import organisation

    viewer = asked.operator("organisation")
    set_organisation(viewer, given.name, given.time_zone, given.fiscal_start, given.country)
    add_holidays(viewer, given.holiday, asked.now())
    for name, text in given.time_off:
        over = parse_period(text, asked.today(), organisation().fiscal_start)
        add_time_off(viewer, name, over, asked.now())
    if not is_founded():
        print("There is no organisation yet. The first import makes it: upswing import PATH.")
        return 0
    found = organisation()
    print(
        f"{found.name}: amounts in {found.currency}, days in {found.time_zone}, "
        f"fiscal year from month {found.fiscal_start}, written as in {found.country}."
    )
    return 0
