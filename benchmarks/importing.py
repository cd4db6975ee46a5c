"""Import of a real folder: the first time, and again when nothing changed."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from statistics import median
from time import perf_counter

from benchmarks import scratch

MAPPING = Path(__file__).parent.parent / "docs" / "guide" / "examples" / "maven.toml"


def main(folder: Path, runs: int) -> None:
    """Print the figures."""
    scratch.start()
    first, second, rows = [], [], 0
    for _ in range(runs):
        with scratch.emptied():
            rows, taken = imported(folder)
            first.append(taken)
            second.append(imported(folder)[1])
    figures = {"rows": rows, "first": median(first), "second": median(second), "database": scratch.database()}
    print(json.dumps(figures))


def imported(folder: Path, mapped: Path = MAPPING) -> tuple[int, float]:
    """Rows taken, and seconds."""
    from upswing.actions.import_batch import About, import_batch
    from upswing.cli import asked, installation
    from upswing.connectors.files.connector import Files
    from upswing.connectors.files.mapping import read_mapping

    installation.expect_many_objects()
    started = perf_counter()
    mapping = read_mapping(mapped)
    about = About(
        mapping.source, mapping.name, mapping.currency, mapping.organisation, mapping.read_on, mapped.name
    )
    done = import_batch(asked.operator("benchmark"), Files(folder, mapping), about, asked.now())
    return done.created + done.updated + done.unchanged, perf_counter() - started


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
