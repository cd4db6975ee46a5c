"""upswing backtest: what each way of forecasting would have said of past months or quarters, and what came."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING

from rich.table import Table

from upswing.cli.asked import day

if TYPE_CHECKING:
    from upswing.core.forecast.scoring import Scores
    from upswing.queries.backtesting import Replay

NAME = "backtest"
HELP = "Replay past months or quarters: every forecast from what was known before, against what came."


def arguments(parser: argparse.ArgumentParser) -> None:
    """--from, --to, --horizon, --at, --format."""
    parser.add_argument("--from", dest="first", required=True, help="the first period: 2017-07 or 2017-Q3")
    parser.add_argument("--to", dest="last", required=True, help="the last period, which must be over")
    parser.add_argument("--horizon", choices=("month", "quarter"), default="month")
    parser.add_argument(
        "--at", type=day, default=None, help="as it is known at the close of this day (default: today)"
    )
    parser.add_argument("--format", choices=("table", "json"), default="table")


def run(given: argparse.Namespace) -> int:
    """Print it."""
    from upswing.cli import asked, installation

    installation.start()
    from upswing.core.period import PeriodKind, parse_period
    from upswing.queries.backtesting import plain_backtest, replayed
    from upswing.queries.organisation import organisation

    at, fiscal = asked.moment(given), organisation().fiscal_start
    first, last = (parse_period(text, at, fiscal) for text in (given.first, given.last))
    viewer = asked.operator("backtest")
    found = replayed(viewer, first.start, last.last, PeriodKind(given.horizon), at)
    if given.format == "json":
        print(json.dumps(plain_backtest(found), indent=2, ensure_ascii=False))
    else:
        _print(found)
    return 0


def _print(found: Replay) -> None:
    from upswing.cli.tables import console

    table = Table(title=f"{found.first.slug} to {found.last.slug}", title_justify="left")
    table.add_column("Method")
    for name in ("Mean error", "Error of the sum", "Bias", "In range", "Periods"):
        table.add_column(name, justify="right")
    for method, scores in found.scores.items():
        table.add_row(method.replace("_", " "), *_cells(scores))
    console().print(table)
    console().print(f"Nearest over all: {found.found.chosen.replace('_', ' ')}.")


def _cells(scores: Scores) -> tuple[str, ...]:
    return (*map(_percent, (scores.mape, scores.wape, scores.bias, scores.coverage)), str(scores.n))


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{share:.1%}"
