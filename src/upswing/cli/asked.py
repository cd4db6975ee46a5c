"""What commands ask for: a moment, a period, a rep; and who is asking."""

from __future__ import annotations

import argparse
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

from upswing.core.moment import until_today
from upswing.core.period import FIRST_YEAR, LAST_YEAR, Period, parse_period
from upswing.people.viewer import NotVisible, Viewer, system_viewer


def period_arguments(parser: argparse.ArgumentParser, *more: str) -> None:
    """--period, --at and --format, which takes `more` formats than a table and JSON."""
    parser.add_argument(
        "--period", default="this-month", help="2017-Q3, 2017-07, 2017-W30, 2017, this-month, last-quarter …"
    )
    parser.add_argument(
        "--at", type=day, default=None, help="as it was known at the close of this day (default: today)"
    )
    parser.add_argument("--format", choices=("table", "json", *more), default="table")


def workbook_argument(parser: argparse.ArgumentParser) -> None:
    """--workbook."""
    parser.add_argument("--workbook", type=Path, metavar="FILE", help="write it as an Excel workbook instead")


def day(text: str) -> date:
    """A day written YYYY-MM-DD."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is no day; write it like 2017-09-30") from None
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise argparse.ArgumentTypeError(f"“{text}” lies outside {FIRST_YEAR} to {LAST_YEAR}")
    return found


def currency(text: str) -> str:
    """An ISO code, whatever the case."""
    from upswing.connectors.files.guess.fitting import is_currency

    if not is_currency(text):
        raise argparse.ArgumentTypeError(f"“{text}” is no ISO code; write one like EUR, USD or DKK")
    return text.upper()


def now() -> datetime:
    """This moment."""
    return datetime.now(UTC)


def today() -> date:
    """The organisation's own day."""
    from upswing.queries.organisation import organisation

    return now().astimezone(ZoneInfo(organisation().time_zone)).date()


def moment(given: argparse.Namespace) -> date:
    """The day as of which to tell: --at, else today. Raises DayToCome."""
    return until_today(given.at, today()) if given.at else today()


def operator(why: str) -> Viewer:
    """Whoever may run this command on the server acts for the installation."""
    return system_viewer(today(), f"command: {why}")


def period_and_moment(given: argparse.Namespace) -> tuple[Period, date]:
    """The asked period and moment; words like this-month are read from the moment.

    Raises UnknownPeriod and DayToCome.
    """
    from upswing.queries.organisation import organisation

    at = moment(given)
    return parse_period(given.period, at, organisation().fiscal_start), at


def rep_called(viewer: Viewer, name: str) -> UUID:
    """The rep of that name; raises NotVisible with the nearest one."""
    from upswing.connectors.connector import folded
    from upswing.connectors.files.nearest import near
    from upswing.queries.people import reps

    found = {folded(rep.name): rep for rep in reps(viewer)}
    if folded(name) in found:
        return found[folded(name)].id
    meant = near(name, [rep.name for rep in found.values()])
    hint = f"Did you mean “{meant}”?" if meant else "Import people first." if not found else ""
    raise NotVisible(f"No rep is called “{name}”. {hint}".rstrip())
