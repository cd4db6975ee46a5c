"""Pages as somebody signed in asks for them; the same figures by plain SQL views and by DuckDB over the same facts."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from statistics import quantiles
from time import perf_counter
from typing import Any

from benchmarks import scratch
from benchmarks.filling import AT, fill
from benchmarks.plainly import Plainly, duck, views
from benchmarks.timing import medians, statements

SIGNED_IN, WARM, ASKED, RUNS, REGION = 25, 2, 8, 3, 20
"""So many reps sign in and ask so often for their own page, after warming up; a region has so many teams of ten."""
QUARTER = "2026-Q4"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def main(facts: int, reps: int) -> None:
    """Print the figures."""
    scratch.start()
    fill(facts, reps)
    from upswing.cli.installation import collect_static
    from upswing.ledger.models import Fact

    collect_static()

    figures: scratch.Figures = {
        "database": scratch.database(), "facts": Fact.objects.count(), "reps": reps,
        **_card(), **_boards(), **_workbook(),
    }  # fmt: skip
    print(json.dumps(figures | _beside()))


def _card() -> scratch.Figures:
    """Milliseconds of my own scorecard page, signed in: each rep for themself, in turn."""
    from django.test import Client

    pages = []
    for rep in _reps(SIGNED_IN):
        user = _user(f"rep{rep.pk}@example.com", "rep", rep)
        client = Client(headers={"Host": "localhost"})
        client.force_login(user, backend=BACKEND)
        pages.append(_asking(client, f"/reps/{rep.uid}/scorecard/{QUARTER}/?at={AT}"))
    for page in pages * WARM:
        page()
    taken = [_milliseconds(page) for _ in range(ASKED) for page in pages]
    marks = quantiles(taken, n=20)
    return {
        "card_p50": marks[9],
        "card_p95": marks[18],
        "card_pages": len(taken),
        "card_statements": len(statements(pages[0])),
    }


def _boards() -> scratch.Figures:
    """Milliseconds of the team page of everybody, and of one team of ten."""
    from django.test import Client

    from upswing.people.models import Team

    client = Client(headers={"Host": "localhost"})
    client.force_login(_user("olga@example.com", "revenue_operations", None), backend=BACKEND)
    team = Team.objects.order_by("id")[0]
    pages = {
        "board": _asking(client, f"/teams/all/{QUARTER}/?at={AT}"),
        "team": _asking(client, f"/teams/{team.uid}/{QUARTER}/?at={AT}"),
    }
    asked = {f"{name}_statements": len(statements(page)) for name, page in pages.items()}
    return medians(pages, RUNS) | asked


def _workbook() -> scratch.Figures:
    """Seconds until the quarter of a region of two hundred reps is a workbook."""
    from upswing.core.period import quarter_of
    from upswing.exports.book import workbook
    from upswing.people.models import Team
    from upswing.people.viewer import system_viewer
    from upswing.queries.exported import exported_team

    region = Team.objects.create(name="Region")
    teams = list(Team.objects.exclude(pk=region.pk).order_by("id").values_list("pk", flat=True)[:REGION])
    Team.objects.filter(pk__in=teams).update(parent=region)
    begun = perf_counter()
    found = exported_team(system_viewer(AT, "benchmark"), quarter_of(AT), AT, region.uid)
    workbook(found, datetime(AT.year, AT.month, AT.day, tzinfo=UTC))
    return {"workbook": perf_counter() - begun, "workbook_reps": len(found.cards)}


def _beside() -> scratch.Figures:
    """The same figures of one card and of everybody: ours, by views without tiers, by DuckDB; compared, then timed."""
    from upswing.core.period import quarter_of
    from upswing.people.viewer import system_viewer
    from upswing.queries.cards import cards

    viewer, quarter, rep = system_viewer(AT, "benchmark"), quarter_of(AT), _reps(1)[0]
    everybody = _reps(10_000)
    ours: dict[str, Callable[[], Any]] = {
        "ours_card": lambda: cards(viewer, [rep], quarter, AT, history=True),
        "ours_board": lambda: cards(viewer, everybody, quarter, AT, history=False),
    }
    with tempfile.TemporaryDirectory(prefix="upswing-duck-") as folder:
        others: dict[str, Plainly | None] = {"views": views(), "duckdb": duck(Path(folder))}
        works = dict(ours)
        for name, plainly in others.items():
            if plainly:
                _agree(ours["ours_board"](), plainly)
                works[f"{name}_card"] = lambda plainly=plainly: plainly.card(rep.pk)
                works[f"{name}_board"] = plainly.board
        found: scratch.Figures = dict(medians(works, RUNS))
        return found | {"duckdb": duck_version()}


def _agree(board: Any, plainly: Plainly) -> None:
    """Whatever answers faster must have answered the same."""
    from upswing.people.models import Person

    keys = dict(Person.objects.unscoped("benchmark").values_list("uid", "id"))
    told = plainly.board()
    for card in board:
        lines = {line.metric.key: line for line in card.lines}
        mine = told.get(keys[card.rep_id])
        if mine is None:  # a rep without any deal
            continue
        assert mine["deals_created"] == lines["deals_created"].actual, card.rep
        assert mine["deals_won"] == lines["deals_won"].actual, card.rep
        assert mine["won_value"] == lines["won_value"].actual.minor, card.rep
        assert mine["open_value"] == lines["open_value"].actual.minor, card.rep


def duck_version() -> str:
    """Which DuckDB was measured; a sentence where there is none."""
    try:
        import duckdb
    except ImportError:
        return "DuckDB is not installed: pip install duckdb, and measure again."
    return f"DuckDB {duckdb.__version__}"


def _reps(many: int) -> list[Any]:
    from upswing.people.models import Person

    return list(Person.objects.unscoped("benchmark").filter(sells=True).order_by("id")[:many])


def _user(email: str, role: str, person: Any) -> Any:
    from upswing.people.models import User

    return User.objects.create_user(email, None, role=role, person=person)


def _asking(client: Any, address: str) -> Callable[[], object]:
    def ask() -> object:
        answer = client.get(address)
        assert answer.status_code == 200, f"{address} answered {answer.status_code}"
        return answer.content

    return ask


def _milliseconds(work: Callable[[], object]) -> float:
    started = perf_counter()
    work()
    return 1000 * (perf_counter() - started)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
