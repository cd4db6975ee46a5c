"""Cards, boards and the organisation's count on a large ledger."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from statistics import median
from time import perf_counter

from benchmarks import scratch
from benchmarks.filling import AT, count_all, fill
from benchmarks.timing import again, medians, statements

RUNS, FEW_RUNS, MANY_FACTS = 7, 3, 3_000_000


def main(facts: int, reps: int) -> None:
    """Print the figures."""
    scratch.start()
    ids = fill(facts, reps)
    runs = RUNS if facts < MANY_FACTS else FEW_RUNS
    figures = _questions(runs) | _organisation(ids, runs) | {"workbook": _workbook()}
    from upswing.ledger.models import Fact

    kept = Fact.objects.count()
    recount = {"recount": kept / median(count_all() for _ in range(FEW_RUNS))}
    print(json.dumps(figures | recount | {"database": scratch.database(), "facts": kept, "reps": reps}))


def _questions(runs: int) -> scratch.Figures:
    """One rep's card and the board of all reps: statements, milliseconds of SQL alone and in all."""
    from upswing.core.period import quarter_of
    from upswing.people.viewer import system_viewer
    from upswing.queries.people import reps
    from upswing.queries.scorecard import scorecard
    from upswing.queries.team import team

    viewer, quarter = system_viewer(AT, "benchmark"), quarter_of(AT)
    rep = reps(viewer)[0].id
    works = {"card": lambda: scorecard(viewer, rep, quarter, AT), "board": lambda: team(viewer, quarter, AT)}
    asked = {name: statements(work) for name, work in works.items()}
    taken = medians({f"{name}_sql": again(asked[name]) for name in works} | works, runs)
    return {f"{name}_statements": len(asked[name]) for name in works} | taken


def _workbook() -> float:
    """Seconds until everybody's quarter is a workbook, once."""
    from upswing.core.period import quarter_of
    from upswing.exports.book import workbook
    from upswing.people.viewer import system_viewer
    from upswing.queries.exported import exported_team

    begun = perf_counter()
    found = exported_team(system_viewer(AT, "benchmark"), quarter_of(AT), AT)
    workbook(found, datetime(AT.year, AT.month, AT.day, tzinfo=UTC))
    return perf_counter() - begun


def _organisation(reps: list[int], runs: int) -> scratch.Figures:
    """Every flow of every rep in two whole quarters: month tier against raw facts."""
    from upswing.core.measures import FLOWS
    from upswing.core.period import quarter_of
    from upswing.ledger.counting import Slot, count, count_raw
    from upswing.people.viewer import Sight

    now = quarter_of(AT).previous()
    quarters = [now.previous(), now]
    slots, sight = [Slot(quarter.slug, quarter, AT) for quarter in quarters], Sight(everyone=True)
    tier = count(sight, reps, slots, FLOWS)
    raw = {quarter.slug: count_raw(reps, quarter, AT, FLOWS) for quarter in quarters}
    assert all(tier[slot.name, rep] == raw[slot.name][rep] for slot in slots for rep in reps)
    asked = {
        "tier": lambda: count(sight, reps, slots, FLOWS),
        "raw": lambda: [count_raw(reps, quarter, AT, FLOWS) for quarter in quarters],
    }
    sql = {f"{name}_sql": again(statements(work)) for name, work in asked.items()}
    return medians(asked | sql, runs)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
