"""Forecast, pipeline and board pages over thousands of open deals, and the back-test of years of them."""

from __future__ import annotations

import json
import sys
from datetime import timedelta
from statistics import quantiles
from time import perf_counter

from benchmarks import scratch
from benchmarks.boards import BACKEND, _asking, _milliseconds, _user
from benchmarks.filling import AT
from benchmarks.selling import fill
from benchmarks.timing import statements

QUARTER, ASKED = "2026-Q4", 25
BOARD = 500
"""Deals of the rep whose board is opened."""


def main(still_open: int, decided: int) -> None:
    """Print the figures."""
    scratch.start()
    ids = fill(still_open, decided)
    from upswing.cli.installation import collect_static

    collect_static()
    print(
        json.dumps(
            {"database": scratch.database(), "open": still_open, "decided": decided} | _pages(ids) | _replay()
        )
    )


def _pages(ids: list[int]) -> scratch.Figures:
    """Milliseconds of pages once the night has made them ready, and seconds that making ready takes."""
    from django.test import Client

    from upswing.book.models import Credit
    from upswing.core.period import parse_period
    from upswing.people.models import Person
    from upswing.queries.outlooks import prepared

    Credit.objects.filter(pk__in=Credit.objects.order_by("pk").values("pk")[:BOARD]).update(person_id=ids[0])
    begun = perf_counter()
    prepared(AT, parse_period(QUARTER, AT))
    ready = perf_counter() - begun
    client = Client(headers={"Host": "localhost"})
    client.force_login(_user("olga@example.com", "revenue_operations", None), backend=BACKEND)
    rep = Person.objects.unscoped("benchmark").get(pk=ids[0])
    pages = {
        "forecast": f"/forecast/{QUARTER}/?at={AT}", "pipeline": f"/pipeline/{QUARTER}/?at={AT}",
        "board": f"/reps/{rep.uid}/pipeline/{QUARTER}/?view=board&at={AT}",
    }  # fmt: skip
    found: scratch.Figures = {"ready": ready}
    for name, path in pages.items():
        page = _asking(client, path)
        begun = perf_counter()
        page()
        found[f"{name}_first"] = 1000 * (perf_counter() - begun)
        taken = [_milliseconds(page) for _ in range(ASKED)]
        found |= {
            f"{name}_p50": quantiles(taken, n=20)[9], f"{name}_p95": quantiles(taken, n=20)[18],
            f"{name}_statements": len(statements(page)),
        }  # fmt: skip
    return found


def _replay() -> scratch.Figures:
    """Seconds of a back-test of 24 months, loading included, as the command does it."""
    from upswing.core.period import PeriodKind
    from upswing.people.viewer import system_viewer
    from upswing.queries.backtesting import replayed
    from upswing.queries.outlooks import forget_outlooks

    forget_outlooks()
    last = AT.replace(day=1) - timedelta(days=1)
    begun = perf_counter()
    found = replayed(system_viewer(AT, "benchmark"), last - timedelta(days=715), last, PeriodKind.MONTH, AT)
    return {"backtest": perf_counter() - begun, "backtest_months": len(found.found.periods)}


if __name__ == "__main__":
    main(*map(int, sys.argv[1:] or ("20000", "60000")))
