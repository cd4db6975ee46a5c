"""Timing: medians of interleaved runs, and the SQL of a piece of work apart from the rest."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from statistics import median
from time import perf_counter
from typing import Any

RUNS = 7
Work = Callable[[], object]


def medians(works: Mapping[str, Work], runs: int = RUNS) -> dict[str, float]:
    """Milliseconds of each piece of work; they take turns, so that a slow moment hits all of them."""
    for work in works.values():
        work()
    taken: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(runs):
        for name, work in works.items():
            started = perf_counter()
            work()
            taken[name].append(1000 * (perf_counter() - started))
    return {name: median(times) for name, times in taken.items()}


def statements(work: Work) -> list[tuple[str, Any]]:
    """What a piece of work asks of the database, to be asked again alone."""
    from django.db import connection

    asked: list[tuple[str, Any]] = []

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        asked.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        work()
    return asked


def again(asked: list[tuple[str, Any]]) -> Work:
    """The same statements with all their rows fetched, and nothing else."""
    from django.db import connection

    def run() -> None:
        with connection.cursor() as cursor:
            for sql, params in asked:
                cursor.execute(sql, params)
                cursor.fetchall()

    return run
