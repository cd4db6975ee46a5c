"""Count the tiers anew from the facts: the days and months that a write touched, or all of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.db import connection

from upswing.core.measures import FLOWS
from upswing.ledger.counting.statement import COLUMNS, DAYS, FACTS, MONTHS, rows, sum_of
from upswing.ledger.dialect import dialect

NOBODY = 0
"""Locked instead of a rep by whoever writes records that belong to no rep: people, accounts, products, quotas."""


def lock(reps: Iterable[int]) -> None:
    """Hold these reps until the transaction ends; call it before the first write."""
    with connection.cursor() as cursor:
        dialect().lock_reps(cursor, reps)


def recount(touched: Mapping[int, Collection[date]]) -> None:
    """Recompute the tiers of the touched days (rep → days) from the facts."""
    days = sorted((rep, day) for rep, several in touched.items() for day in several)
    months = sorted({(rep, day.replace(day=1)) for rep, day in days})
    with connection.cursor() as cursor:
        for pairs in _blocks(days):
            touch, bound = _touch(pairs)
            cursor.execute(f"DELETE FROM {DAYS} WHERE (rep_id, day) IN ({touch})", bound)
            cursor.execute(_fill_days(_touched(touch, FACTS, "fact.day = touched.day")), bound)
        for pairs in _blocks(months):
            touch, bound = _touch(pairs)
            cursor.execute(f"DELETE FROM {MONTHS} WHERE (rep_id, day) IN ({touch})", bound)
            inside = f"fact.day >= touched.day AND fact.day < {dialect().month_after}"
            cursor.execute(_fill_months(_touched(touch, DAYS, inside)), bound)


PAIRS = 2_000
"""Rep and day pairs a statement: far below what either database takes as parameters."""


def _blocks(pairs: Sequence[tuple[int, date]]) -> Iterator[Sequence[tuple[int, date]]]:
    return (pairs[start : start + PAIRS] for start in range(0, len(pairs), PAIRS))


def _touch(pairs: Sequence[tuple[int, date]]) -> tuple[str, list[Any]]:
    """The pairs as a table, and the days to bind."""
    rows = ", ".join(f"({int(rep)}, {dialect().a_day})" for rep, _ in pairs)
    return f"VALUES {rows}", [day for _, day in pairs]


def _touched(touch: str, table: str, when: str) -> str:
    """The rows of a table (called `fact`) that belong to the touched pairs, which are read first: they are few."""
    pairs = dialect().named_pairs.format(touch)
    return f"{pairs} CROSS JOIN {table} AS fact WHERE fact.rep_id = touched.rep_id AND {when}"


def recount_everything() -> None:
    """Recompute both tiers from all facts."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM ledger_repday", [])
        cursor.execute(_fill_days(f"{FACTS} AS fact"), [])
        cursor.execute("DELETE FROM ledger_repmonth", [])
        cursor.execute(_fill_months(f"{DAYS} AS fact"), [])


def differences() -> list[str]:
    """Where the tiers do not equal what the facts say; empty when all is well."""
    days = f"SELECT rep_id, day, {_sums()} FROM {FACTS} GROUP BY rep_id, day"
    month = dialect().month_of_day
    added = ", ".join(f"SUM({flow.key})" for flow in FLOWS)
    months = f"SELECT rep_id, {month} AS first, {added} FROM {DAYS} AS fact GROUP BY rep_id, {month}"
    return [*_unequal("rep_day", days), *_unequal("rep_month", months)]


def _unequal(tier: str, expected: str) -> list[str]:
    kept = f"SELECT rep_id, day, {COLUMNS} FROM ledger_{tier.replace('_', '')}"
    found = []
    for word, left, right in (("lacks", expected, kept), ("should not have", kept, expected)):
        for rep, day, *_ in rows(f"SELECT * FROM ({left}) AS a EXCEPT SELECT * FROM ({right}) AS b", []):
            found.append(f"{tier} {word} the figures of person {rep} on {day}.")
    return found


def _fill_days(rows_of: str) -> str:
    """Days from facts, in two steps: first one narrow sum a kind and outcome, which an index can feed in order."""
    narrow = (
        "SELECT fact.rep_id, fact.day, kind, outcome, CAST(SUM(share) AS BIGINT) AS share,"
        " CAST(SUM(amount) AS BIGINT) AS amount, CAST(SUM(seconds) AS BIGINT) AS seconds"
        f" FROM {rows_of} GROUP BY fact.rep_id, fact.day, kind, outcome"
    )
    return (
        f"INSERT INTO {DAYS} (rep_id, day, {COLUMNS})"
        f" SELECT rep_id, day, {_sums()} FROM ({narrow}) AS narrow GROUP BY rep_id, day"
    )


def _fill_months(rows_of: str) -> str:
    month, sums = dialect().month_of_day, ", ".join(f"SUM({flow.key})" for flow in FLOWS)
    return (
        f"INSERT INTO {MONTHS} (rep_id, day, {COLUMNS})"
        f" SELECT fact.rep_id, {month}, {sums} FROM {rows_of} GROUP BY fact.rep_id, {month}"
    )


def _sums() -> str:
    return ", ".join(sum_of(flow) for flow in FLOWS)
