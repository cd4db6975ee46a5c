"""Write and read back: from records in hand to the figure that shows them, on a large ledger."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from statistics import median
from time import perf_counter

from benchmarks import scratch
from benchmarks.filling import AT, fill

SIZES = (1, 10, 100, 1_000)
RUNS = 9
BEGAN = datetime(2026, 11, 2, 8, tzinfo=UTC)


def main(facts: int) -> None:
    """Print milliseconds by the number of activities written at once, all of one rep."""
    scratch.start()
    rep = fill(facts)[0]
    from upswing.ledger.models import Fact

    kept = Fact.objects.count()
    figures = {str(size): median(_written(rep, size, run) for run in range(RUNS)) for size in SIZES}
    print(json.dumps({"milliseconds": figures, "facts": kept, "database": scratch.database()}))


def _written(rep: int, size: int, run: int) -> float:
    """Milliseconds until the month's count of calls includes all of them."""
    from upswing.actions.desk import Desk
    from upswing.actions.shelf import take
    from upswing.actions.shelves.activities import Activities
    from upswing.core.measures import CALLS
    from upswing.core.period import month_of
    from upswing.intake.models import Batch
    from upswing.ledger.counting import Slot, count
    from upswing.people.models import Person
    from upswing.people.viewer import Sight

    desk = Desk(Batch.objects.get(), {Person.objects.unscoped("benchmark").get(id=rep).key: rep})
    slot, sight = Slot("now", month_of(AT), AT), Sight(everyone=True)
    before = count(sight, [rep], [slot], [CALLS])["now", rep]["calls"]
    records = list(_calls(next(iter(desk.people)), size, run))
    started = perf_counter()
    list(take(desk, Activities(), records))
    after = count(sight, [rep], [slot], [CALLS])["now", rep]["calls"]
    taken = 1000 * (perf_counter() - started)
    assert after - before == size * 1_000_000
    return taken


def _calls(rep: str, size: int, run: int) -> Iterator[object]:
    """Calls spread over the first days of the month."""
    from upswing.core.records import ActivityKind, ActivityRecord, Origin

    for number in range(size):
        key, at = f"{size}-{run}-{number}", BEGAN + timedelta(minutes=10 * number)
        yield ActivityRecord(key, rep, ActivityKind.CALL, at, Origin("calls.csv", number + 2))


if __name__ == "__main__":
    main(int(sys.argv[1]))
