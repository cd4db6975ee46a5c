"""What the statements of counting are written with: tables, columns, sums."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django.db import connection

from upswing.core.measures import FLOWS, Flow

FACTS, MONTHS, DAYS = "ledger_fact", "ledger_repmonth", "ledger_repday"
COLUMNS = ", ".join(flow.key for flow in FLOWS)


def sum_of(flow: Flow) -> str:
    """A flow over fact rows; a row of a kind alone is told by it, outcomes are listed."""
    ended = ", ".join(f"'{outcome}'" for outcome in flow.outcomes)
    outcome = f" AND outcome IN ({ended})" if flow.outcomes else ""
    return (
        f"CAST(SUM(CASE WHEN kind = '{flow.kind.value}'{outcome} THEN {flow.of.value} ELSE 0 END) AS BIGINT)"
    )


def listed(reps: Collection[int]) -> str:
    """The ids, written out: they are numbers."""
    return ", ".join(str(int(rep)) for rep in reps)


def rows(sql: str, bound: Sequence[Any]) -> list[tuple[Any, ...]]:
    """What a statement answers."""
    with connection.cursor() as cursor:
        cursor.execute(sql, bound)
        return list(cursor.fetchall())
