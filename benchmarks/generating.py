"""A whole simulated organisation: made, written to CSV, read back by the importer."""

from __future__ import annotations

import json
import resource
import sys
import tempfile
from datetime import date
from pathlib import Path
from time import perf_counter

from benchmarks import scratch


def main(scenario: str, reps: int, months: int, *, load: bool) -> None:
    """Print the figures; `reps` and `months` 0 for the scenario's own."""
    from upswing.simulation import SCENARIOS, simulate

    scratch.start()
    started = perf_counter()
    world = simulate(
        1, scenario, start=date(2024, 1, 1), months=months or 36, reps=reps or SCENARIOS[scenario].reps
    )
    made = perf_counter() - started
    rows = {name: len(table) for name, table in world.tables.items()}
    figures: scratch.Figures = {
        "scenario": scenario, "rows": sum(rows.values()), "activities": rows["activities"], "made": made,
        "megabytes": _megabytes(),
    }  # fmt: skip
    with tempfile.TemporaryDirectory(prefix="upswing-world-") as folder:
        started = perf_counter()
        world.write(Path(folder))
        figures["written"] = perf_counter() - started
        del world
        if load:
            figures |= _loaded(Path(folder))
    print(json.dumps(figures | {"database": scratch.database()}))


def _loaded(folder: Path) -> scratch.Figures:
    from benchmarks.importing import imported

    rows, taken = imported(folder, folder / "mapping.toml")
    return {"loaded": rows, "load": taken, "load_megabytes": _megabytes()}


def _megabytes() -> int:
    """The most memory this process has held so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), load=sys.argv[4] == "load")
